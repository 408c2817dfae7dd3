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
    public void Limits_factors_and_assigned_numbers_are_held_to_the_dtype()
    {
        Tensor bytes = ones(3, dtype: uint8), small = ones(3, dtype: int8), half = ones(3, dtype: float16), floats = ones(3);
        Refused(() => bytes.clamp(max: 300), "uint8_t");
        Refused(() => bytes.clamp(min: -300), "uint8_t");
        Refused(() => small.clamp_(-300, 5), "int8_t");
        Refused(() => floats.clamp(max: 1e39), "float");
        Refused(() => bytes.clamp_max(300), "uint8_t");
        Assert.Equal(251, bytes.clamp(min: -5)[0].item<byte>());
        Assert.Equal(1f, floats.clamp(max: double.PositiveInfinity)[0].item<float>());
        Refused(() => F.hardtanh(small, -0.5, 300), "int8_t");
        Refused(() => add(bytes, bytes, alpha: 300), "uint8_t");
        Refused(() => rsub(small, small, alpha: 300), "int8_t");
        Refused(() => addcmul(bytes, bytes, bytes, value: 300), "uint8_t");
        Refused(() => bytes.index_add(0, tensor([0L]), bytes[..1], alpha: 300), "uint8_t");
        Refused(() => where(bytes > 0, bytes, 300), "uint8_t");
        Refused(() => bytes.pow(300), "uint8_t");
        Refused(() => lerp(floats, floats, 1e39), "float");
        Refused(() => bytes.new_full([2], 300), "uint8_t");
        Refused(() => bytes[0] = 300, "uint8_t");
        Refused(() => bytes[tensor([0L])] = 300, "uint8_t");
        Refused(() => half[0] = 1e10, "at::Half");
        Assert.Equal(1, bytes[0].item<byte>());
        // Sums and products with a number wrap round.
        Assert.Equal(45, (bytes + 300)[0].item<byte>());
        Assert.Equal(44, (bytes * 300)[0].item<byte>());
    }

    [Fact]
    public void Literals_name_the_dtype()
    {
        Refused(() => tensor(300, dtype: uint8), "uint8");
        Refused(() => tensor([1, 300], dtype: uint8), "uint8");
        Refused(() => tensor([[1.0, double.NaN]], dtype: int32), "int32");
        Refused(() => tensor(new long[,] { { 1L << 31 } }, dtype: int32), "int32");
        Assert.Equal(251, tensor([-5], dtype: uint8)[0].item<byte>());
        Assert.Equal(Half.PositiveInfinity, tensor([70000.0], dtype: float16)[0].item<Half>());
    }

    [Fact]
    public void Sequences_of_bytes_wrap_their_ends_round()
    {
        Assert.Equal([1, 64, 128, 191, 255], linspace(1.5, -1, 5, dtype: uint8).ToArray<byte>());
        Assert.Equal([31], logspace(1.5, 2, 1, dtype: int32).ToArray<int>());
        Assert.Equal(0, linspace(0, 300, 0, dtype: int8).numel());
    }

    [Fact]
    public void A_divisor_that_wraps_round_to_zero_is_zero()
    {
        Tensor bytes = ones(3, dtype: uint8);
        Assert.Equal("ZeroDivisionError", Assert.Throws<TorchException>(() => fmod(bytes, 1L << 40)).Message);
        Assert.Equal("ZeroDivisionError", Assert.Throws<TorchException>(() => remainder(ones(3, dtype: int32), 1L << 40)).Message);
        Assert.Equal(0, (zeros(0, dtype: int64) % 0).numel());
    }

    [Fact]
    public void A_complex_number_of_no_dimensions_widens_no_float()
    {
        Tensor number = tensor(new System.Numerics.Complex(0, 1), dtype: complex128);
        Assert.Equal(complex64, (ones(2) + number).dtype);
        Assert.Equal(complex64, (ones(2, dtype: bfloat16) + number).dtype);
        Assert.Equal(complex128, (ones(2, dtype: float64) + number.to(complex64)).dtype);
        Assert.Equal(complex128, (ones(2, dtype: int32) + number).dtype);
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
