using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("masked_select")]
internal static unsafe partial class MaskedSelect
{
    /// <summary>The elements whose mask, broadcast, is true, as a vector.</summary>
    static TensorSpec Infer(Tensor input, Tensor mask)
    {
        Check.That(mask.DType == ScalarType.Bool || mask.DType == ScalarType.Byte, $"masked_select: expected BoolTensor or ByteTensor for mask");
        Size size = Broadcasting.Shape(input, mask);
        long count = CountNonzero.Of(mask);
        // A mask that repeats selects as often.
        if (mask.SizesRef != size) count = mask.Numel == 0 ? 0 : count * (size.numel() / mask.Numel);
        return new([count], input.DType, input.device);
    }

    static void Compute(Tensor input, Tensor mask, Tensor result)
    {
        if (result.Numel == 0) return;
        Size size = Broadcasting.Shape(input, mask);
        var action = new Action
        {
            Source = Lines.Dense(input.SizesRef == size ? input : Expand.Call(input.detach(), size), input.DType),
            Mask = Lines.Dense(mask.SizesRef == size ? mask : Expand.Call(mask.detach(), size), ScalarType.Bool),
            Result = result.IsContiguous ? result : Tensor.Allocate(result.SizesRef, result.DType),
        };
        TypeSwitch.Width(input.DType, ref action);
        Lines.Close(action.Result, result);
    }

    private struct Action : ITypeAction
    {
        public Tensor Source, Mask, Result;

        public readonly void Run<T>() where T : unmanaged
        {
            fixed (byte* s = &Source.Reference, m = &Mask.Reference, r = &Result.Reference)
                PickKernels.Compress((T*)s, m, (T*)r, Source.Numel, Result.Numel);
            GC.KeepAlive(Source);
            GC.KeepAlive(Mask);
        }
    }

    static Tensor GradInput(Tensor grad, TensorSpec input, Tensor mask)
    {
        Size size = Broadcasting.Shape(input.Sizes, mask.SizesRef);
        return MaskedScatter.Call(input.As(grad.DType).WithSizes(size).Zeros(), mask, grad);
    }
}

[TensorOp("masked_scatter", InPlace = true, Shares = Sharing.Anything, Out = false)]
internal static unsafe partial class MaskedScatter
{
    /// <summary>A copy of <paramref name="input"/> whose elements under the mask are those of <paramref name="source"/>, in order.</summary>
    static TensorSpec Infer(Tensor input, Tensor mask, Tensor source)
    {
        Check.That(input.DType == source.DType, $"masked_scatter: expected self and source to have same dtypes but got{input.DType.LegacyName} and {source.DType.LegacyName}");
        Check.That(mask.DType == ScalarType.Bool || mask.DType == ScalarType.Byte, $"masked_scatter: expected BoolTensor or ByteTensor for mask");
        return TensorSpec.Like(input).WithSizes(Broadcasting.Shape(input, mask));
    }

    static void Compute(Tensor input, Tensor mask, Tensor source, Tensor result)
    {
        Tensor spread = Copying.Converted(Expand.Call(mask.detach(), result.SizesRef), ScalarType.Bool);
        long count = CountNonzero.Of(spread);
        Check.That(count <= source.Numel, $"Number of elements of source < number of ones in mask");
        Tensor target = Lines.Open(Expand.Call(input.detach(), result.SizesRef), result, result.DType);
        if (ReferenceEquals(target, result)) result.CopyRaw(input);
        if (count > 0)
        {
            Tensor places = Tensor.Allocate([count], ScalarType.Int64);
            fixed (byte* m = &spread.Reference, p = &places.Reference) PickKernels.Positions(m, spread.Numel, (long*)p);
            var action = new Action { Target = target, Places = places, Source = Lines.Dense(source, source.DType) };
            TypeSwitch.Width(result.DType, ref action);
        }
        Lines.Close(target, result);
    }

    private struct Action : ITypeAction
    {
        public Tensor Target, Places, Source;

        public readonly void Run<T>() where T : unmanaged
        {
            fixed (byte* t = &Target.Reference, p = &Places.Reference, s = &Source.Reference)
                PickKernels.Put((T*)t, (long*)p, (T*)s, 1, Places.Numel, 1);
            GC.KeepAlive(Source);
            GC.KeepAlive(Places);
        }
    }

    static Tensor GradInput(Tensor grad, Tensor mask) => torch.masked_fill(grad, mask.to(ScalarType.Bool), 0);

    static Tensor GradSource(Tensor grad, Tensor mask, Size source)
    {
        Tensor taken = MaskedSelect.Call(grad, mask);
        long missing = source.numel() - taken.Numel;
        return Reshape.Call(missing > 0 ? ConstantPadNd.Call(taken, [0, missing]) : taken, source);
    }
}
