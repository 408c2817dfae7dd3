using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logsumexp")]
[Alias("torch.special.logsumexp", Method = false)]
[NumpyNames]
internal static unsafe partial class LogSumExp
{
    /// <summary>Returns the logarithm of the sum of eˣ over the dimensions in <paramref name="dim"/>, without overflow.</summary>
    static TensorSpec Infer(Tensor input, Dims dim, bool keepdim = false)
    {
        if (input.DType.is_complex) throw new TorchException($"logsumexp(): Expected floating point type for result tensor, but got: {input.DType.LegacyName}");
        return new(Reduce.Shape(input, Reduce.Mask(input, dim, "logsumexp"), keepdim), Promotion.ToFloat(input.DType), input.device);
    }

    static void Compute(Tensor input, Dims dim, bool keepdim, Tensor result)
    {
        ulong mask = Reduce.Mask(input, dim, "logsumexp");
        ScalarType type = Elementwise.Arithmetic(result.DType);
        Tensor source = Dense.Of(Gathered(input, ref mask), type), target = Dense.Target(result, type);
        // The folded dimensions lie side by side.
        long outer = 1, count = 1, inner = 1;
        for (int i = 0; i < source.Rank; i++)
        {
            if ((mask >> i & 1) != 0) count *= source.Sizes[i];
            else if (mask >> i != 0) outer *= source.Sizes[i];
            else inner *= source.Sizes[i];
        }
        if (count == 0) target.FillRaw(double.NegativeInfinity);
        else
        {
            fixed (byte* s = &source.Reference, d = &target.Reference)
            {
                if (type == ScalarType.Float32) Kernels.LogSumExp.Run((float*)s, outer, count, inner, (float*)d);
                else Kernels.LogSumExp.Run((double*)s, outer, count, inner, (double*)d);
            }
        }
        Dense.Finish(target, result);
        GC.KeepAlive(source);
    }

    // The tensor itself, or a view of it with the folded dimensions last where others lie between them.
    private static Tensor Gathered(Tensor input, ref ulong mask)
    {
        int rank = input.Rank;
        if (rank < 64) mask &= (1UL << rank) - 1;
        if (mask == 0 || BitOperations.TrailingZeroCount(mask) + BitOperations.PopCount(mask) == 64 - BitOperations.LeadingZeroCount(mask)) return input;
        var order = new long[rank];
        int kept = 0, folded = rank - BitOperations.PopCount(mask);
        ulong given = mask;
        mask = ((1UL << BitOperations.PopCount(mask)) - 1) << folded;
        for (int i = 0; i < rank; i++) order[(given >> i & 1) != 0 ? folded++ : kept++] = i;
        return Permute.Call(input, order);
    }

    static Tensor GradInput(Tensor grad, Tensor input, Tensor result, Dims dim, bool keepdim)
    {
        grad = Reduce.Restore(grad, input.Rank, dim, keepdim);
        result = Reduce.Restore(result, input.Rank, dim, keepdim);
        if (GradMode.Enabled) return grad * (input - result).exp();
        Tensor gradient = TensorSpec.Like(input).Allocate();
        Elementwise.Float3<LogSumExpGradient>(default, grad, input, result, gradient);
        return gradient;
    }
}
