using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Σ |x|.</summary>
public readonly struct Norm1Fold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public static bool HasEndLanes => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => accumulator;
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator + T.Abs(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => accumulator + Vector512.Abs(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left + right;
}

/// <summary>√Σ x².</summary>
public readonly struct Norm2Fold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public static bool HasEndLanes => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => Vector512.Sqrt(accumulator);
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator + x * x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => T.Sqrt(accumulator);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => accumulator + x * x;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left + right;
}

/// <summary>max |x|; a NaN wins.</summary>
public readonly struct MaxNormFold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => T.Max(accumulator, T.Abs(x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => T.Max(left, right);
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => VectorMath.Maximum(Vector512.Abs(x), accumulator);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => VectorMath.Maximum(right, left);
}

/// <summary>min |x|; a NaN wins.</summary>
public readonly struct MinNormFold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public T Start => T.PositiveInfinity;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => T.Min(accumulator, T.Abs(x));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => T.Min(left, right);
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => VectorMath.Minimum(Vector512.Abs(x), accumulator);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => VectorMath.Minimum(right, left);
}

/// <summary>The number of elements that are not zero, as a float.</summary>
public readonly struct Norm0Fold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => x == T.Zero ? accumulator : accumulator + T.One;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator;
}

/// <summary>Σ |x|³.</summary>
public readonly struct CubesFold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public static bool HasEndLanes => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => accumulator;
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator + T.Abs(x) * (x * x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x) => accumulator + Vector512.Abs(x) * (x * x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left + right;
}

/// <summary>Σ x⁴.</summary>
public readonly struct FourthPowersFold<T> : IFold<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;
    public static bool HasEndLanes => true;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<T> EndLanes(Vector512<T> accumulator, long count) => accumulator;
    public T Start => T.Zero;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Step(T accumulator, T x) => accumulator + x * x * (x * x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T Merge(T left, T right) => left + right;
    public T End(T accumulator, long count) => accumulator;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> StepLanes(Vector512<T> accumulator, Vector512<T> x)
    {
        x *= x;
        return accumulator + x * x;
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Vector512<T> MergeLanes(Vector512<T> left, Vector512<T> right) => left + right;
}

/// <summary>What a slice of a norm is multiplied by so that its norm is at most the limit.</summary>
public readonly struct RenormBody(double limit, double tiny) : IFloatBody
{
    // Floats beforehand: a conversion within the loop would make each vector wait for the one before.
    private readonly float _limit = (float)limit, _tiny = (float)tiny;

    public static bool IsVectorized => true;
    public T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => x > T.CreateTruncating(limit) ? T.CreateTruncating(limit) / (x + T.CreateTruncating(tiny)) : T.One;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(_limit)), Vector512.Create(_limit) / (x + Vector512.Create(_tiny)), Vector512<float>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(limit)), Vector512.Create(limit) / (x + Vector512.Create(tiny)), Vector512<double>.One);
}
