using System.Numerics;
using static Facula.torch;

namespace Facula.Tests.Ops.Pointwise;

public class ConjugateViewTests
{
    private static Tensor Numbers() => torch.tensor([new Complex(1, 2), new Complex(3, -4), new Complex(-5, 6)], dtype: complex128);

    private static Complex[] Values(Tensor tensor) => tensor.ToArray<Complex>();

    [Fact]
    public void The_conjugate_shares_memory()
    {
        Tensor x = Numbers(), y = x.conj();
        Assert.True(y.is_conj());
        Assert.False(y.conj().is_conj());
        Assert.Equal([new(1, -2), new(3, 4), new(-5, -6)], Values(y));
        x[0] = new Complex(7, 8);
        Assert.Equal(new Complex(7, -8), y[0].item<Complex>());
        y[1] = new Complex(9, 10);
        Assert.Equal(new Complex(9, -10), x[1].item<Complex>());
        y.mul_(new Complex(0, 1));
        Assert.Equal([new(8, -7), new(-10, -9), new(6, 5)], Values(x));
        Assert.Same(x, x.resolve_conj());
        Tensor resolved = y.resolve_conj();
        Assert.False(resolved.is_conj());
        Assert.Equal(Values(y), Values(resolved));
        Tensor real = ones(2);
        Assert.Same(real, real.conj());
    }

    [Fact]
    public void Everything_reads_the_conjugates()
    {
        Tensor x = Numbers(), y = x.conj(), plain = y.clone();
        Assert.False(plain.is_conj());
        Assert.Equal(plain.ToString(), y.ToString());
        Assert.Equal(Values(plain), (Complex[])y.numpy());
        Assert.Equal(plain[1].item(), y[1].item());
        Assert.Equal(Values(plain * 2), Values(y * 2));
        Assert.Equal(Values(plain + x), Values(y + x));
        Assert.Equal(Values(cat([plain, x])), Values(cat([y, x])));
        Assert.Equal(Values(plain.flip(0)), Values(y.flip(0)));
        Assert.Equal(Values(plain[torch.tensor([2, 0])]), Values(y[torch.tensor([2, 0])]));
        Assert.Equal(plain.sum().item(), y.sum().item());
        Assert.Equal(Values(plain.to(complex64).to(complex128)), Values(y.to(complex64).to(complex128)));
        Assert.Equal([-2, 4, -6], y.imag.ToArray<double>());
        Assert.Equal([1, 3, -5], y.real.ToArray<double>());
        Assert.True(torch.equal(plain, y));
        Assert.True(y.is_contiguous());
        Tensor matrix = torch.view_as_complex(arange(12, dtype: float64).reshape(2, 3, 2));
        Assert.True(matrix.H.is_conj());
        Assert.Equal(Values(matrix.matmul(matrix.t().clone().conj().resolve_conj())), Values(matrix.matmul(matrix.H)));
        Tensor outside = zeros(3, dtype: complex128);
        torch.add(x, y, @out: outside.conj());
        Assert.Equal(Values(x + y), Values(outside));
        Assert.Contains("resolve_conj()", Assert.Throws<TorchException>(() => torch.view_as_real(y)).Message);
    }

    [Fact]
    public void Gradients_pass_through()
    {
        Tensor x = Numbers().requires_grad_();
        Assert.Equal("ConjBackward0", x.conj().grad_fn!.Name);
        Assert.True(autograd.gradcheck(z => z.conj() * z, x));
        Assert.True(autograd.gradcheck(z => (z * 2).conj().mul_(z), x));
        Assert.True(autograd.gradcheck(z =>
        {
            Tensor y = z * 1;
            y.conj()[1..].mul_(z[0]);
            return y * y;
        }, x));
        Assert.True(autograd.gradgradcheck(z => z.conj().pow(2), x));
        x.conj().sum().backward();
        Assert.False(x.grad.is_conj());
    }
}
