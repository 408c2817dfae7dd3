using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Common divisors of thirty-two pairs of integers at a time, by the binary algorithm of Stein; it needs to count leading zeros in lanes.</summary>
internal static unsafe class DivisorLanes
{
    private const int Block = 32;

    /// <summary>Works through dense operands, or one that is fixed; answers how many elements it has done: none of types other than int32 and int64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Run<TKernel, T>(T* left, long leftStride, T* right, long rightStride, T* destination, long count, bool isMultiple)
        where TKernel : struct, IIntegerBinary
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!Avx512CD.IsSupported || !Avx512DQ.IsSupported || (typeof(T) != typeof(int) && typeof(T) != typeof(long))) return 0;
        long i = 0;
        for (; i <= count - Block; i += Block)
        {
            T* x = left + i * leftStride, y = right + i * rightStride, to = destination + i;
            bool fits = Load(x, leftStride, out Vector512<int> a, out Vector512<int> b) & Load(y, rightStride, out Vector512<int> c, out Vector512<int> d);
            if (!fits)
            {
                for (int j = 0; j < Block; j++) to[j] = TKernel.Invoke(x[j * leftStride], y[j * rightStride]);
                continue;
            }
            Vector512<uint> first = Size(a), second = Size(b);
            Pairs(ref first, Size(c), ref second, Size(d));
            if (isMultiple)
            {
                Multiple(a, c, first, to);
                Multiple(b, d, second, to + 16);
            }
            else
            {
                Store(first, to);
                Store(second, to + 16);
            }
        }
        return i;
    }

    /// <summary>Thirty-two numbers as int32; false if one is greater.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Load<T>(T* source, long stride, out Vector512<int> low, out Vector512<int> high) where T : unmanaged
    {
        if (typeof(T) == typeof(int))
        {
            low = stride == 0 ? Vector512.Create(*(int*)source) : Vector512.Load((int*)source);
            high = stride == 0 ? low : Vector512.Load((int*)source + 16);
            return true;
        }
        if (stride == 0)
        {
            low = high = Vector512.Create((int)*(long*)source);
            return *(long*)source == (int)*(long*)source;
        }
        Vector512<long> a = Vector512.Load((long*)source), b = Vector512.Load((long*)source + 8), c = Vector512.Load((long*)source + 16), d = Vector512.Load((long*)source + 24);
        low = NarrowLanes.Narrow(a, b);
        high = NarrowLanes.Narrow(c, d);
        // Of a number that fits, the upper half is the sign.
        Vector512<long> excess = ((a + Vector512.Create(1L << 31)) | (b + Vector512.Create(1L << 31)) | (c + Vector512.Create(1L << 31)) | (d + Vector512.Create(1L << 31))) >>> 32;
        return Vector512.EqualsAll(excess, Vector512<long>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Size(Vector512<int> x) => Vector512.Abs(x).AsUInt32();

    /// <summary>The divisors of (a, b) and (c, d) in a and c: twos that both have go apart; then the smaller odd number is taken from the greater, until nothing is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pairs(ref Vector512<uint> a, Vector512<uint> b, ref Vector512<uint> c, Vector512<uint> d)
    {
        Vector512<uint> twos = Zeros(a | b), others = Zeros(c | d);
        a = Odd(Vector512.ConditionalSelect(Vector512.Equals(a, Vector512<uint>.Zero), b, a));
        c = Odd(Vector512.ConditionalSelect(Vector512.Equals(c, Vector512<uint>.Zero), d, c));
        while (!Vector512.EqualsAll(b | d, Vector512<uint>.Zero))
        {
            Step(ref a, ref b);
            Step(ref c, ref d);
        }
        a = Avx512F.ShiftLeftLogicalVariable(a, twos);
        c = Avx512F.ShiftLeftLogicalVariable(c, others);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(ref Vector512<uint> a, ref Vector512<uint> b)
    {
        Vector512<uint> odd = Odd(b);
        // Where nothing is left, a stands on both sides.
        odd = Vector512.ConditionalSelect(Vector512.Equals(b, Vector512<uint>.Zero), a, odd);
        b = Vector512.Max(a, odd);
        a = Vector512.Min(a, odd);
        b -= a;
    }

    /// <summary>How many zeros a number ends in; of zero a shift that leaves nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Zeros(Vector512<uint> x) => Vector512.Create(31u) - Avx512CD.LeadingZeroCount(x & (Vector512<uint>.Zero - x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Odd(Vector512<uint> x) => Avx512F.ShiftRightLogicalVariable(x, Zeros(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<uint> x, T* destination) where T : unmanaged
    {
        if (typeof(T) == typeof(int)) x.AsInt32().Store((int*)destination);
        else
        {
            Avx512F.ConvertToVector512UInt64(x.GetLower()).AsInt64().Store((long*)destination);
            Avx512F.ConvertToVector512UInt64(x.GetUpper()).AsInt64().Store((long*)destination + 8);
        }
    }

    /// <summary>|x / divisor · y|; 0 where both are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiple<T>(Vector512<int> x, Vector512<int> y, Vector512<uint> divisor, T* destination) where T : unmanaged
    {
        Multiple(x.GetLower(), y.GetLower(), divisor.GetLower(), destination);
        Multiple(x.GetUpper(), y.GetUpper(), divisor.GetUpper(), destination + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiple<T>(Vector256<int> x, Vector256<int> y, Vector256<uint> divisor, T* destination) where T : unmanaged
    {
        Vector512<double> quotient = Avx512F.ConvertToVector512Double(x) / Avx512F.ConvertToVector512Double(Vector256.Max(divisor, Vector256<uint>.One));
        Vector512<long> product = Avx512DQ.ConvertToVector512Int64(quotient) * Avx512F.ConvertToVector512Int64(y);
        if (typeof(T) == typeof(long)) Vector512.Abs(product).Store((long*)destination);
        else Vector256.Abs(Avx512F.ConvertToVector256Int32(product)).Store((int*)destination);
    }
}
