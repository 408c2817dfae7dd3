using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A float function whose struct carries parameters; float16 and bfloat16 compute in float.</summary>
public interface IFloatBody
{
    static virtual bool IsVectorized => false;
    T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>;
    Vector512<float> Invoke(Vector512<float> x) => throw new InvalidOperationException();
    Vector512<double> Invoke(Vector512<double> x) => throw new InvalidOperationException();
}

/// <summary>A function of two floats whose struct carries parameters.</summary>
public interface IFloatBody2
{
    static virtual bool IsVectorized => false;
    T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>;
    Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => throw new InvalidOperationException();
    Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => throw new InvalidOperationException();
}

/// <summary>A body as a map.</summary>
public readonly struct BodyMap<TBody>(TBody body) : IMap<float, float>, IMap<double, double>
    where TBody : struct, IFloatBody
{
    private readonly TBody _body = body;
    static bool IMap<float, float>.IsVectorized => TBody.IsVectorized;
    static bool IMap<double, double>.IsVectorized => TBody.IsVectorized;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public float Invoke(float x) => _body.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public double Invoke(double x) => _body.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x) => _body.Invoke(x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x) => _body.Invoke(x);
}

/// <summary>A body of two operands as a zip.</summary>
public readonly struct BodyZip<TBody>(TBody body) : IZip<float, float>, IZip<double, double>
    where TBody : struct, IFloatBody2
{
    private readonly TBody _body = body;
    static bool IZip<float, float>.IsVectorized => TBody.IsVectorized;
    static bool IZip<double, double>.IsVectorized => TBody.IsVectorized;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public float Invoke(float x, float y) => _body.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public double Invoke(double x, double y) => _body.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => _body.Invoke(x, y);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => _body.Invoke(x, y);
}
