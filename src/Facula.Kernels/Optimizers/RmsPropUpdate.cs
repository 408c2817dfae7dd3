using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// RMSprop: v ← αv + (1−α)g²; centered also a ← αa + (1−α)g and v − a² under the root; s = √v + ε;
/// with momentum b ← μb + g/s and p ← p − ηb, else p ← p − ηg/s. States: v, b, a.
/// </summary>
public readonly unsafe struct RmsPropUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _decay, _alpha, _rest, _momentum, _epsilon, _rate;
    private readonly bool _hasDecay, _hasMomentum, _centered;

    public RmsPropUpdate(double rate, double alpha, double epsilon, double weightDecay, double momentum, bool centered, bool maximize)
    {
        _sign = maximize ? -T.One : T.One;
        _hasDecay = weightDecay != 0;
        _hasMomentum = momentum > 0;
        _centered = centered;
        _decay = T.CreateTruncating(weightDecay);
        _alpha = T.CreateTruncating(alpha);
        _rest = T.CreateTruncating(1 - alpha);
        _momentum = T.CreateTruncating(momentum);
        _epsilon = T.CreateTruncating(epsilon);
        _rate = T.CreateTruncating(-rate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(T* parameter, T* gradient, T* first, T* second, T* third)
    {
        Vector512<T> p = Vector512.Load(parameter);
        Vector512<T> g = Vector512.Load(gradient) * _sign;
        if (_hasDecay) g = Vectors.MultiplyAdd(p, _decay, g);
        Vector512<T> square = Vectors.MultiplyAdd(g * g, _rest, Vector512.Load(first) * _alpha);
        square.Store(first);
        if (_centered)
        {
            Vector512<T> mean = Vectors.MultiplyAdd(g, _rest, Vector512.Load(third) * _alpha);
            mean.Store(third);
            square = Vectors.MultiplyAdd(-mean, mean, square);
        }
        Vector512<T> move = g / (Vector512.Sqrt(square) + Vector512.Create(_epsilon));
        if (_hasMomentum)
        {
            move = Vectors.MultiplyAdd(Vector512.Load(second), _momentum, move);
            move.Store(second);
        }
        Vectors.MultiplyAdd(move, _rate, p).Store(parameter);
    }
}
