using System.Numerics;
using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Ops;

/// <summary>The router of matrix products: pins operands of any strides and calls <see cref="Gemm"/> in their element type.</summary>
internal static unsafe class Products
{
    /// <summary>result ← a · b for matrices or batches of them (rank 3); a row vector <paramref name="bias"/> is added in the product's epilogue.</summary>
    internal static void Multiply(string op, Tensor a, Tensor b, Tensor result, Tensor? bias = null)
    {
        if (!TryPlain(a, b, bias, result)) Multiply(op, a, b, null, result, null, null, bias);
    }

    /// <summary>result ← alpha · a · b + beta · result, or with a bias alpha · a · b + bias.</summary>
    internal static void MultiplyScaled(string op, Tensor a, Tensor b, Tensor result, Scalar? alpha, Scalar? beta, Tensor? bias = null) =>
        Multiply(op, a, b, null, result, alpha, beta, bias);

    /// <summary>result ← alpha · a · b + beta · input for matrices; the input, which broadcasts, is read where it lies if its rows are dense, and else copied into the result first.</summary>
    internal static void MultiplyAdd(string op, Tensor input, Tensor a, Tensor b, Tensor result, Scalar? alpha, Scalar? beta)
    {
        Scalar scale = beta ?? 1;
        if (scale != 0 && !ReferenceEquals(input, result))
        {
            ViewSpec spread = Expand.Of(input, result.SizesRef);
            if (result.DType.Code is TypeCode.Float32 or TypeCode.Float64 && result.IsContiguous && !Forms.SharesMemory(input, result) && (spread.Strides[1] == 1 || spread.Sizes[1] == 1))
            {
                Multiply(op, a, b, input.Alias(spread.Sizes, spread.Strides, spread.Offset), result, alpha, scale, null);
                return;
            }
            result.CopyRaw(input);
        }
        Multiply(op, a, b, null, result, alpha, scale, null);
    }

    // Apart, so that small products do not pay for the frame of scales and types.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Multiply(string op, Tensor a, Tensor b, Tensor? addend, Tensor result, Scalar? alpha, Scalar? beta, Tensor? bias)
    {
        if (result.DType == ScalarType.Bool) throw TypeSwitch.NotImplemented(op, result.DType);
        if (result.Numel == 0) return;
        int last = result.Rank - 1;
        Tensor destination = result;
        bool unitColumns = result.Strides[last] == 1 || result.Sizes[last] == 1;
        if (!unitColumns || (result.Sizes[last - 1] > 1 && result.Strides[last - 1] < result.Sizes[last]))
        {
            destination = Tensor.Allocate(result.SizesRef, result.DType, result.device);
            if (beta is { } kept && kept != 0) destination.CopyRaw(result);
        }
        var action = new Action { A = a, B = b, Result = destination, Alpha = alpha ?? 1, Beta = beta ?? 0, Bias = bias, Addend = addend };
        TypeSwitch.All(result.DType, ref action);
        if (!ReferenceEquals(destination, result)) result.CopyRaw(destination);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(destination);
    }

    /// <summary>The usual product, which needs no choice among types and no scales.</summary>
    private static bool TryPlain(Tensor a, Tensor b, Tensor? bias, Tensor result)
    {
        if (result.Rank != 2 || !result.IsContiguous || result.Numel == 0) return false;
        switch (result.Code)
        {
            case TypeCode.Float32: MultiplyPlain<float>(a, b, bias, result); break;
            case TypeCode.Float64: MultiplyPlain<double>(a, b, bias, result); break;
            default: return false;
        }
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(bias);
        GC.KeepAlive(result);
        return true;
    }

    private static void MultiplyPlain<T>(Tensor a, Tensor b, Tensor? bias, Tensor result) where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<long> left = a.Strides, right = b.Strides, sizes = result.Sizes;
        fixed (byte* x = &a.Reference, y = &b.Reference, to = &result.Reference, row = &(bias ?? a).Reference)
            Gemm.MultiplyPlain((T*)x, left[0], left[1], (T*)y, right[0], right[1], (T*)to, sizes[1], sizes[0], sizes[1], a.Sizes[1], bias is null ? null : (T*)row);
    }

    /// <summary>Whether the epilogue can add this bias: a dense row vector of a type with vector kernels.</summary>
    internal static bool TakesBias(Tensor bias, ScalarType dtype) =>
        bias.Rank == 1 && bias.IsContiguous && bias.DType == dtype && dtype.Code is TypeCode.Float32 or TypeCode.Float64;

    /// <summary>result ← alpha · matrix · vector + beta · result.</summary>
    internal static void MultiplyVector(string op, Tensor matrix, Tensor vector, Tensor result, Scalar? alpha = null, Scalar? beta = null)
    {
        Tensor column = vector.Alias(vector.SizesRef.Insert(1, 1), vector.StridesRef.Insert(1, 1), vector.Offset);
        Tensor target = result.Alias(result.SizesRef.Insert(1, 1), result.StridesRef.Insert(1, 1), result.Offset);
        MultiplyScaled(op, matrix, column, target, alpha, beta);
    }

    private struct Action : ITypeAction
    {
        public Tensor A, B, Result;
        public Tensor? Bias, Addend;
        public Scalar Alpha, Beta;

        public readonly void Run<T>() where T : unmanaged
        {
            ReadOnlySpan<long> sizes = Result.Sizes, strides = Result.Strides, left = A.Strides, right = B.Strides;
            int last = sizes.Length - 1;
            long m = sizes[last - 1], n = sizes[last], k = A.Sizes[last];
            bool batched = sizes.Length == 3;
            T alpha = Number<T>(Alpha), beta = Number<T>(Beta);
            long row = m == 1 ? n : strides[last - 1];
            fixed (byte* a = &A.Reference, b = &B.Reference, c = &Result.Reference, bias = &(Bias ?? A).Reference, addend = &(Addend ?? A).Reference)
            {
                if (batched)
                {
                    Gemm.MultiplyBatched((T*)a, left[0], left[1], left[2], (T*)b, right[0], right[1], right[2],
                        (T*)c, strides[0], row, sizes[0], m, n, k, alpha, beta);
                }
                else if (Addend is not null)
                {
                    long addendRow = m == 1 ? n : Addend.Strides[0];
                    if (typeof(T) == typeof(float))
                        Gemm.MultiplyAdd((float*)a, left[0], left[1], (float*)b, right[0], right[1], (float*)addend, addendRow, (float*)c, row, m, n, k, (float)Alpha, (float)Beta);
                    else
                        Gemm.MultiplyAdd((double*)a, left[0], left[1], (double*)b, right[0], right[1], (double*)addend, addendRow, (double*)c, row, m, n, k, (double)Alpha, (double)Beta);
                }
                else if (Bias is not null && typeof(T) == typeof(float))
                {
                    Gemm.Multiply((float*)a, left[0], left[1], (float*)b, right[0], right[1], (float*)c, row, m, n, k,
                        (float)Alpha, (float)Beta, new GemmEpilogue<float> { ColumnBias = (float*)bias });
                }
                else if (Bias is not null)
                {
                    Gemm.Multiply((double*)a, left[0], left[1], (double*)b, right[0], right[1], (double*)c, row, m, n, k,
                        (double)Alpha, (double)Beta, new GemmEpilogue<double> { ColumnBias = (double*)bias });
                }
                else
                {
                    Gemm.Multiply((T*)a, left[0], left[1], (T*)b, right[0], right[1], (T*)c, row, m, n, k, alpha, beta);
                }
            }
            GC.KeepAlive(Bias);
            GC.KeepAlive(Addend);
        }
    }

    /// <summary>A number in an element type.</summary>
    internal static T Number<T>(Scalar value) where T : unmanaged
    {
        if (typeof(T) == typeof(Complex) || typeof(T) == typeof(Complex64)) return default(ConvertMap<Complex, T>).Invoke(value.ToComplex());
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16))
            return default(ConvertMap<double, T>).Invoke(value.ToDouble());
        return default(ConvertMap<long, T>).Invoke(value.ToInt64());
    }

    internal static void RequireSameType(Tensor a, Tensor b) =>
        Check.That(a.DType == b.DType, $"expected scalar type {a.DType.LegacyName} but found {b.DType.LegacyName}");

    internal static void RequireIntegralScale(Scalar? scale, string name, ScalarType dtype) =>
        Check.That(scale is not { } s || dtype.IsDifferentiable || s.IsIntegral, $"For integral input tensors, argument {name} must not be a floating point number.");

    /// <summary>grad · scale*, without the multiplication when the scale is 1.</summary>
    internal static Tensor Scaled(Tensor grad, Scalar? scale) => scale is { } s && s != 1 ? grad * s.Conjugate() : grad;

    internal static string Dims(Tensor matrix) => $"{matrix.Sizes[^2]}x{matrix.Sizes[^1]}";
}
