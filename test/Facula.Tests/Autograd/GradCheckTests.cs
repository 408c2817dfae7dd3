using static Facula.torch;

namespace Facula.Tests.Autograd;

public class GradCheckTests
{
    private static Tensor Point(params double[] values) => torch.tensor(values, dtype: torch.float64).requires_grad_();

    [Fact]
    public void RightDerivativesPass()
    {
        Assert.True(torch.autograd.gradcheck(x => (x * x).exp(), Point(0.3, -0.7)));
        Assert.True(torch.autograd.gradcheck((x, y) => x * y, [Point(0.3, -0.7), Point(2, 3)]));
        Assert.True(torch.autograd.gradgradcheck(x => (x * x).exp(), Point(0.3, -0.7)));
    }

    [Fact]
    public void WrongDerivativesAreNamed()
    {
        // The detached factor hides half of the derivative.
        TorchException error = Assert.Throws<TorchException>(() => torch.autograd.gradcheck(x => x * x.detach(), Point(0.5, 2)));
        Assert.StartsWith("Jacobian mismatch for output 0 with respect to input 0,", error.Message);
        Assert.False(torch.autograd.gradcheck(x => x * x.detach(), Point(0.5, 2), raise_exception: false));
    }

    [Fact]
    public void ComplexDerivativesFollowPyTorchsConvention()
    {
        Tensor z = torch.tensor([new System.Numerics.Complex(0.5, -1), new System.Numerics.Complex(2, 0.25)], dtype: torch.complex128).requires_grad_();
        Assert.True(torch.autograd.gradcheck(x => x * x, z));
        Assert.True(torch.autograd.gradcheck(x => torch.real(x * x.conj()), z));
    }

    [Fact]
    public void AnInputThatWantsNoGradientIsAnError() =>
        Assert.Throws<ArgumentException>(() => torch.autograd.gradcheck(x => x, torch.tensor([1.0])));
}
