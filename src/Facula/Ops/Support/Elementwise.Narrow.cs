using Facula.Kernels;

namespace Facula.Ops;

// Dense float16 and bfloat16: widened and rounded block by block, without tensors of floats between.
internal static unsafe partial class Elementwise
{
    private static bool IsNarrow(ScalarType dtype) => dtype == ScalarType.Float16 || dtype == ScalarType.BFloat16;

    private static bool TryMapNarrow<TKernel, TIn, TOut>(TKernel kernel, Tensor input, Tensor result, long grain)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        long count = result.Numel;
        if (!IsNarrow(input.DType) || !FitsNarrow<TOut>(input.DType, result) || !InStep(input, result) || count == 0) return false;
        fixed (byte* s = &input.Reference, d = &result.Reference)
            NarrowLoop.Map<TKernel, TIn, TOut>(kernel, s, d, count, input.DType == ScalarType.BFloat16, grain);
        GC.KeepAlive(input);
        GC.KeepAlive(result);
        return true;
    }

    private static bool TryZipNarrow<TKernel, TIn, TOut>(TKernel kernel, Tensor input, Tensor other, Tensor result, long grain)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        ScalarType narrow = IsNarrow(input.DType) ? input.DType : other.DType;
        long count = result.Numel;
        if (!IsNarrow(narrow) || !FitsNarrow<TOut>(narrow, result) || count == 0) return false;
        bool isBrain = narrow == ScalarType.BFloat16;
        float leftNumber = 0, rightNumber = 0;
        bool ownLeft = input.DType == narrow, ownRight = other.DType == narrow;
        long left = ownLeft ? Step(input, count) : TryNumber(input, ScalarType.Float32, out leftNumber) ? 0 : -1;
        long right = ownRight ? Step(other, count) : TryNumber(other, ScalarType.Float32, out rightNumber) ? 0 : -1;
        if (left < 0 || right < 0 || !result.IsContiguous)
            return (ownLeft || left == 0) && (ownRight || right == 0) && TryZipNarrowRows<TKernel, TIn, TOut>(kernel, input, ownLeft, leftNumber, other, ownRight, rightNumber, result, isBrain, grain);
        fixed (byte* x = &input.Reference, y = &other.Reference, d = &result.Reference)
        {
            if (left == 0 && ownLeft) leftNumber = NarrowLoop.Widened(x, isBrain);
            if (right == 0 && ownRight) rightNumber = NarrowLoop.Widened(y, isBrain);
            NarrowLoop.Zip<TKernel, TIn, TOut>(kernel, left == 0 ? null : x, leftNumber, right == 0 ? null : y, rightNumber, d, count, isBrain, grain);
        }
        GC.KeepAlive(input);
        GC.KeepAlive(other);
        GC.KeepAlive(result);
        return true;
    }

    // Operands that are broadcast or not row-major, row by row.
    private static bool TryZipNarrowRows<TKernel, TIn, TOut>(TKernel kernel, Tensor input, bool ownLeft, float leftNumber, Tensor other, bool ownRight, float rightNumber, Tensor result, bool isBrain, long grain)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        int rank = result.Rank;
        if (rank == 0 || input.IsConjugated || other.IsConjugated) return false;
        Span<long> strides = stackalloc long[2 * rank];
        strides.Clear();
        if (ownLeft) Broadcasting.Strides(input, result.Sizes, strides[..rank]);
        if (ownRight) Broadcasting.Strides(other, result.Sizes, strides[rank..]);
        bool done;
        fixed (byte* x = &input.Reference, y = &other.Reference, d = &result.Reference)
            done = NarrowLoop.TryRows<TKernel, TIn, TOut>(kernel, new(ownLeft ? x : null, leftNumber), strides[..rank], new(ownRight ? y : null, rightNumber), strides[rank..], d, result.Strides, result.Sizes, isBrain, grain);
        GC.KeepAlive(input);
        GC.KeepAlive(other);
        GC.KeepAlive(result);
        return done;
    }

    private static bool TryZip3Narrow<TKernel>(TKernel kernel, Tensor first, Tensor second, Tensor third, Tensor result, long grain)
        where TKernel : struct, IZip3<float, float>
    {
        ScalarType narrow = result.DType;
        long count = result.Numel;
        if (!TKernel.IsVectorized || !IsNarrow(narrow) || !result.IsContiguous || count == 0) return false;
        fixed (byte* x = &first.Reference, y = &second.Reference, z = &third.Reference, d = &result.Reference)
        {
            if (!TryOperand(first, x, narrow, count, out NarrowOperand a) || !TryOperand(second, y, narrow, count, out NarrowOperand b) || !TryOperand(third, z, narrow, count, out NarrowOperand c)) return false;
            NarrowLoop.Zip3(kernel, a, b, c, d, count, narrow == ScalarType.BFloat16, grain);
        }
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        GC.KeepAlive(third);
        GC.KeepAlive(result);
        return true;
    }

    // Memory of the narrow type in step with the result, or one number.
    private static bool TryOperand(Tensor tensor, byte* memory, ScalarType narrow, long count, out NarrowOperand operand)
    {
        float number = 0;
        long step = tensor.DType == narrow ? Step(tensor, count) : TryNumber(tensor, ScalarType.Float32, out number) ? 0 : -1;
        if (step == 0 && tensor.DType == narrow) number = NarrowLoop.Widened(memory, narrow == ScalarType.BFloat16);
        operand = new(step == 1 ? memory : null, number);
        return step >= 0;
    }

    // Both row-major, or dense in the same other order.
    private static bool InStep(Tensor input, Tensor result) =>
        input.SizesRef == result.SizesRef && (input.IsContiguous ? result.IsContiguous : result.IsDense && input.StridesRef == result.StridesRef);

    // A result of the operands' type, or of bools where the kernel answers them.
    private static bool FitsNarrow<TOut>(ScalarType narrow, Tensor result) =>
        result.DType == (typeof(TOut) == typeof(bool) ? ScalarType.Bool : narrow) && (typeof(TOut) == typeof(bool) || typeof(TOut) == typeof(float));
}
