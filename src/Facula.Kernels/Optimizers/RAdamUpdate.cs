using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// RAdam: m and v as in Adam; p ← p − c·m / (√v + ε) once the variance is tractable, before that p ← p − c·m. States: m, v.
/// </summary>
public readonly unsafe struct RAdamUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _decay, _beta1, _rest1, _beta2, _rest2, _epsilon, _rate;
    private readonly bool _hasDecay, _rectified;

    public RAdamUpdate(double rate, double beta1, double beta2, double epsilon, double weightDecay, bool maximize, long step)
    {
        double correction1 = 1 - Math.Pow(beta1, step), correction2 = 1 - Math.Pow(beta2, step);
        // The length of the simple moving average that the exponential one resembles, at its limit and now.
        double limit = 2 / (1 - beta2) - 1;
        double length = limit - 2 * step * Math.Pow(beta2, step) / correction2;
        _rectified = length > 5;
        double factor = rate / correction1;
        if (_rectified)
            factor *= Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)) * Math.Sqrt(correction2);
        _sign = maximize ? -T.One : T.One;
        _hasDecay = weightDecay != 0;
        _decay = T.CreateTruncating(weightDecay);
        _beta1 = T.CreateTruncating(beta1);
        _rest1 = T.CreateTruncating(1 - beta1);
        _beta2 = T.CreateTruncating(beta2);
        _rest2 = T.CreateTruncating(1 - beta2);
        _epsilon = T.CreateTruncating(epsilon);
        _rate = T.CreateTruncating(-factor);
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
        if (_rectified) mean /= Vector512.Sqrt(square) + Vector512.Create(_epsilon);
        Vectors.MultiplyAdd(mean, _rate, p).Store(parameter);
    }
}
