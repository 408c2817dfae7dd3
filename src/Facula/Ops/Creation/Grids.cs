using System.Numerics;
using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[CompositeOp("meshgrid", Method = false)]
internal static partial class Meshgrid
{
    /// <summary>Views that give each vector's value at every point of the grid; <paramref name="indexing"/> is "ij" or "xy".</summary>
    static Tensor[] Compose([Variadic] TensorList tensors, string? indexing = null)
    {
        Check.That(tensors.Count > 0, $"meshgrid expects a non-empty TensorList");
        if (indexing is null)
            torch.warnings.warn("torch.meshgrid: in an upcoming release, it will be required to pass the indexing argument.");
        Check.That(indexing is null or "ij" or "xy", $"torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: {indexing}");
        Tensor[] vectors = tensors.ToArray();
        bool swap = indexing == "xy" && vectors.Length >= 2;
        if (swap) (vectors[0], vectors[1]) = (vectors[1], vectors[0]);
        Span<long> shape = stackalloc long[vectors.Length];
        for (int i = 0; i < vectors.Length; i++)
        {
            Check.That(vectors[i].Rank <= 1, $"torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: {vectors[i].SizesRef.Brackets()}");
            Check.That(vectors[i].DType == vectors[0].DType, $"torch.meshgrid expects all tensors to have the same dtype");
            shape[i] = vectors[i].Numel;
        }
        var size = new Size(shape);
        var grids = new Tensor[vectors.Length];
        for (int i = 0; i < grids.Length; i++)
            grids[i] = Expand.Call(View.Call(vectors[i], Size.Repeat(1, grids.Length).With(i, shape[i])), size);
        if (!swap) return grids;
        for (int i = 0; i < grids.Length; i++) grids[i] = Transpose.Call(grids[i], 0, 1);
        (grids[0], grids[1]) = (grids[1], grids[0]);
        return grids;
    }
}

[CompositeOp("vander", Method = false)]
internal static partial class Vander
{
    /// <summary>The Vandermonde matrix: powers of <paramref name="x"/>, falling unless <paramref name="increasing"/>.</summary>
    static Tensor Compose(Tensor x, long? N = null, bool increasing = false)
    {
        Check.That(x.Rank == 1, $"x must be a one-dimensional tensor.");
        long columns = N ?? x.Sizes[0];
        Check.That(columns >= 0, $"N must be non-negative.");
        ScalarType type = x.DType.IsDifferentiable ? x.DType : ScalarType.Int64;
        Tensor result = Factories.Empty([x.Sizes[0], columns], type, x.device, false);
        if (columns == 0) return result;
        var powers = new Tensor[columns];
        powers[0] = Factories.Filled(x.SizesRef, 1, type, x.device, false);
        for (int i = 1; i < columns; i++) powers[i] = powers[i - 1] * x;
        if (!increasing) Array.Reverse(powers);
        return Stack.Call(powers, 1);
    }
}

[TensorOp("complex", Method = false)]
internal static partial class ComplexOp
{
    /// <summary>Complex numbers of their real and imaginary parts.</summary>
    static TensorSpec Infer(Tensor real, Tensor imag)
    {
        Check.That(real.DType.is_floating_point && imag.DType.is_floating_point && real.DType != ScalarType.BFloat16 && imag.DType != ScalarType.BFloat16,
            $"Expected both inputs to be Half, Float or Double tensors but got {real.DType.LegacyName} and {imag.DType.LegacyName}");
        Check.That(real.DType == imag.DType,
            $"Expected object of scalar type {real.DType.LegacyName} but got scalar type {imag.DType.LegacyName} for second argument");
        TensorSpec spec = TensorSpec.Broadcast(real, imag);
        return spec.As(spec.DType.ToComplex());
    }

    static void Compute(Tensor real, Tensor imag, Tensor result)
    {
        Tensor parts = ViewAsReal.Call(result);
        Select.Call(parts, -1, 0).CopyRaw(real);
        Select.Call(parts, -1, 1).CopyRaw(imag);
    }

    static Tensor GradReal(Tensor grad) => torch.real(grad);

    static Tensor GradImag(Tensor grad) => torch.imag(grad);
}

[TensorOp("polar", Method = false)]
internal static partial class Polar
{
    /// <summary>Complex numbers of their absolute values and angles.</summary>
    static TensorSpec Infer(Tensor abs, Tensor angle)
    {
        Check.That(abs.DType.is_floating_point && angle.DType.is_floating_point,
            $"Expected both inputs to be Half, Float or Double tensors but got {abs.DType.LegacyName} and {angle.DType.LegacyName}");
        Check.That(abs.DType == angle.DType,
            $"Expected object of scalar type {abs.DType.LegacyName} but got scalar type {angle.DType.LegacyName} for second argument");
        TensorSpec spec = TensorSpec.Broadcast(abs, angle);
        return spec.As(spec.DType.ToComplex());
    }

    static void Compute(Tensor abs, Tensor angle, Tensor result) =>
        Elementwise.Zip<PolarZip, double, Complex>(default, abs, angle, result, ScalarType.Float64, ScalarType.ComplexFloat64);

    static Tensor GradAbs(Tensor grad, Tensor angle) => torch.real(grad * Call(torch.ones_like(angle), angle).conj());

    // d/dφ (r·e^(iφ)) = i·result
    static Tensor GradAngle(Tensor grad, Tensor result) => torch.real(grad * (result * (Scalar)Complex.ImaginaryOne).conj());

    private readonly struct PolarZip : IZip<double, Complex>
    {
        public static bool IsVectorized => false;
        public Complex Invoke(double x, double y) => new(x * Math.Cos(y), x * Math.Sin(y));
        public Vector512<Complex> Invoke(Vector512<double> x, Vector512<double> y) => throw new InvalidOperationException();
    }
}

[CompositeOp("broadcast_tensors", Method = false)]
internal static partial class BroadcastTensors
{
    /// <summary>Views of the tensors in their common shape.</summary>
    static Tensor[] Compose([Variadic] TensorList tensors)
    {
        if (tensors.Count == 0) return [];
        Size size = tensors[0].SizesRef;
        for (int i = 1; i < tensors.Count; i++) size = Broadcasting.Shape(size, tensors[i].SizesRef);
        return Array.ConvertAll(tensors.Items, t => Expand.Call(t, size));
    }
}

[CompositeOp("broadcast_to")]
internal static partial class BroadcastTo
{
    /// <summary>A view in which dimensions of extent 1 are repeated to <paramref name="size"/>.</summary>
    static Tensor Compose(Tensor input, [Variadic] Size size) => Expand.Call(input, size);
}
