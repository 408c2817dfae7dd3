using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("renorm", InPlaceByCopy = true)]
internal static partial class Renorm
{
    private const double Tiny = 1e-7;

    /// <summary>Scales down each slice along <paramref name="dim"/> whose p-norm exceeds <paramref name="maxnorm"/>.</summary>
    static TensorSpec Infer(Tensor input, double p, long dim, double maxnorm)
    {
        Check.That(p > 0, $"renorm: non-positive-norm not supported");
        Check.That(maxnorm >= 0, $"renorm: expected maxnorm to be >= 0 but got {maxnorm}");
        Check.That(input.Rank > 1, $"renorm: input needs at least 2 dimensions, got {input.Rank} dimensions");
        Check.Dim(dim, input.Rank);
        return TensorSpec.Like(input);
    }

    private static long[] Others(int rank, long dim)
    {
        int kept = Check.Dim(dim, rank);
        return Enumerable.Range(0, rank).Where(d => d != kept).Select(d => (long)d).ToArray();
    }

    private static Tensor Norms(Tensor input, double p, long dim) =>
        VectorNorm.Call(input.DType.IsLowPrecision ? input.to(ScalarType.Float32) : input, p, Others(input.Rank, dim), keepdim: true);

    static void Compute(Tensor input, double p, long dim, double maxnorm, Tensor result)
    {
        using var _ = torch.no_grad();
        Tensor norm = Norms(input, p, dim), factor = Tensor.Allocate(norm.SizesRef, norm.DType);
        Elementwise.Body(new RenormBody(maxnorm, Tiny), norm, factor, "renorm");
        Elementwise.Number<MulKernel>(input, factor.to(input.DType), result);
    }

    static Tensor GradInput(Tensor grad, Tensor input, double p, long dim, double maxnorm)
    {
        Tensor norm = Norms(input, p, dim), scale = maxnorm / (norm + Tiny);
        Tensor along = (grad * input.conj()).sum(Others(input.Rank, dim), keepdim: true);
        if (along.DType.is_complex) along = torch.real(along);
        Tensor? slope = VectorNorm.Gradient(along, input, norm, p, Others(input.Rank, dim), true);
        Tensor scaled = grad * scale - slope! * (scale / (norm + Tiny));
        return Where.Call(norm.gt(maxnorm), scaled.to(grad.DType), grad);
    }
}
