using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// Adam and AdamW: m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; p ← p − η/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε).
/// States: m, v, and with amsgrad the largest v so far, which then takes v's place in the denominator.
/// </summary>
public readonly unsafe struct AdamUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _decay, _shrink, _beta1, _rest1, _beta2, _rest2, _correction, _epsilon, _rate;
    private readonly bool _hasDecay, _hasShrink, _amsgrad;

    /// <summary><paramref name="decoupled"/> shrinks the parameter by 1 − η·λ (AdamW) where otherwise λp joins the gradient.</summary>
    public AdamUpdate(double rate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled, bool amsgrad, bool maximize, long step)
    {
        _sign = maximize ? -T.One : T.One;
        _hasDecay = !decoupled && weightDecay != 0;
        _hasShrink = decoupled && weightDecay != 0;
        _decay = T.CreateTruncating(weightDecay);
        _shrink = T.CreateTruncating(1 - rate * weightDecay);
        _beta1 = T.CreateTruncating(beta1);
        _rest1 = T.CreateTruncating(1 - beta1);
        _beta2 = T.CreateTruncating(beta2);
        _rest2 = T.CreateTruncating(1 - beta2);
        _correction = T.CreateTruncating(1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
        _epsilon = T.CreateTruncating(epsilon);
        _rate = T.CreateTruncating(-rate / (1 - Math.Pow(beta1, step)));
        _amsgrad = amsgrad;
    }

    /// <summary>The form for rows of a sparse gradient, whose ε stands beside the uncorrected root: p ← p − η√(1−β₂ᵗ)/(1−β₁ᵗ) · m/(√v + ε).</summary>
    public AdamUpdate(double rate, double beta1, double beta2, double epsilon, bool maximize, long step)
        : this(rate * Math.Sqrt(1 - Math.Pow(beta2, step)), beta1, beta2, epsilon, 0, false, false, maximize, step) => _correction = T.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(T* parameter, T* gradient, T* first, T* second, T* third)
    {
        Vector512<T> p = Vector512.Load(parameter);
        Vector512<T> g = Vector512.Load(gradient) * _sign;
        if (_hasShrink) p *= _shrink;
        if (_hasDecay) g = Vectors.MultiplyAdd(p, _decay, g);
        Vector512<T> mean = Vectors.MultiplyAdd(g, _rest1, Vector512.Load(first) * _beta1);
        Vector512<T> square = Vectors.MultiplyAdd(g * g, _rest2, Vector512.Load(second) * _beta2);
        mean.Store(first);
        square.Store(second);
        if (_amsgrad)
        {
            square = Vector512.Max(Vector512.Load(third), square);
            square.Store(third);
        }
        Vector512<T> denominator = Vectors.MultiplyAdd(Vector512.Sqrt(square), _correction, Vector512.Create(_epsilon));
        Vectors.MultiplyAdd(mean / denominator, _rate, p).Store(parameter);
    }
}
