using Facula.Kernels;

namespace Facula.Ops;

/// <summary>What softmax and its relatives share: the shape rule, the kernel call and the old implicit dimension.</summary>
internal static unsafe class SoftmaxFamily
{
    internal static TensorSpec Infer(string op, Tensor input, long dim)
    {
        int d = Check.Dim(dim, input.Rank);
        if (!input.DType.is_floating_point)
            throw TypeSwitch.NotImplemented(d == input.Rank - 1 || input.Rank == 0 ? op + "_lastdim_kernel_impl" : op == "softmax" ? "softmax_kernel_impl" : op, input.DType);
        return TensorSpec.Like(input);
    }

    /// <summary>The dimension that old calls without one mean, with PyTorch's warning.</summary>
    internal static long ImplicitDim(string name, Tensor input)
    {
        warnings.warn($"Implicit dimension choice for {name} has been deprecated. Change the call to include dim=X as an argument.");
        return input.Rank is 0 or 1 or 3 ? 0 : 1;
    }

    internal static void Forward(Tensor input, long dim, Tensor result, bool logarithm)
    {
        ScalarType type = Elementwise.Arithmetic(result.DType);
        Tensor source = Dense.Of(input, type);
        Tensor destination = result.DType == type && result.IsContiguous ? result : Tensor.Allocate(result.SizesRef, type);
        (long outer, long count, long inner) = Layout(source, dim);
        fixed (byte* s = &source.Reference, d = &destination.Reference)
        {
            if (type == ScalarType.Float32) Softmax.Forward((float*)s, (float*)d, outer, count, inner, logarithm);
            else Softmax.Forward((double*)s, (double*)d, outer, count, inner, logarithm);
        }
        if (!ReferenceEquals(destination, result)) result.CopyRaw(destination);
        GC.KeepAlive(source);
        GC.KeepAlive(destination);
    }

    internal static Tensor Backward(Tensor grad, Tensor result, long dim, bool logarithm)
    {
        ScalarType type = Elementwise.Arithmetic(result.DType);
        Tensor gradient = Dense.Of(grad, type), output = Dense.Of(result, type);
        Tensor destination = Tensor.Allocate(result.SizesRef, type);
        (long outer, long count, long inner) = Layout(output, dim);
        fixed (byte* g = &gradient.Reference, y = &output.Reference, d = &destination.Reference)
        {
            if (type == ScalarType.Float32) Softmax.Backward((float*)g, (float*)y, (float*)d, outer, count, inner, logarithm);
            else Softmax.Backward((double*)g, (double*)y, (double*)d, outer, count, inner, logarithm);
        }
        GC.KeepAlive(gradient);
        GC.KeepAlive(output);
        return Elementwise.Cast(destination, result.DType);
    }

    private static (long Outer, long Count, long Inner) Layout(Tensor tensor, long dim)
    {
        if (tensor.Rank == 0) return (1, 1, 1);
        int d = Check.Dim(dim, tensor.Rank);
        long outer = 1, inner = 1;
        for (int i = 0; i < d; i++) outer *= tensor.Sizes[i];
        for (int i = d + 1; i < tensor.Rank; i++) inner *= tensor.Sizes[i];
        return (outer, tensor.Sizes[d], inner);
    }
}
