using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>
/// Resilient backpropagation: the step of an element grows while its gradient keeps its sign and shrinks when the sign turns, in which case
/// the element rests once; p ← p − sign(g)·step. States: the previous gradient, the steps.
/// </summary>
public readonly unsafe struct RpropUpdate<T> : IParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _sign, _shrink, _grow, _smallest, _largest;

    public RpropUpdate(double shrink, double grow, double smallest, double largest, bool maximize)
    {
        _sign = maximize ? -T.One : T.One;
        _shrink = T.CreateTruncating(shrink);
        _grow = T.CreateTruncating(grow);
        _smallest = T.CreateTruncating(smallest);
        _largest = T.CreateTruncating(largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(T* parameter, T* gradient, T* first, T* second, T* third)
    {
        Vector512<T> zero = Vector512<T>.Zero, one = Vector512<T>.One;
        Vector512<T> g = Vector512.Load(gradient) * _sign;
        Vector512<T> agreement = g * Vector512.Load(first);
        Vector512<T> turned = Vector512.LessThan(agreement, zero);
        Vector512<T> factor = Vector512.ConditionalSelect(Vector512.GreaterThan(agreement, zero), Vector512.Create(_grow), one);
        factor = Vector512.ConditionalSelect(turned, Vector512.Create(_shrink), factor);
        Vector512<T> step = Vector512.Min(Vector512.Max(Vector512.Load(second) * factor, Vector512.Create(_smallest)), Vector512.Create(_largest));
        step.Store(second);
        g = Vector512.AndNot(g, turned);
        g.Store(first);
        Vector512<T> move = Vector512.ConditionalSelect(Vector512.GreaterThan(g, zero), step, zero);
        move = Vector512.ConditionalSelect(Vector512.LessThan(g, zero), -step, move);
        (Vector512.Load(parameter) - move).Store(parameter);
    }
}
