using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Adadelta: v ← ρv + (1−ρ)g²; δ = √(u+ε)/√(v+ε)·g; u ← ρu + (1−ρ)δ²; p ← p − ηδ. States: v, u.</summary>
public readonly unsafe struct AdadeltaUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _decay, _rho, _rest, _epsilon, _rate;
    private readonly bool _hasDecay;

    public AdadeltaUpdate(double rate, double rho, double epsilon, double weightDecay, bool maximize)
    {
        _sign = maximize ? -T.One : T.One;
        _hasDecay = weightDecay != 0;
        _decay = T.CreateTruncating(weightDecay);
        _rho = T.CreateTruncating(rho);
        _rest = T.CreateTruncating(1 - rho);
        _epsilon = T.CreateTruncating(epsilon);
        _rate = T.CreateTruncating(-rate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(T* parameter, T* gradient, T* first, T* second, T* third)
    {
        Vector512<T> p = Vector512.Load(parameter);
        Vector512<T> g = Vector512.Load(gradient) * _sign;
        if (_hasDecay) g = Vectors.MultiplyAdd(p, _decay, g);
        Vector512<T> epsilon = Vector512.Create(_epsilon);
        Vector512<T> square = Vectors.MultiplyAdd(g * g, _rest, Vector512.Load(first) * _rho);
        Vector512<T> steps = Vector512.Load(second);
        Vector512<T> delta = Vector512.Sqrt(steps + epsilon) / Vector512.Sqrt(square + epsilon) * g;
        square.Store(first);
        Vectors.MultiplyAdd(delta * delta, _rest, steps * _rho).Store(second);
        Vectors.MultiplyAdd(delta, _rate, p).Store(parameter);
    }
}
