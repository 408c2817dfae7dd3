using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Tests.Ops.Creation;

public class NumberRangeTests
{
    private static void Refused(Func<object?> call, string type) => Assert.Contains($"value cannot be converted to type {type} without overflow", Assert.Throws<TorchException>(() => { call(); }).Message);

    [Fact]
    public void A_number_that_a_dtype_cannot_hold_is_refused()
    {
        Tensor bytes = ones(3, dtype: uint8), mask = ones(3, dtype: @bool), first = tensor([0L]);
        Refused(() => full([2], -2.0, dtype: uint8), "uint8_t");
        Refused(() => full([2], 300, dtype: uint8), "uint8_t");
        Refused(() => full([2], 200, dtype: int8), "int8_t");
        Refused(() => full([2], double.NaN, dtype: int32), "int");
        Refused(() => full([2], 1e19, dtype: int64), "int64_t");
        Refused(() => full([2], 1e10, dtype: float16), "at::Half");
        Refused(() => full([2], 1e39), "float");
        Refused(() => full_like(bytes, 256), "uint8_t");
        Refused(() => bytes.clone().fill_(300), "uint8_t");
        Refused(() => bytes.masked_fill(mask, 300), "uint8_t");
        Refused(() => bytes.index_fill(0, first, 300), "uint8_t");
        Refused(() => bytes.scatter(0, first, 300), "uint8_t");
        Refused(() => F.pad(bytes, [1, 1], value: -2.0), "uint8_t");
        Refused(() => F.threshold(bytes, 0, -20), "uint8_t");
        Refused(() => linspace(0, 300, 3, dtype: uint8), "uint8_t");
    }

    [Fact]
    public void Infinities_are_floats_and_negative_integers_wrap_round_in_bytes()
    {
        Assert.Equal(254, full([2], -2, dtype: uint8)[0].item<byte>());
        Assert.Equal(Half.PositiveInfinity, full([2], double.PositiveInfinity, dtype: float16)[0].item<Half>());
        Assert.Equal(long.MinValue, full([2], -9223372036854775808.0, dtype: int64)[0].item<long>());
        Assert.True(full([2], double.NaN, dtype: @bool)[0].item<bool>());
        Assert.Equal(2f, full([2], new System.Numerics.Complex(2, 0), dtype: float32)[0].item<float>());
    }

    [Fact]
    public void Steps_that_become_zero_as_integers_are_refused()
    {
        Assert.Throws<TorchException>(() => arange(0.0, 1.0, 0.1, dtype: int16));
        Assert.Throws<TorchException>(() => arange(0.5, 100.3, 0.7, dtype: int64));
    }
}
