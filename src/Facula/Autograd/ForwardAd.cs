namespace Facula;

/// <summary>A level of forward differentiation: the dual tensors made in it, with their tangents.</summary>
internal sealed class DualLevel : IDisposable
{
    [ThreadStatic] private static DualLevel? t_current;

    private readonly TransformLevel _level = new();
    private readonly List<Tensor> _primals = [];
    private readonly List<Tensor> _tangents = [];

    internal DualLevel()
    {
        if (t_current is not null) throw new TorchException("Nested forward mode AD is not supported at the moment");
        t_current = this;
    }

    internal static DualLevel Current(string missing) => t_current ?? throw new TorchException(missing);

    internal static DualLevel? CurrentOrNull => t_current;

    internal Tensor Make(Tensor primal, Tensor tangent)
    {
        if (!primal.DType.IsDifferentiable) throw new ArgumentException($"Expected primal to be floating point or complex, but got: {primal.dtype}");
        if (!tangent.DType.IsDifferentiable) throw new ArgumentException($"Expected tangent to be floating point or complex, but got: {tangent.dtype}");
        if (primal.SizesRef != tangent.SizesRef)
            throw new TorchException($"Trying to set a forward gradient that has a different size than that of the original Tensor, this is not supported. Tensor is of size {primal.SizesRef.Brackets()} while the given forward gradient is of size {tangent.SizesRef.Brackets()}.");
        using GradModeScope _ = torch.enable_grad();
        Tensor dual = _level.Wrap([primal], [0]).Wrapped[0];
        _primals.Add(dual);
        _tangents.Add(tangent);
        return dual;
    }

    internal (Tensor Primal, Tensor? Tangent) Unpack(Tensor tensor)
    {
        if (!tensor.NeedsGrad || _primals.Count == 0) return (tensor, null);
        using GradModeScope _ = torch.enable_grad();
        Tensor weight = _level.Own(Differentiation.ZerosLike(tensor, requiresGrad: true));
        Tensor?[] pulled = Differentiation.Grad([tensor], [.. _primals], [weight], createGraph: true);
        Tensor? tangent = Differentiation.Grad(pulled, [weight], [.. _tangents], createGraph: true)[0];
        return (_level.Release(tensor), tangent is null ? null : _level.Release(tangent));
    }

    public void Dispose()
    {
        if (ReferenceEquals(t_current, this)) t_current = null;
    }
}

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>
        /// <c>torch.autograd.forward_ad</c>: derivatives along a direction, forward through the operations. A dual tensor is a leaf of its own whose
        /// tangent is pushed through the recorded operations by differentiating backward twice; operations must therefore be recorded (no <c>no_grad</c>).
        /// </summary>
        public static class forward_ad
        {
            /// <summary>The scope in which dual tensors live.</summary>
            public static IDisposable dual_level() => new DualLevel();

            /// <summary>Opens a level; <see cref="exit_dual_level"/> closes it.</summary>
            public static long enter_dual_level()
            {
                _ = new DualLevel();
                return 0;
            }

            /// <summary>Closes the level.</summary>
            public static void exit_dual_level(long? level = null) =>
                DualLevel.Current("Trying to exit a forward AD level but no level exists, make sure to enter_dual_level() first.").Dispose();

            /// <summary>The tensor with a tangent, the direction of differentiation.</summary>
            public static Tensor make_dual(Tensor tensor, Tensor tangent, long? level = null) =>
                DualLevel.Current("Trying to create a dual Tensor for forward AD but no level exists, make sure to enter_dual_level() first.").Make(tensor, tangent);

            /// <summary>The tensor without its tangent, and the tangent (null where it depends on no dual tensor).</summary>
            public static (Tensor primal, Tensor? tangent) unpack_dual(Tensor tensor, long? level = null) => DualLevel.CurrentOrNull?.Unpack(tensor) ?? (tensor, null);
        }
    }
}
