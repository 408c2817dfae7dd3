using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Stochastic gradient descent: g ← ±g + λp; b ← μb + (1−d)g; p ← p − η(g, b or g + μb). State: b, when there is momentum.</summary>
public readonly unsafe struct SgdUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _decay, _momentum, _keep, _take, _rate;
    private readonly bool _hasDecay, _hasMomentum, _nesterov;

    /// <summary>The first step with momentum starts the buffer with the gradient itself.</summary>
    public SgdUpdate(double rate, double momentum, double dampening, double weightDecay, bool nesterov, bool maximize, bool first)
    {
        _sign = maximize ? -T.One : T.One;
        _decay = T.CreateTruncating(weightDecay);
        _momentum = T.CreateTruncating(momentum);
        _keep = first ? T.Zero : _momentum;
        _take = first ? T.One : T.CreateTruncating(1 - dampening);
        _rate = T.CreateTruncating(-rate);
        _hasDecay = weightDecay != 0;
        _hasMomentum = momentum != 0;
        _nesterov = nesterov;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(T* parameter, T* gradient, T* first, T* second, T* third)
    {
        Vector512<T> p = Vector512.Load(parameter);
        Vector512<T> g = Vector512.Load(gradient) * _sign;
        if (_hasDecay) g = Vectors.MultiplyAdd(p, _decay, g);
        if (_hasMomentum)
        {
            Vector512<T> buffer = Vectors.MultiplyAdd(Vector512.Load(first), _keep, g * _take);
            buffer.Store(first);
            g = _nesterov ? Vectors.MultiplyAdd(buffer, _momentum, g) : buffer;
        }
        Vectors.MultiplyAdd(g, _rate, p).Store(parameter);
    }
}
