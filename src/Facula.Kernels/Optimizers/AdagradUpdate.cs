using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Adagrad: v ← v + g²; p ← p − η/(1+(t−1)d) · g/(√v + ε). State: v.</summary>
public readonly unsafe struct AdagradUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _decay, _epsilon, _rate;
    private readonly bool _hasDecay;

    public AdagradUpdate(double rate, double rateDecay, double epsilon, double weightDecay, bool maximize, long step)
    {
        _sign = maximize ? -T.One : T.One;
        _hasDecay = weightDecay != 0;
        _decay = T.CreateTruncating(weightDecay);
        _epsilon = T.CreateTruncating(epsilon);
        _rate = T.CreateTruncating(-rate / (1 + (step - 1) * rateDecay));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(T* parameter, T* gradient, T* first, T* second, T* third)
    {
        Vector512<T> p = Vector512.Load(parameter);
        Vector512<T> g = Vector512.Load(gradient) * _sign;
        if (_hasDecay) g = Vectors.MultiplyAdd(p, _decay, g);
        Vector512<T> square = Vectors.MultiplyAdd(g, g, Vector512.Load(first));
        square.Store(first);
        Vectors.MultiplyAdd(g / (Vector512.Sqrt(square) + Vector512.Create(_epsilon)), _rate, p).Store(parameter);
    }
}
