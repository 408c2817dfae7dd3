namespace Facula.Ops;

/// <summary>The limits below which singular values count as zero.</summary>
internal static class Tolerance
{
    /// <summary>max(atol, rtol · largest) as a column for the values; by default rtol is ε · max(rows, columns), and 0 where an atol is given.</summary>
    internal static Tensor Limit(Tensor input, Tensor? atol, Tensor? rtol, Tensor largest)
    {
        double usual = DetFactors.Epsilon(input.DType) * Math.Max(input.Sizes[^2], input.Sizes[^1]);
        ScalarType real = largest.DType;
        atol = (atol ?? torch.zeros([], dtype: real)).detach();
        rtol = rtol?.detach() ?? torch.where(atol > 0, torch.zeros([], dtype: real), torch.full([], usual, dtype: real));
        return torch.maximum(atol.unsqueeze(-1).to(real), rtol.unsqueeze(-1).to(real) * largest);
    }

    internal static Tensor? Number(double? value) => value is { } number ? torch.tensor(number) : null;

    internal static void RequireReal(Tensor? tolerance, string op, string name) =>
        Check.That(tolerance is null || !tolerance.DType.is_complex, $"{op}: {name} tensor of complex type is not supported. Got {tolerance?.DType.LegacyName}");
}

[TensorOp("linalg_pinv", Public = false, Node = "LinalgPinvBackward0")]
internal static partial class PinvOf
{
    /// <summary>Moore and Penrose's inverses.</summary>
    static TensorSpec Infer(Tensor input, Tensor? atol, Tensor? rtol, bool hermitian)
    {
        Check.That(input.Rank >= 2 && Matrices.IsDecomposable(input.DType),
            $"linalg.pinv({input.DType.LegacyName}{{{input.SizesRef.Brackets()}}}): expected a tensor with 2 or more dimensions of float, double, cfloat or cdouble types");
        Tolerance.RequireReal(atol, "torch.linalg.pinv", "atol");
        Tolerance.RequireReal(rtol, "torch.linalg.pinv", "rcond");
        return Matrices.Spec(input, [input.Sizes[^1], input.Sizes[^2]]);
    }

    static void Compute(Tensor input, Tensor? atol, Tensor? rtol, bool hermitian, Tensor result)
    {
        Tensor matrix = input.detach(), left, values, right;
        if (result.Numel == 0) return;
        if (hermitian)
        {
            (values, right) = Eigh.Call(matrix);
            left = right;
        }
        else
        {
            (Tensor u, values, Tensor vh) = LinalgSvd.Call(matrix, false);
            (left, right) = (u, Matrices.Adjoint(vh));
        }
        Tensor sizes = hermitian ? values.abs() : values;
        Tensor limit = Tolerance.Limit(matrix, atol, rtol, hermitian ? sizes.amax(-1, keepdim: true) : sizes.narrow(-1, 0, 1));
        Tensor inverses = torch.where(sizes > limit, values.reciprocal(), torch.zeros_like(values));
        result.CopyRaw(Matrices.Product(Matrices.ScaleColumns(right, inverses), Matrices.Adjoint(left)));
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result) => Gradient(grad, result, input);

    /// <summary>Golub and Pereyra's derivative of the pseudoinverse, arranged so that the products stay on the small side.</summary>
    internal static Tensor Gradient(Tensor grad, Tensor inverse, Tensor input)
    {
        Tensor adjoint = Matrices.Adjoint(inverse), g = Matrices.Adjoint(grad);
        if (input.Sizes[^2] <= input.Sizes[^1])
        {
            Tensor k = Matrices.Product(g, inverse), turned = Matrices.Product(k, adjoint);
            return -Matrices.Adjoint(Matrices.Product(inverse, k)) + turned
                - Matrices.Product(Matrices.Product(input, inverse), turned)
                + Matrices.Product(Matrices.Product(adjoint, inverse), g - Matrices.Product(k, input));
        }
        else
        {
            Tensor k = Matrices.Product(inverse, g), turned = Matrices.Product(adjoint, k);
            return -Matrices.Adjoint(Matrices.Product(k, inverse))
                + Matrices.Product(Matrices.Product(g - Matrices.Product(input, k), inverse), adjoint) + turned
                - Matrices.Product(Matrices.Product(turned, inverse), input);
        }
    }
}

[CompositeOp("pinv", In = "torch.linalg", Method = false, Out = true)]
internal static partial class Pinv
{
    /// <summary>Moore and Penrose's inverse of each matrix; singular values up to max(<paramref name="atol"/>, <paramref name="rtol"/> · largest) count as zero.</summary>
    static Tensor Compose(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
        PinvOf.Call(input, Tolerance.Number(atol), Tolerance.Number(rtol), hermitian);
}

[CompositeOp("pinv", In = "torch.linalg", Method = false, Out = true)]
internal static partial class PinvRcond
{
    /// <summary>Moore and Penrose's inverse of each matrix; singular values up to <paramref name="rcond"/> of the largest count as zero.</summary>
    static Tensor Compose(Tensor input, double rcond, bool hermitian = false) => PinvOf.Call(input, null, Tolerance.Number(rcond), hermitian);
}

[CompositeOp("pinv", In = "torch.linalg", Method = false, Out = true)]
internal static partial class PinvRcondTensor
{
    /// <summary>Moore and Penrose's inverse of each matrix with a limit <paramref name="rcond"/> of its own.</summary>
    static Tensor Compose(Tensor input, Tensor rcond) => PinvOf.Call(input, null, rcond, false);
}

[CompositeOp("pinv", In = "torch.linalg", Method = false, Out = true)]
internal static partial class PinvRcondTensorHermitian
{
    /// <summary>Moore and Penrose's inverse of each matrix, Hermitian if so told, with a limit <paramref name="rcond"/> of its own.</summary>
    static Tensor Compose(Tensor input, Tensor rcond, bool hermitian) => PinvOf.Call(input, null, rcond, hermitian);
}

[CompositeOp("pinv", In = "torch.linalg", Method = false, Out = true)]
internal static partial class PinvTensors
{
    /// <summary>Moore and Penrose's inverse of each matrix with limits of its own.</summary>
    static Tensor Compose(Tensor input, Tensor? atol, Tensor? rtol, bool hermitian = false) => PinvOf.Call(input, atol, rtol, hermitian);
}

[CompositeOp("pinv", In = "torch.linalg", Method = false, Out = true)]
internal static partial class PinvRelative
{
    /// <summary>Moore and Penrose's inverse of each matrix with a relative limit of its own.</summary>
    static Tensor Compose(Tensor input, Tensor rtol, double? atol = null, bool hermitian = false) => PinvOf.Call(input, Tolerance.Number(atol), rtol, hermitian);
}

[CompositeOp("pinverse")]
internal static partial class Pinverse
{
    /// <summary>Moore and Penrose's inverse of each matrix; singular values up to <paramref name="rcond"/> of the largest count as zero.</summary>
    static Tensor Compose(Tensor input, double rcond = 1e-15) => PinvOf.Call(input, null, Tolerance.Number(rcond), false);
}
