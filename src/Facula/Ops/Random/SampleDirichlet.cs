using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("_sample_dirichlet", Public = false)]
internal static unsafe partial class SampleDirichlet
{
    /// <summary>Draws probabilities (*, K) from Dirichlet distributions of the concentrations in <paramref name="input"/> (*, K).</summary>
    static TensorSpec Infer(Tensor input, Generator? generator = null) => TensorSpec.Like(input);

    static void Compute(Tensor input, Generator? generator, Tensor result)
    {
        if (input.Numel == 0) return;
        RandomStream stream = (generator ?? Generator.Default).Stream;
        Tensor alpha = input.detach().contiguous();
        Tensor dense = result.IsContiguous ? result : Tensor.Allocate(result.SizesRef, result.DType);
        fixed (byte* s = &alpha.Reference, d = &dense.Reference)
        {
            var action = new Rows { Stream = stream, Source = s, Destination = d, Columns = alpha.Sizes[^1], Count = alpha.Numel / alpha.Sizes[^1] };
            lock (stream) TypeSwitch.All(dense.DType, ref action);
        }
        if (!ReferenceEquals(dense, result)) result.CopyRaw(dense);
        GC.KeepAlive(alpha);
        GC.KeepAlive(dense);
    }

    // The row sums to one, so what pushes one component pulls at the others.
    static Tensor GradInput(Tensor grad, Tensor input, Tensor result)
    {
        Tensor total = input.sum(-1, true).expand_as(input);
        return DirichletGrad.Call(result, input, total) * (grad - (result * grad).sum(-1, true));
    }

    private struct Rows : ITypeAction
    {
        public RandomStream Stream;
        public byte* Source, Destination;
        public long Count, Columns;

        public readonly void Run<T>() where T : unmanaged => RandomFill.Dirichlet(Stream, (T*)Source, (T*)Destination, Count, Columns);
    }
}

[TensorOp("_dirichlet_grad", Public = false)]
internal static partial class DirichletGrad
{
    /// <summary>How a Dirichlet variate's component moves with its concentration, divided by one minus the component.</summary>
    static TensorSpec Infer(Tensor x, Tensor alpha, Tensor total) => TensorSpec.Like(x);

    static void Compute(Tensor x, Tensor alpha, Tensor total, Tensor result)
    {
        ScalarType type = result.DType == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        if (type == ScalarType.Float64) Elementwise.Zip3<DirichletGradKernel, double, double>(default, x, alpha, total, result, type, type);
        else Elementwise.Zip3<DirichletGradKernel, float, float>(default, x, alpha, total, result, type, type);
    }

    static Tensor GradX(Tensor grad) => Derivatives.NotImplemented("_dirichlet_grad");

    static Tensor GradAlpha(Tensor grad) => Derivatives.NotImplemented("_dirichlet_grad");

    static Tensor GradTotal(Tensor grad) => Derivatives.NotImplemented("_dirichlet_grad");
}
