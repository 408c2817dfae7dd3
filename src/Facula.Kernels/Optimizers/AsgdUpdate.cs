using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Averaged SGD: p ← (1−λη)p − ηg; a ← a + μ(p − a), where μ = 1 restarts the average. State: a.</summary>
public readonly unsafe struct AsgdUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _decay, _shrink, _rate, _weight;
    private readonly bool _hasDecay, _restart;

    public AsgdUpdate(double rate, double lambda, double weight, double weightDecay, bool maximize)
    {
        _sign = maximize ? -T.One : T.One;
        _hasDecay = weightDecay != 0;
        _decay = T.CreateTruncating(weightDecay);
        _shrink = T.CreateTruncating(1 - lambda * rate);
        _rate = T.CreateTruncating(-rate);
        _weight = T.CreateTruncating(weight);
        _restart = weight == 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(T* parameter, T* gradient, T* first, T* second, T* third)
    {
        Vector512<T> p = Vector512.Load(parameter);
        Vector512<T> g = Vector512.Load(gradient) * _sign;
        if (_hasDecay) g = Vectors.MultiplyAdd(p, _decay, g);
        p = Vectors.MultiplyAdd(g, _rate, p * _shrink);
        p.Store(parameter);
        Vector512<T> average = _restart ? p : Vectors.MultiplyAdd(p - Vector512.Load(first), _weight, Vector512.Load(first));
        average.Store(first);
    }
}
