using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Converts between element types as C does on x86: floats truncate towards zero, integers wrap, complex loses its imaginary part.</summary>
public readonly struct ConvertMap<TIn, TOut> : IMap<TIn, TOut>
    where TIn : unmanaged
    where TOut : unmanaged
{
    public static bool IsVectorized => (typeof(TIn) == typeof(TOut) && Vector512<TIn>.IsSupported) || (typeof(TIn) == typeof(int) && typeof(TOut) == typeof(float));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<TOut> Invoke(Vector512<TIn> x) =>
        typeof(TIn) == typeof(TOut) ? Unsafe.BitCast<Vector512<TIn>, Vector512<TOut>>(x) : Vector512.ConvertToSingle(x.AsInt32()).As<float, TOut>();

    /// <summary>Every pair of real types whose vector form gives the same bits.</summary>
    public static unsafe long Run(TIn* source, TOut* destination, long count, bool far) =>
        ConvertRun.Has<TIn, TOut>() ? ConvertRun.Run(source, destination, count, far) : ConvertComplex.Run(source, destination, count, far);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TOut Invoke(TIn x)
    {
        if (typeof(TIn) == typeof(TOut)) return Unsafe.BitCast<TIn, TOut>(x);
        if (typeof(TIn) == typeof(float)) return FromSingle(Unsafe.BitCast<TIn, float>(x));
        if (typeof(TIn) == typeof(double)) return FromDouble(Unsafe.BitCast<TIn, double>(x));
        if (typeof(TIn) == typeof(Half)) return FromSingle((float)Unsafe.BitCast<TIn, Half>(x));
        if (typeof(TIn) == typeof(BFloat16)) return FromSingle(Unsafe.BitCast<TIn, BFloat16>(x));
        if (typeof(TIn) == typeof(Complex64)) return FromComplex(Unsafe.BitCast<TIn, Complex64>(x));
        if (typeof(TIn) == typeof(Complex)) return FromComplex(Unsafe.BitCast<TIn, Complex>(x));
        if (typeof(TIn) == typeof(bool)) return FromInt64(Unsafe.BitCast<TIn, byte>(x) != 0 ? 1 : 0);
        if (typeof(TIn) == typeof(byte)) return FromInt64(Unsafe.BitCast<TIn, byte>(x));
        if (typeof(TIn) == typeof(sbyte)) return FromInt64(Unsafe.BitCast<TIn, sbyte>(x));
        if (typeof(TIn) == typeof(short)) return FromInt64(Unsafe.BitCast<TIn, short>(x));
        if (typeof(TIn) == typeof(int)) return FromInt64(Unsafe.BitCast<TIn, int>(x));
        return FromInt64(Unsafe.BitCast<TIn, long>(x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut FromComplex(Complex x)
    {
        if (typeof(TOut) == typeof(Complex)) return Unsafe.BitCast<Complex, TOut>(x);
        if (typeof(TOut) == typeof(Complex64)) return Unsafe.BitCast<Complex64, TOut>((Complex64)x);
        if (typeof(TOut) == typeof(bool)) return Unsafe.BitCast<bool, TOut>(x != Complex.Zero);
        return FromDouble(x.Real);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut FromSingle(float x)
    {
        if (typeof(TOut) == typeof(float)) return Unsafe.BitCast<float, TOut>(x);
        if (typeof(TOut) == typeof(Half)) return Unsafe.BitCast<Half, TOut>((Half)x);
        if (typeof(TOut) == typeof(BFloat16)) return Unsafe.BitCast<BFloat16, TOut>((BFloat16)x);
        return FromDouble(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut FromDouble(double x)
    {
        if (typeof(TOut) == typeof(float)) return Unsafe.BitCast<float, TOut>((float)x);
        if (typeof(TOut) == typeof(double)) return Unsafe.BitCast<double, TOut>(x);
        if (typeof(TOut) == typeof(Half)) return Unsafe.BitCast<Half, TOut>((Half)(float)x);
        if (typeof(TOut) == typeof(BFloat16)) return Unsafe.BitCast<BFloat16, TOut>((BFloat16)(float)x);
        if (typeof(TOut) == typeof(Complex64)) return Unsafe.BitCast<Complex64, TOut>(new Complex64((float)x, 0));
        if (typeof(TOut) == typeof(Complex)) return Unsafe.BitCast<Complex, TOut>(new Complex(x, 0));
        if (typeof(TOut) == typeof(bool)) return Unsafe.BitCast<bool, TOut>(x != 0);
        if (typeof(TOut) == typeof(int)) return Unsafe.BitCast<int, TOut>(double.ConvertToIntegerNative<int>(x));
        return FromInt64(double.ConvertToIntegerNative<long>(x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut FromInt64(long x)
    {
        if (typeof(TOut) == typeof(byte)) return Unsafe.BitCast<byte, TOut>((byte)x);
        if (typeof(TOut) == typeof(sbyte)) return Unsafe.BitCast<sbyte, TOut>((sbyte)x);
        if (typeof(TOut) == typeof(short)) return Unsafe.BitCast<short, TOut>((short)x);
        if (typeof(TOut) == typeof(int)) return Unsafe.BitCast<int, TOut>((int)x);
        if (typeof(TOut) == typeof(long)) return Unsafe.BitCast<long, TOut>(x);
        if (typeof(TOut) == typeof(bool)) return Unsafe.BitCast<bool, TOut>(x != 0);
        if (typeof(TOut) == typeof(float)) return Unsafe.BitCast<float, TOut>((float)x);
        return FromDouble(x);
    }
}
