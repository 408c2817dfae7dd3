using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("nonzero", Out = true)]
internal static unsafe partial class Nonzero
{
    /// <summary>The coordinates of the elements that are not zero, as rows.</summary>
    static TensorSpec Infer(Tensor input) => new([CountNonzero.Of(input), input.Rank], ScalarType.Int64, input.device);

    static void Compute(Tensor input, Tensor result)
    {
        if (result.Numel == 0) return;
        Tensor target = Dense.Target(result, ScalarType.Int64);
        if (input.Rank == 2)
        {
            Tensor mask = Lines.Dense(input, ScalarType.Bool);
            fixed (byte* m = &mask.Reference, t = &target.Reference) PickKernels.Coordinates(m, input.Sizes[0], input.Sizes[1], (long*)t, result.Sizes[0]);
            GC.KeepAlive(mask);
            Dense.Finish(target, result);
            return;
        }
        Tensor flat = Places(input);
        fixed (byte* f = &flat.Reference, t = &target.Reference)
            for (int d = input.Rank - 1; d >= 0; d--) PickKernels.SplitPositions((long*)f, (long*)t + d, input.Rank, flat.Numel, input.Sizes[d]);
        GC.KeepAlive(flat);
        Dense.Finish(target, result);
    }

    // The true elements' places in row-major order.
    private static Tensor Places(Tensor input)
    {
        Tensor mask = Lines.Dense(input, ScalarType.Bool);
        Tensor flat = Tensor.Allocate([CountNonzero.Of(mask)], ScalarType.Int64);
        if (flat.Numel > 0)
            fixed (byte* m = &mask.Reference, f = &flat.Reference) PickKernels.Positions(m, mask.Numel, (long*)f);
        GC.KeepAlive(mask);
        return flat;
    }

    /// <summary>The coordinates of the true elements, one vector for each dimension.</summary>
    internal static Tensor[] Coordinates(Tensor input)
    {
        Tensor flat = Places(input);
        long count = flat.Numel;
        if (input.Rank == 1) return [flat];
        // A 0-dim mask stands for an extra dimension of extent 1: PyTorch's x[True].
        var columns = new Tensor[input.Rank];
        for (int d = input.Rank - 1; d >= 0; d--)
        {
            columns[d] = Tensor.Allocate([count], ScalarType.Int64);
            if (count == 0) continue;
            fixed (byte* f = &flat.Reference, c = &columns[d].Reference) PickKernels.SplitPositions((long*)f, (long*)c, 1, count, input.Sizes[d]);
            GC.KeepAlive(flat);
            GC.KeepAlive(columns[d]);
        }
        return columns;
    }
}

[CompositeOp("nonzero")]
internal static partial class NonzeroTuple
{
    /// <summary>The coordinates of the elements that are not zero, one vector for each dimension.</summary>
    static Tensor[] Compose(Tensor input, bool as_tuple) => as_tuple
        ? Nonzero.Coordinates(input.Rank == 0 ? Reshape.Call(input.detach(), [1]) : input.detach())
        : [Nonzero.Call(input)];
}

[CompositeOp("nonzero", Method = false)]
internal static partial class NonzeroOut
{
    /// <summary>The coordinates of the elements that are not zero, as rows, written to <paramref name="out"/>.</summary>
    static Tensor Compose(Tensor input, Tensor @out, bool as_tuple)
    {
        Check.That(!as_tuple, $"nonzero(): as_tuple=True takes no out argument");
        return Nonzero.CallOut(input, @out);
    }
}

[CompositeOp("argwhere")]
internal static partial class Argwhere
{
    /// <summary>The coordinates of the elements that are not zero, as rows.</summary>
    static Tensor Compose(Tensor input) => Nonzero.Call(input);
}

[CompositeOp("count_nonzero")]
internal static unsafe partial class CountNonzero
{
    /// <summary>How many elements are not zero, over all dimensions or <paramref name="dim"/>.</summary>
    static Tensor Compose(Tensor input, Dims dim = default)
    {
        Tensor mask = Copying.Converted(input.detach(), ScalarType.Bool);
        return dim.Count == 0 ? torch.tensor(Of(mask)) : Sum.Call(mask, dim);
    }

    internal static long Of(Tensor input)
    {
        Tensor mask = Lines.Dense(input, ScalarType.Bool);
        long count = 0;
        if (mask.Numel > 0)
            fixed (byte* m = &mask.Reference) count = PickKernels.CountTrue(m, mask.Numel);
        GC.KeepAlive(mask);
        return count;
    }
}
