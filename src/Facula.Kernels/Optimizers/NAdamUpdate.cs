using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// NAdam: m and v as in Adam, s = √(v/(1−β₂ᵗ)) + ε; p ← p − a·g/s − b·m/s, where a and b carry the momentum schedule. States: m, v.
/// </summary>
public readonly unsafe struct NAdamUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _decay, _beta1, _rest1, _beta2, _rest2, _correction, _epsilon, _ofGradient, _ofMean;
    private readonly bool _hasDecay;

    public NAdamUpdate(double beta1, double beta2, double epsilon, double weightDecay, bool maximize, long step, double ofGradient, double ofMean)
    {
        _sign = maximize ? -T.One : T.One;
        _hasDecay = weightDecay != 0;
        _decay = T.CreateTruncating(weightDecay);
        _beta1 = T.CreateTruncating(beta1);
        _rest1 = T.CreateTruncating(1 - beta1);
        _beta2 = T.CreateTruncating(beta2);
        _rest2 = T.CreateTruncating(1 - beta2);
        _correction = T.CreateTruncating(1 / (1 - Math.Pow(beta2, step)));
        _epsilon = T.CreateTruncating(epsilon);
        _ofGradient = T.CreateTruncating(-ofGradient);
        _ofMean = T.CreateTruncating(-ofMean);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(T* parameter, T* gradient, T* first, T* second, T* third)
    {
        Vector512<T> p = Vector512.Load(parameter);
        Vector512<T> g = Vector512.Load(gradient) * _sign;
        if (_hasDecay) g = Vectors.MultiplyAdd(p, _decay, g);
        Vector512<T> mean = Vectors.MultiplyAdd(g, _rest1, Vector512.Load(first) * _beta1);
        Vector512<T> square = Vectors.MultiplyAdd(g * g, _rest2, Vector512.Load(second) * _beta2);
        mean.Store(first);
        square.Store(second);
        Vector512<T> denominator = Vector512.Sqrt(square * _correction) + Vector512.Create(_epsilon);
        (p + Vectors.MultiplyAdd(g, _ofGradient, mean * _ofMean) / denominator).Store(parameter);
    }
}
