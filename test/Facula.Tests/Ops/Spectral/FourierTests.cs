using System.Numerics;
using static Facula.torch;

namespace Facula.Tests.Ops.Spectral;

public class FourierTests
{
    private static Tensor Complexes(params long[] size) => randn(size, dtype: complex128, generator: new Generator().manual_seed(3));

    private static Tensor Reals(params long[] size) => randn(size, dtype: float64, generator: new Generator().manual_seed(4));

    /// <summary>The sum itself along a dimension.</summary>
    private static Tensor Naive(Tensor x, long dim, bool inverse = false)
    {
        long n = x.shape[(int)dim];
        var roots = new Complex[n * n];
        for (long i = 0; i < n * n; i++) roots[i] = Complex.Exp(new Complex(0, (inverse ? 2 : -2) * Math.PI * (i / n * (i % n) % n) / n));
        Tensor matrix = torch.tensor(roots, dtype: complex128).reshape(n, n);
        return x.to(complex128).movedim(dim, -1).matmul(matrix).movedim(-1, dim);
    }

    private static void Close(Tensor expected, Tensor actual) =>
        Assert.True(allclose(expected, actual, 1e-10, 1e-10), $"{actual}\ninstead of\n{expected}");

    // A short last dimension makes lanes of several runs, and the number of lines leaves some lanes empty.
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(7), InlineData(8), InlineData(11)]
    public void Real_numbers_along_a_dimension_before_a_short_one(long last)
    {
        foreach (long n in (long[])[1, 2, 5, 8, 9, 64, 90])
        {
            foreach (long lines in (long[])[1, 5, 9])
            {
                Tensor x = Reals(lines, n, last), expected = Naive(x, 1);
                Close(expected[.., ..(int)(n / 2 + 1)], fft.rfft(x, dim: 1));
                Close(x, fft.irfft(fft.rfft(x, dim: 1), n: n, dim: 1));
                Assert.True(allclose(x.@float(), fft.irfft(fft.rfft(x.@float(), dim: 1), n: n, dim: 1), 1e-5, 1e-5));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void One_dimension_is_the_sum(long dim)
    {
        foreach (Tensor x in new[] { Complexes(4, 5, 6), Complexes(4, 6, 5).transpose(1, 2), Complexes(8, 5, 6)["::2"] })
        {
            Close(Naive(x, dim), fft.fft(x, dim: dim));
            Close(Naive(x, dim, inverse: true), fft.ifft(x, dim: dim, norm: "forward"));
            Close(x, fft.ifft(fft.fft(x, dim: dim, norm: "ortho"), dim: dim, norm: "ortho"));
        }
        Tensor real = Reals(4, 5, 6).transpose(0, 2).contiguous();
        Tensor whole = Naive(real, dim);
        Close(whole, fft.fft(real, dim: dim));
        Close(whole.narrow(dim, 0, real.shape[(int)dim] / 2 + 1), fft.rfft(real, dim: dim));
        Close(real, fft.irfft(fft.rfft(real, dim: dim), real.shape[(int)dim], dim));
        Close(real, fft.hfft(fft.ihfft(real, dim: dim), real.shape[(int)dim], dim));
    }

    [Fact]
    public void Several_dimensions_are_one_after_the_other()
    {
        Tensor x = Complexes(3, 4, 5), real = Reals(3, 4, 5);
        Close(Naive(Naive(Naive(x, 0), 1), 2), fft.fftn(x));
        Close(Naive(Naive(x, 0), 2), fft.fftn(x, dim: (0, 2)));
        Close(x, fft.ifft2(fft.fft2(x)));
        Close(real, fft.irfftn(fft.rfftn(real), s: (3, 4, 5)));
        Close(real, fft.irfft2(fft.rfft2(real, dim: (2, 0)), s: (5, 3), dim: (2, 0)));
        Close(real, fft.hfftn(fft.ihfftn(real, dim: (0, 1)), s: (3, 4), dim: (0, 1)));
        Close(x, fft.fftn(x, dim: Array.Empty<long>()));
    }

    [Fact]
    public void Signals_are_cut_or_filled()
    {
        Tensor x = Reals(2, 6);
        Close(fft.fft(x[.., ..4]), fft.fft(x, 4));
        Close(fft.fft(cat([x, zeros(2, 3, dtype: float64)], 1)), fft.fft(x, 9));
        Close(fft.fft2(x, (2, 4)), fft.fft2(x[.., ..4]));
    }

    [Fact]
    public void Derivatives_of_every_order()
    {
        Tensor z = Complexes(3, 4).requires_grad_(), x = Reals(3, 4).requires_grad_();
        foreach (Func<Tensor, Tensor> f in new Func<Tensor, Tensor>[]
            { z => fft.fft(z, 5), z => fft.ifft(z, norm: "ortho"), z => fft.fftn(z), z => fft.irfft(z), z => fft.irfft(z, 5, 0), z => fft.hfft(z, 5), z => fft.irfftn(z), z => fft.hfft2(z) })
        {
            Assert.True(autograd.gradcheck(f, z));
            Assert.True(autograd.gradgradcheck(f, z));
        }
        foreach (Func<Tensor, Tensor> f in new Func<Tensor, Tensor>[]
            { x => fft.fft(x), x => fft.rfft(x), x => fft.rfft(x, 5, 0), x => fft.ihfft(x), x => fft.rfftn(x), x => fft.ihfft2(x), x => fft.fft2(x), x => fft.fftshift(x) })
        {
            Assert.True(autograd.gradcheck(f, x));
            Assert.True(autograd.gradgradcheck(f, x));
        }
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        Tensor x = zeros(3, 4), z = zeros(3, 4, dtype: complex64);
        void Refused(string message, Action call) => Assert.Equal(message, Assert.ThrowsAny<Exception>(call).Message);
        Refused("Unsupported dtype Half", () => fft.fft(x.half()));
        Refused("rfft expects a real input tensor, but got ComplexFloat", () => fft.rfft(z));
        Refused("Invalid number of data points (0) specified", () => fft.fft(x, 0));
        Refused("Invalid normalization mode: \"bad\"", () => fft.fft(x, norm: "bad"));
        Refused("FFT dims must be unique", () => fft.fftn(x, dim: (0, -2)));
        Refused("Got shape with 3 values but input tensor only has 2 dimensions.", () => fft.fftn(x, s: (1, 2, 3)));
        Refused("When given, dim and shape arguments must have the same length", () => fft.fftn(x, s: (1, 2), dim: 0));
        Refused("rfft expects a complex output tensor, but got Float", () => fft.rfft(x, @out: empty(0)));
        Refused("Dimension out of range (expected to be in range of [-2, 1], but got 3)", () => fft.fft(x, dim: 3));
    }

    [Fact]
    public void Short_time_transforms_come_back()
    {
        Tensor signal = Reals(2, 100), window = hann_window(16, dtype: float64);
        Tensor spectra = stft(signal, 16, 4, window: window, return_complex: true);
        Assert.Equal(new Size(2, 9, 26), spectra.shape);
        Close(fft.rfft(signal[0, 12..28] * window), spectra[0, .., 5]);
        Close(signal, istft(spectra, 16, 4, window: window, length: 100));
        Assert.Equal(new Size(2, 9, 26, 2), stft(signal, 16, 4, window: window, return_complex: false).shape);
        Tensor wanted = Reals(20).requires_grad_();
        Assert.True(autograd.gradcheck(x => stft(x, 8, return_complex: true), wanted));
        Assert.True(autograd.gradcheck(z => istft(z, 8, center: false), fft.rfft(Reals(4, 8)).t().detach().requires_grad_()));
    }

    [Fact]
    public void Windows_have_their_shapes()
    {
        Close(torch.tensor([0, 0.5, 1, 0.5], dtype: float64), hann_window(4, dtype: float64));
        Close(torch.tensor([0.08, 0.54, 1, 0.54], dtype: float64), hamming_window(4, dtype: float64));
        Close(torch.tensor([0, 1.0 / 2, 1, 1.0 / 2, 0], dtype: float64), bartlett_window(5, periodic: false, dtype: float64));
        Close(torch.tensor([0, 0.34, 1, 0.34], dtype: float64), blackman_window(4, dtype: float64));
        Assert.Equal(1.0, kaiser_window(5, periodic: false, beta: 1000, dtype: float64)[2].item<double>());
        Assert.Equal([1f], hann_window(1).ToArray<float>());
        Assert.Throws<TorchException>(() => hann_window(-1));
    }
}
