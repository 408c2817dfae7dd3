using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Adamax: m ← β₁m + (1−β₁)g; u ← max(β₂u, |g| + ε); p ← p − η/(1−β₁ᵗ) · m/u. States: m, u.</summary>
public readonly unsafe struct AdamaxUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _decay, _beta1, _rest1, _beta2, _epsilon, _rate;
    private readonly bool _hasDecay;

    public AdamaxUpdate(double rate, double beta1, double beta2, double epsilon, double weightDecay, bool maximize, long step)
    {
        _sign = maximize ? -T.One : T.One;
        _hasDecay = weightDecay != 0;
        _decay = T.CreateTruncating(weightDecay);
        _beta1 = T.CreateTruncating(beta1);
        _rest1 = T.CreateTruncating(1 - beta1);
        _beta2 = T.CreateTruncating(beta2);
        _epsilon = T.CreateTruncating(epsilon);
        _rate = T.CreateTruncating(-rate / (1 - Math.Pow(beta1, step)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(T* parameter, T* gradient, T* first, T* second, T* third)
    {
        Vector512<T> p = Vector512.Load(parameter);
        Vector512<T> g = Vector512.Load(gradient) * _sign;
        if (_hasDecay) g = Vectors.MultiplyAdd(p, _decay, g);
        Vector512<T> mean = Vectors.MultiplyAdd(g, _rest1, Vector512.Load(first) * _beta1);
        Vector512<T> largest = Vector512.Max(Vector512.Load(second) * _beta2, Vector512.Abs(g) + Vector512.Create(_epsilon));
        mean.Store(first);
        largest.Store(second);
        Vectors.MultiplyAdd(mean / largest, _rate, p).Store(parameter);
    }
}
