namespace Facula.Ops;

[TensorOp("mm")]
internal static partial class Mm
{
    /// <summary>The matrix product of two matrices.</summary>
    static TensorSpec Infer(Tensor input, Tensor mat2)
    {
        Check.That(input.Rank == 2, $"self must be a matrix");
        Check.That(mat2.Rank == 2, $"mat2 must be a matrix");
        RequireFit(input, mat2);
        Products.RequireSameType(input, mat2);
        return new(Shape(input, mat2), input.DType, input.device);
    }

    /// <summary>The product's shape; square factors have it already.</summary>
    internal static Size Shape(Tensor mat1, Tensor mat2)
    {
        long rows = mat1.Sizes[0], columns = mat2.Sizes[1], between = mat2.Sizes[0];
        return columns == between ? mat1.SizesRef : rows == between ? mat2.SizesRef : new Size(rows, columns);
    }

    internal static void RequireFit(Tensor mat1, Tensor mat2) =>
        Check.That(mat1.Sizes[1] == mat2.Sizes[0], $"mat1 and mat2 shapes cannot be multiplied ({Products.Dims(mat1)} and {Products.Dims(mat2)})");

    static void Compute(Tensor input, Tensor mat2, Tensor result) => Products.Multiply("addmm_impl_cpu_", input, mat2, result);

    static Tensor? GradInput(Tensor grad, Tensor mat2, GradientSum sum) => Left(grad, mat2, sum);

    static Tensor? GradMat2(Tensor grad, Tensor input, TensorSpec mat2, GradientSum sum) => Right(grad, input, mat2, sum);

    /// <summary>The gradient of the left factor, grad · mat2ᴴ; none where it was added to the sum.</summary>
    internal static Tensor? Left(Tensor grad, Tensor mat2, GradientSum sum)
    {
        using GradientSum.Hold hold = sum.Open(grad, mat2);
        if (hold.Sum is not { } total) return Mm.Call(grad, MatrixTranspose.Adjoint(mat2));
        Add(total, grad, MatrixTranspose.Call(mat2));
        return null;
    }

    /// <summary>The gradient of the right factor; none where it was added to the sum.</summary>
    internal static Tensor? Right(Tensor grad, Tensor input, in TensorSpec mat2, GradientSum sum)
    {
        using GradientSum.Hold hold = sum.Open(grad, input);
        if (hold.Sum is not { } total) return Right(grad, input, mat2);
        Add(total, MatrixTranspose.Call(input), grad);
        return null;
    }

    // A sum by columns is the transposed one by rows.
    private static void Add(Tensor sum, Tensor a, Tensor b)
    {
        if (sum.IsContiguous) AddMm.CallInPlace(sum, a, b);
        else AddMm.CallInPlace(MatrixTranspose.Call(sum), MatrixTranspose.Call(b), MatrixTranspose.Call(a));
    }

    /// <summary>The gradient of the right factor, inputᴴ · grad, laid out as the factor is: a weight's gradient needs no copy then.</summary>
    internal static Tensor Right(Tensor grad, Tensor input, in TensorSpec mat2) => mat2.Strides.Rank > 0
        ? MatrixTranspose.Call(Mm.Call(MatrixTranspose.Call(grad), input.conj()))
        : Mm.Call(MatrixTranspose.Adjoint(input), grad);
}
