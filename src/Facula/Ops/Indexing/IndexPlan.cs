using Facula.Kernels;

namespace Facula.Ops;

/// <summary>
/// Indexing with tensors, NumPy's rules: masks become their coordinates, index tensors broadcast, and the indexed dimensions are replaced
/// by the broadcast ones, in place when they are neighbours and in front otherwise.
/// </summary>
internal sealed unsafe class IndexPlan
{
    private readonly Size _restSizes, _restStrides;     // the dimensions that are not indexed
    private readonly int _place;                        // of the broadcast dimensions in the result

    /// <summary>The offset in the indexed tensor of every broadcast index, row-major.</summary>
    internal readonly Tensor Offsets;

    /// <summary>The broadcast shape of the index tensors.</summary>
    internal readonly Size Chosen;

    internal readonly Size ResultSizes;

    /// <summary>Without <paramref name="offsets"/> only the shapes are found out, and the indices themselves are not looked at.</summary>
    internal IndexPlan(Tensor input, Tensor?[] indices, bool offsets = true)
    {
        Tensor?[] places = Expanded(input, indices);
        if (places.Length > input.Rank)
            throw new IndexOutOfRangeException($"too many indices for tensor of dimension {input.Rank}");
        Size chosen = default;
        bool any = false;
        int first = -1, last = -1, used = 0;
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] is not { } index) continue;
            if (first < 0) first = i;
            last = i;
            used++;
            try
            {
                chosen = any ? Broadcasting.Shape(chosen, index.SizesRef) : index.SizesRef;
            }
            catch (TorchException)
            {
                string shapes = string.Join(", ", places.Where(p => p is not null).Select(p => p!.SizesRef.Brackets()));
                throw new IndexOutOfRangeException($"shape mismatch: indexing tensors could not be broadcast together with shapes {shapes}");
            }
            any = true;
        }
        Chosen = chosen;
        _place = used == 0 ? 0 : last - first + 1 == used ? first : 0;
        Offsets = Tensor.Allocate(offsets ? chosen : [0], ScalarType.Int64);
        if (offsets && used == 0) Offsets.FillRaw(0);
        Span<long> sizes = stackalloc long[input.Rank], strides = stackalloc long[input.Rank];
        int rest = 0, ordinal = 0;
        for (int i = 0; i < input.Rank; i++)
        {
            if (i < places.Length && places[i] is { } index)
            {
                if (offsets) AddOffsets(index, ordinal++, input.Sizes[i], input.Strides[i], accumulate: i > first);
            }
            else
            {
                sizes[rest] = input.Sizes[i];
                strides[rest++] = input.Strides[i];
            }
        }
        _restSizes = new Size(sizes[..rest]);
        _restStrides = new Size(strides[..rest]);
        ResultSizes = new Size(_restSizes.AsSpan()[.._place]).Concat(chosen.AsSpan()).Concat(_restSizes.AsSpan()[_place..]);
    }

    private static Tensor?[] Expanded(Tensor input, Tensor?[] indices)
    {
        var places = new List<Tensor?>();
        foreach (Tensor? index in indices)
        {
            if (index is null || index.DType == ScalarType.Int64)
            {
                places.Add(index);
                continue;
            }
            if (index.DType != ScalarType.Bool && index.DType != ScalarType.Byte)
            {
                if (!index.DType.IsIntegral) throw new IndexOutOfRangeException("tensors used as indices must be long, byte or bool tensors");
                if (index.DType == ScalarType.Int32 || index.DType == ScalarType.Int16 || index.DType == ScalarType.Int8)
                    throw new IndexOutOfRangeException("tensors used as indices must be long, byte or bool tensors");
            }
            if (index.DType == ScalarType.Byte)
                torch.warnings.warn("indexing with dtype torch.uint8 is now deprecated, please use a dtype torch.bool instead.");
            for (int i = 0; i < index.Rank; i++)
            {
                int at = places.Count + i;
                if (at >= input.Rank) throw new IndexOutOfRangeException($"too many indices for tensor of dimension {input.Rank}");
                if (index.Sizes[i] != input.Sizes[at])
                    throw new IndexOutOfRangeException($"The shape of the mask {index.SizesRef.Brackets()} at index {i} does not match the shape of the indexed tensor {input.SizesRef.Brackets()} at index {at}");
            }
            places.AddRange(Nonzero.Coordinates(index));
        }
        return places.ToArray();
    }

    // Errors count the index tensors, not the dimensions.
    private void AddOffsets(Tensor index, int ordinal, long extent, long stride, bool accumulate)
    {
        Tensor wide = index.SizesRef == Chosen && index.IsContiguous ? index : Copying.Converted(Expand.Call(index.detach(), Chosen), ScalarType.Int64);
        Span<long> from = wide.Span<long>(), to = Offsets.Span<long>();
        fixed (long* f = from, t = to)
        {
            if (PickKernels.AddOffsets(f, t, to.Length, extent, stride, accumulate) is { } wrong)
                throw new IndexOutOfRangeException(extent == 0 ? "index is out of bounds for dimension with size 0" : $"index {wrong} is out of bounds for dimension {ordinal} with size {extent}");
        }
        GC.KeepAlive(wide);
    }

    /// <summary>Calls the action for every index of the dimensions that are not indexed, but for a tail of neighbouring elements (a block).</summary>
    internal void ForEachRest(Tensor other, bool blocks, Action<long, long, long, long> action)
    {
        // other has the result's shape: its strides fall apart in those before, those of the broadcast dimensions, and those behind.
        int chosen = Chosen.Rank, rest = _restSizes.Rank;
        Span<long> strides = stackalloc long[rest];
        for (int i = 0; i < rest; i++) strides[i] = other.Strides[i < _place ? i : i + chosen];
        long block = 1;
        int kept = rest;
        while (blocks && kept > _place && _restStrides[kept - 1] == block && strides[kept - 1] == block)
        {
            block *= _restSizes[kept - 1];
            kept--;
        }
        if (_restSizes.numel() == 0) return;
        long step = chosen == 0 ? 0 : other.Strides[_place + chosen - 1];
        var walker = new OffsetWalker(_restSizes.AsSpan()[..kept], _restStrides.AsSpan()[..kept]);
        do
        {
            long there = 0;
            for (int i = 0; i < kept; i++) there += walker.Index[i] * strides[i];
            action(walker.Offset, there, step, block);
        }
        while (walker.Next());
    }
}

[TensorOp("index", Public = false, Out = false)]
internal static unsafe partial class Index
{
    /// <summary>The elements that index tensors name, NumPy's rules; null stands for a whole dimension.</summary>
    static TensorSpec Infer(Tensor input, Tensor?[] indices) =>
        new(IsWholeMask(input, indices) ? [Selected(indices[0]!)] : new IndexPlan(input, indices, offsets: false).ResultSizes, input.DType, input.device);

    // x[mask] with a mask over all of x needs no list of places.
    private static bool IsWholeMask(Tensor input, Tensor?[] indices) =>
        indices is [{ } mask] && mask.DType == ScalarType.Bool && mask.Rank > 0 && mask.SizesRef == input.SizesRef && mask.IsContiguous && input.IsContiguous && input.device.IsCpu;

    private static long Selected(Tensor mask)
    {
        long selected;
        fixed (byte* m = &mask.Reference) selected = PickKernels.CountTrue(m, mask.Numel);
        GC.KeepAlive(mask);
        return selected;
    }

    static void Compute(Tensor input, Tensor?[] indices, Tensor result)
    {
        if (IsWholeMask(input, indices))
        {
            if (result.Numel == 0) return;
            var compress = new Compression { Source = input, Mask = indices[0]!, Result = result };
            TypeSwitch.Width(input.DType, ref compress);
            return;
        }
        if (result.Numel != 0 && IsRows(input, indices, result))
        {
            var rows = new Rows { Source = input, Places = indices[0]!, Result = result };
            TypeSwitch.Width(input.DType, ref rows);
            if (rows.IsDone) return;
        }
        var action = new Action { Source = input, Result = result, Plan = new IndexPlan(input, indices) };
        if (result.Numel == 0) return;
        TypeSwitch.Width(input.DType, ref action);
    }

    // x[index] with one list of places along the first dimension moves whole rows.
    private static bool IsRows(Tensor input, Tensor?[] indices, Tensor result) =>
        indices is [{ } index] && index.DType == ScalarType.Int64 && index.IsContiguous && input.Rank > 0 && input.Numel > 0 && input.IsContiguous && input.device.IsCpu && result.IsContiguous;

    private struct Rows : ITypeAction
    {
        public Tensor Source, Places, Result;

        /// <summary>False where an index counts from the end, or is wrong.</summary>
        public bool IsDone;

        public void Run<T>() where T : unmanaged
        {
            fixed (byte* s = &Source.Reference, p = &Places.Reference, r = &Result.Reference)
                IsDone = RowKernels.TrySelect((T*)s, (long*)p, (T*)r, 1, Source.Sizes[0], Source.Numel / Source.Sizes[0], Places.Numel);
            GC.KeepAlive(Source);
            GC.KeepAlive(Places);
            GC.KeepAlive(Result);
        }
    }

    private struct Compression : ITypeAction
    {
        public Tensor Source, Mask, Result;

        public readonly void Run<T>() where T : unmanaged
        {
            fixed (byte* s = &Source.Reference, m = &Mask.Reference, r = &Result.Reference)
                PickKernels.Compress((T*)s, m, (T*)r, Source.Numel, Result.Numel);
            GC.KeepAlive(Source);
            GC.KeepAlive(Mask);
            GC.KeepAlive(Result);
        }
    }

    private struct Action : ITypeAction
    {
        public Tensor Source, Result;
        public IndexPlan Plan;

        public readonly void Run<T>() where T : unmanaged
        {
            fixed (byte* s = &Source.Reference, r = &Result.Reference, o = &Plan.Offsets.Reference)
            {
                nint source = (nint)s, result = (nint)r, offsets = (nint)o;
                long count = Plan.Offsets.Numel;
                Plan.ForEachRest(Result, blocks: true, (from, to, step, block) =>
                    PickKernels.Pick((T*)source + from, (long*)offsets, (T*)result + to, step, count, block));
            }
        }
    }

    static Tensor? GradInput(Tensor grad, TensorSpec input, Tensor?[] indices, GradientSum sum)
    {
        using GradientSum.Hold hold = sum.OpenOrZeros(input.As(grad.DType), grad);
        IndexPut.CallInPlace(hold.Sum!, indices, grad, accumulate: true);
        return hold.Result;
    }
}

[TensorOp("index_put", InPlace = true, Shares = Sharing.Nothing, Out = false)]
internal static unsafe partial class IndexPut
{
    /// <summary>A copy of <paramref name="input"/> with <paramref name="values"/>, broadcast, at the places that index tensors name; with <paramref name="accumulate"/> they are added.</summary>
    static TensorSpec Infer(Tensor input, Tensor?[] indices, Tensor values, bool accumulate = false)
    {
        if (input.DType != values.DType && !accumulate && values.Numel == 1 && IsOneMask(indices)) NumberRange.Require(values, input.DType);
        else Check.That(input.DType == values.DType || values.Rank == 0 && values.IsWrappedNumber,
            $"Index put requires the source and destination dtypes match, got {input.DType.LegacyName} for the destination and {values.DType.LegacyName} for the source.");
        return TensorSpec.Like(input);
    }

    // One number under a mask is filled in, whatever its dtype.
    private static bool IsOneMask(Tensor?[] indices)
    {
        int masks = 0;
        foreach (Tensor? index in indices)
        {
            if (index is null) continue;
            if (index.DType != ScalarType.Bool && index.DType != ScalarType.Byte) return false;
            masks++;
        }
        return masks == 1;
    }

    static void Compute(Tensor input, Tensor?[] indices, Tensor values, bool accumulate, Tensor result)
    {
        // x[mask] = number needs no list of places.
        if (!accumulate && values.Rank <= 1 && values.Numel == 1 && indices is [{ } mask] && mask.DType == ScalarType.Bool && mask.SizesRef == input.SizesRef)
        {
            MaskedFill.Fill(input, mask, values, result);
            return;
        }
        ScalarType work = accumulate ? Lines.Work(result.DType) : result.DType;
        // Where the memory itself will do it is written in place, strides and all.
        Tensor target = work == result.DType ? result : Copying.Converted(input, work);
        if (ReferenceEquals(target, result) && !ReferenceEquals(input, result)) result.CopyRaw(input);
        var plan = new IndexPlan(target, indices);
        if (plan.ResultSizes.numel() == 0)
        {
            if (!ReferenceEquals(target, result)) result.CopyRaw(target);
            return;
        }
        if (!SumToSize.IsExpandable(values.SizesRef, plan.ResultSizes))
            throw new TorchException($"shape mismatch: value tensor of shape {values.SizesRef.Brackets()} cannot be broadcast to indexing result of shape {plan.ResultSizes.Brackets()}");
        // The kernel walks the chosen places at one stride.
        Tensor wide = values.Numel == 1
            ? Expand.Call(Lines.Dense(values.detach(), work), plan.ResultSizes)
            : values.DType == work && values.IsContiguous && values.SizesRef == plan.ResultSizes ? values
            : Copying.Converted(Expand.Call(values.detach(), plan.ResultSizes), work);
        var action = new Action { Target = target, Values = wide, Plan = plan };
        if (!accumulate) TypeSwitch.Width(work, ref action);
        else
            switch (work.Code)
            {
                case TypeCode.Float32: action.Add<float>(); break;
                case TypeCode.Float64: action.Add<double>(); break;
                case TypeCode.Int64: action.Add<long>(); break;
                default: action.Add<System.Numerics.Complex>(); break;
            }
        if (!ReferenceEquals(target, result)) result.CopyRaw(target);
    }

    private struct Action : ITypeAction
    {
        public Tensor Target, Values;
        public IndexPlan Plan;

        public readonly void Run<T>() where T : unmanaged
        {
            fixed (byte* t = &Target.Reference, v = &Values.Reference, o = &Plan.Offsets.Reference)
            {
                nint target = (nint)t, values = (nint)v, offsets = (nint)o;
                long count = Plan.Offsets.Numel;
                Plan.ForEachRest(Values, blocks: true, (to, from, step, block) => PickKernels.Put((T*)target + to, (long*)offsets, (T*)values + from, step, count, block));
            }
        }

        public readonly void Add<T>() where T : unmanaged, System.Numerics.INumberBase<T>
        {
            fixed (byte* t = &Target.Reference, v = &Values.Reference, o = &Plan.Offsets.Reference)
            {
                nint target = (nint)t, values = (nint)v, offsets = (nint)o;
                long count = Plan.Offsets.Numel;
                Plan.ForEachRest(Values, blocks: true, (to, from, step, block) => PickKernels.PutAdd((T*)target + to, (long*)offsets, (T*)values + from, step, count, block));
            }
        }
    }

    static Tensor GradInput(Tensor grad, Tensor?[] indices, Size values, bool accumulate) =>
        accumulate ? grad : Call(grad, indices, torch.tensor(0).to(grad.DType));

    static Tensor GradValues(Tensor grad, Tensor?[] indices) => Index.Call(grad, indices);
}
