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
        if (!IsNarrow(input.DType) || !FitsNarrow<TOut>(input.DType, result) || !input.IsContiguous || input.Numel != count || count == 0) return false;
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
        if (left < 0 || right < 0) return false;
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

    // A dense result of the operands' type, or of bools where the kernel answers them.
    private static bool FitsNarrow<TOut>(ScalarType narrow, Tensor result) =>
        result.IsContiguous && result.DType == (typeof(TOut) == typeof(bool) ? ScalarType.Bool : narrow) && (typeof(TOut) == typeof(bool) || typeof(TOut) == typeof(float));
}
