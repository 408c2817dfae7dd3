using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>One vector width for the matrix product, so that the same loops serve every processor and element type.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="V">The vector, itself rather than a wrapper of it, so that the JIT keeps it in a register.</typeparam>
internal unsafe interface IGemmLanes<V, T> where V : struct where T : unmanaged
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Count { get; }
    /// <summary>The tallest tile of two vectors whose accumulators all stay in registers.</summary>
    static abstract int Rows { get; }
    static abstract V Load(T* source);
    static abstract void Store(V value, T* destination);
    /// <summary>The first so many elements, then zeros.</summary>
    static abstract V LoadPart(T* source, int count);
    /// <summary>Stores the first so many elements.</summary>
    static abstract void StorePart(V value, T* destination, int count);
    static abstract V Broadcast(T value);
    static abstract V Multiply(V left, V right);
    /// <summary>left · right + addend, rounded once for floating point where the processor can.</summary>
    static abstract V MultiplyAdd(V left, V right, V addend);
    static abstract V Add(V left, V right);
    static abstract V Subtract(V left, V right);
    /// <summary>The sum of all elements.</summary>
    static abstract T Sum(V value);
    /// <summary>The sums of four vectors, one after another.</summary>
    static abstract void Sums(V first, V second, V third, V fourth, T* sums);
    /// <summary>max(value, 0), where a NaN stays.</summary>
    static abstract V Rectify(V value);
    static abstract void Prefetch(T* address);
    /// <summary>Fetches into the second-level cache.</summary>
    static abstract void PrefetchFar(T* address);
}

/// <summary>AVX-512: 24 of 32 registers accumulate.</summary>
internal readonly unsafe struct GemmLanes512<T> : IGemmLanes<Vector512<T>, T> where T : unmanaged
{
    // Not Vector512.IsHardwareAccelerated: the runtime says no on Skylake-X and its kin to spare their clock,
    // yet with two 512-bit multipliers a product gains by half there.
    public static bool IsSupported => Avx512F.IsSupported;
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector512<T>.Count; }
    // A product of long integers takes some registers more.
    public static int Rows { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => typeof(T) == typeof(long) ? 8 : 12; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, T* destination) => value.Store(destination);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPart(T* source, int count)
    {
        if (sizeof(T) == 4)
            return Avx512F.MaskLoad((int*)source, Avx512F.CompareLessThan(Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), Vector512.Create(count)), Vector512<int>.Zero).As<int, T>();
        if (sizeof(T) == 8)
            return Avx512F.MaskLoad((long*)source, Avx512F.CompareLessThan(Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((long)count)), Vector512<long>.Zero).As<long, T>();
        Vector512<T> value = default;
        Unsafe.CopyBlockUnaligned(&value, source, (uint)(count * sizeof(T)));
        return value;
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector512<T> value, T* destination, int count)
    {
        if (sizeof(T) == 4)
            Avx512F.MaskStore((int*)destination, Avx512F.CompareLessThan(Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), Vector512.Create(count)), value.AsInt32());
        else if (sizeof(T) == 8)
            Avx512F.MaskStore((long*)destination, Avx512F.CompareLessThan(Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((long)count)), value.AsInt64());
        else
            Unsafe.CopyBlockUnaligned(destination, &value, (uint)(count * sizeof(T)));
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Rectify(Vector512<T> value) =>
        Vector512.ConditionalSelect(Vector512.LessThan(value, Vector512<T>.Zero), Vector512<T>.Zero, value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> left, Vector512<T> right) => left + right;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> left, Vector512<T> right) => left - right;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> value) => Vector512.Sum(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums(Vector512<T> first, Vector512<T> second, Vector512<T> third, Vector512<T> fourth, T* sums) =>
        GemmLanes256<T>.Sums(first.GetLower() + first.GetUpper(), second.GetLower() + second.GetUpper(), third.GetLower() + third.GetUpper(), fourth.GetLower() + fourth.GetUpper(), sums);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> left, Vector512<T> right) => left * right;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> addend)
    {
        if (typeof(T) == typeof(float))
            return Vector512.FusedMultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double))
            return Vector512.FusedMultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();
        if (typeof(T) == typeof(long))
            return MultiplyAdd(left.AsUInt64(), right.AsUInt64(), addend.AsUInt64()).As<ulong, T>();
        return left * right + addend;
    }
    // Note [False dependencies]: the processor's own product of long integers has one, and takes three steps anyway.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyAdd(Vector512<ulong> left, Vector512<ulong> right, Vector512<ulong> addend)
    {
        Vector512<uint> x = left.AsUInt32(), y = right.AsUInt32(), highX = (left >>> 32).AsUInt32(), highY = (right >>> 32).AsUInt32();
        Vector512<ulong> across = Avx512F.Multiply(highX, y) + Avx512F.Multiply(x, highY);
        return (across << 32) + (Avx512F.Multiply(x, y) + addend);
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* address) => Sse.Prefetch0(address);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchFar(T* address) => Sse.Prefetch1(address);
}

/// <summary>AVX2: 12 of 16 registers accumulate.</summary>
internal readonly unsafe struct GemmLanes256<T> : IGemmLanes<Vector256<T>, T> where T : unmanaged
{
    public static bool IsSupported => Vector256.IsHardwareAccelerated && Fma.IsSupported;
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector256<T>.Count; }
    public static int Rows { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 6; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, T* destination) => value.Store(destination);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadPart(T* source, int count)
    {
        if (sizeof(T) == 4 && Avx2.IsSupported)
            return Avx2.MaskLoad((int*)source, Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(count))).As<int, T>();
        if (sizeof(T) == 8 && Avx2.IsSupported)
            return Avx2.MaskLoad((long*)source, Vector256.LessThan(Vector256.Create(0L, 1, 2, 3), Vector256.Create((long)count))).As<long, T>();
        Vector256<T> value = default;
        Unsafe.CopyBlockUnaligned(&value, source, (uint)(count * sizeof(T)));
        return value;
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector256<T> value, T* destination, int count)
    {
        if (sizeof(T) == 4 && Avx2.IsSupported)
            Avx2.MaskStore((int*)destination, Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(count)), value.AsInt32());
        else if (sizeof(T) == 8 && Avx2.IsSupported)
            Avx2.MaskStore((long*)destination, Vector256.LessThan(Vector256.Create(0L, 1, 2, 3), Vector256.Create((long)count)), value.AsInt64());
        else
            Unsafe.CopyBlockUnaligned(destination, &value, (uint)(count * sizeof(T)));
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Rectify(Vector256<T> value) =>
        Vector256.ConditionalSelect(Vector256.LessThan(value, Vector256<T>.Zero), Vector256<T>.Zero, value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> left, Vector256<T> right) => left + right;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> left, Vector256<T> right) => left - right;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> value) => Vector256.Sum(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums(Vector256<T> first, Vector256<T> second, Vector256<T> third, Vector256<T> fourth, T* sums) =>
        GemmLanes128<T>.Sums(first.GetLower() + first.GetUpper(), second.GetLower() + second.GetUpper(), third.GetLower() + third.GetUpper(), fourth.GetLower() + fourth.GetUpper(), sums);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> left, Vector256<T> right) => left * right;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> addend)
    {
        if (typeof(T) == typeof(float))
            return Vector256.FusedMultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double))
            return Vector256.FusedMultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();
        if (typeof(T) == typeof(long) && Avx2.IsSupported)
            return MultiplyAdd(left.AsUInt64(), right.AsUInt64(), addend.AsUInt64()).As<ulong, T>();
        return left * right + addend;
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyAdd(Vector256<ulong> left, Vector256<ulong> right, Vector256<ulong> addend)
    {
        Vector256<uint> x = left.AsUInt32(), y = right.AsUInt32(), highX = (left >>> 32).AsUInt32(), highY = (right >>> 32).AsUInt32();
        Vector256<ulong> across = Avx2.Multiply(highX, y) + Avx2.Multiply(x, highY);
        return (across << 32) + (Avx2.Multiply(x, y) + addend);
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* address) => Sse.Prefetch0(address);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchFar(T* address) => Sse.Prefetch1(address);
}

/// <summary>The rest: SSE with 16 registers, NEON with 32.</summary>
internal readonly unsafe struct GemmLanes128<T> : IGemmLanes<Vector128<T>, T> where T : unmanaged
{
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector128<T>.Count; }
    public static int Rows { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => AdvSimd.IsSupported ? 12 : 6; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, T* destination) => value.Store(destination);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadPart(T* source, int count)
    {
        if (count == Count)
            return Vector128.Load(source);
        if (sizeof(T) == 8)
            return Vector128.CreateScalar(*source);
        if (sizeof(T) == 4)
        {
            if (count == 1)
                return Vector128.CreateScalar(*source);
            var pair = Vector128.CreateScalar(*(long*)source).AsInt32();
            return (count == 2 ? pair : pair.WithElement(2, ((int*)source)[2])).As<int, T>();
        }
        Vector128<T> value = default;
        Unsafe.CopyBlockUnaligned(&value, source, (uint)(count * sizeof(T)));
        return value;
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector128<T> value, T* destination, int count)
    {
        if (count == Count)
            value.Store(destination);
        else if (sizeof(T) == 8 || sizeof(T) == 4 && count == 1)
            *destination = value.ToScalar();
        else if (sizeof(T) == 4)
        {
            *(long*)destination = value.AsInt64().ToScalar();
            if (count == 3)
                destination[2] = value.GetElement(2);
        }
        else
            Unsafe.CopyBlockUnaligned(destination, &value, (uint)(count * sizeof(T)));
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Rectify(Vector128<T> value) =>
        Vector128.ConditionalSelect(Vector128.LessThan(value, Vector128<T>.Zero), Vector128<T>.Zero, value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> left, Vector128<T> right) => left + right;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> left, Vector128<T> right) => left - right;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> value) => Vector128.Sum(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums(Vector128<T> first, Vector128<T> second, Vector128<T> third, Vector128<T> fourth, T* sums)
    {
        if (sizeof(T) == 4 && Sse.IsSupported)
        {
            // Twice: halves of two vectors side by side, added.
            Vector128<float> a = first.AsSingle(), b = second.AsSingle(), c = third.AsSingle(), d = fourth.AsSingle();
            Vector128<T> ab = Sse.UnpackLow(a, b).As<float, T>() + Sse.UnpackHigh(a, b).As<float, T>(), cd = Sse.UnpackLow(c, d).As<float, T>() + Sse.UnpackHigh(c, d).As<float, T>();
            (Sse.MoveLowToHigh(ab.AsSingle(), cd.AsSingle()).As<float, T>() + Sse.MoveHighToLow(cd.AsSingle(), ab.AsSingle()).As<float, T>()).Store(sums);
            return;
        }
        sums[0] = Vector128.Sum(first);
        sums[1] = Vector128.Sum(second);
        sums[2] = Vector128.Sum(third);
        sums[3] = Vector128.Sum(fourth);
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> left, Vector128<T> right) => left * right;
    // Without an FMA instruction a fused product would be a call of the C library per element.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> left, Vector128<T> right, Vector128<T> addend)
    {
        if (typeof(T) == typeof(float))
            return Vector128.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double))
            return Vector128.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();
        return left * right + addend;
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchFar(T* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}

/// <summary>When tiles fetch: once after so many steps of k.</summary>
internal static class GemmTile<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged
{
    /// <summary>How many groups of steps follow after the last row of C was asked for.</summary>
    public const int Lead = 3;

    /// <summary>Steps of k from one fetch to the next, such that there is one for each row of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Group(nint k, int rows, nint wanted) => k >= 8 * rows ? wanted : k >= 2 * rows && wanted >= 2 ? 2 : 1;

    /// <summary>The same for tiles that take two steps at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint EvenGroup(nint k, int rows, nint wanted) => k >= 8 * rows && wanted > 2 ? wanted & ~1 : 2;
}
