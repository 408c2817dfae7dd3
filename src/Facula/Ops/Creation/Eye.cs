namespace Facula.Ops;

[CompositeOp("eye", Method = false, Out = true)]
internal static partial class Eye
{
    /// <summary>The matrix with ones on the diagonal, <paramref name="n"/> by <paramref name="m"/> (n by n unless given).</summary>
    static Tensor Compose(long n, long? m = null, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Check.That(n >= 0, $"n must be greater or equal to 0, got {n}");
        long columns = m ?? n;
        Check.That(columns >= 0, $"m must be greater or equal to 0, got {columns}");
        Tensor result = Factories.Filled([n, columns], 0, dtype ?? Defaults.DType, device, false);
        result.Alias([Math.Min(n, columns)], [columns + 1], 0).FillRaw(1);
        return requires_grad ? result.MadeToRequireGrad() : result;
    }
}

[TensorOp("tril", InPlace = true)]
internal static partial class Tril
{
    /// <summary>The part of each matrix on and below the given diagonal; the rest is 0.</summary>
    static TensorSpec Infer(Tensor input, long diagonal = 0)
    {
        Check.That(input.Rank >= 2, $"tril: input tensor must have at least 2 dimensions");
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long diagonal, Tensor result) => Triangle.Keep(input, result, diagonal, lower: true);

    static Tensor GradInput(Tensor grad, long diagonal) => Call(grad, diagonal);
}

[TensorOp("triu", InPlace = true)]
internal static partial class Triu
{
    /// <summary>The part of each matrix on and above the given diagonal; the rest is 0.</summary>
    static TensorSpec Infer(Tensor input, long diagonal = 0)
    {
        Check.That(input.Rank >= 2, $"triu: input tensor must have at least 2 dimensions");
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long diagonal, Tensor result) => Triangle.Keep(input, result, diagonal, lower: false);

    static Tensor GradInput(Tensor grad, long diagonal) => Call(grad, diagonal);
}

/// <summary>Clears one side of matrices.</summary>
internal static unsafe class Triangle
{
    internal static void Keep(Tensor input, Tensor result, long diagonal, bool lower)
    {
        if (!ReferenceEquals(input, result)) Copying.Copy(input, result);
        if (result.Numel == 0) return;
        var clear = new Clear { Target = result, Diagonal = diagonal, Lower = lower };
        TypeSwitch.Width(result.DType, ref clear);
    }

    private struct Clear : ITypeAction
    {
        public Tensor Target;
        public long Diagonal;
        public bool Lower;

        public readonly void Run<T>() where T : unmanaged
        {
            int rank = Target.Rank;
            long rows = Target.Sizes[rank - 2], columns = Target.Sizes[rank - 1];
            long rowStride = Target.Strides[rank - 2], columnStride = Target.Strides[rank - 1];
            var walker = new Kernels.OffsetWalker(Target.Sizes[..(rank - 2)], Target.Strides[..(rank - 2)]);
            fixed (byte* data = &Target.Reference)
            {
                do
                {
                    T* matrix = (T*)data + walker.Offset;
                    for (long i = 0; i < rows; i++)
                    {
                        long from = Lower ? Math.Clamp(i + Diagonal + 1, 0, columns) : 0;
                        long to = Lower ? columns : Math.Clamp(i + Diagonal, 0, columns);
                        for (long j = from; j < to; j++) matrix[i * rowStride + j * columnStride] = default;
                    }
                }
                while (walker.Next());
            }
            GC.KeepAlive(Target);
        }
    }
}

[CompositeOp("tril_indices", Method = false)]
internal static partial class TrilIndices
{
    /// <summary>The coordinates, a row of rows and a row of columns, of the lower triangle of a matrix.</summary>
    static Tensor Compose(long row, long col, long offset = 0, ScalarType? dtype = null, Device? device = null)
    {
        CheckArguments(row, col);
        return Pairs(row, col, offset, lower: true, dtype, device);
    }

    internal static void CheckArguments(long row, long col)
    {
        Check.That(row >= 0, $"row must be non-negative, got{row}");
        Check.That(col >= 0, $"col must be non-negative, got{col}");
    }

    internal static Tensor Pairs(long row, long col, long offset, bool lower, ScalarType? dtype, Device? device)
    {
        long count = 0;
        for (long i = 0; i < row; i++) count += To(i) - From(i);
        Tensor result = Tensor.Allocate([2, count], ScalarType.Int64);
        Span<long> rows = result.Span<long>()[..(int)count], columns = result.Span<long>()[(int)count..];
        int at = 0;
        for (long i = 0; i < row; i++)
        {
            int length = (int)(To(i) - From(i));
            rows.Slice(at, length).Fill(i);
            Kernels.SequenceLoop.Fill(columns.Slice(at, length), From(i), 1L);
            at += length;
        }
        return result.to(device ?? torch.CPU, dtype ?? ScalarType.Int64);

        long From(long i) => lower ? 0 : Math.Clamp(i + offset, 0, col);
        long To(long i) => lower ? Math.Clamp(i + offset + 1, 0, col) : col;
    }
}

[CompositeOp("triu_indices", Method = false)]
internal static partial class TriuIndices
{
    /// <summary>The coordinates, a row of rows and a row of columns, of the upper triangle of a matrix.</summary>
    static Tensor Compose(long row, long col, long offset = 0, ScalarType? dtype = null, Device? device = null)
    {
        TrilIndices.CheckArguments(row, col);
        return TrilIndices.Pairs(row, col, offset, lower: false, dtype, device);
    }
}
