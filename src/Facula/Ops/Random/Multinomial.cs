using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("multinomial")]
internal static unsafe partial class Multinomial
{
    private const long MostCategories = 1L << 24;

    /// <summary>Draws <paramref name="num_samples"/> indices from each row of unnormalised probabilities.</summary>
    static TensorSpec Infer(Tensor input, long num_samples, bool replacement = false, Generator? generator = null)
    {
        Check.That(input.Rank is > 0 and <= 2, $"prob_dist must be 1 or 2 dim");
        Check.That(input.DType.is_floating_point, $"multinomial only supports floating-point dtypes for input, got: {input.DType.LegacyName}");
        Check.That(num_samples > 0, $"cannot sample n_sample <= 0 samples");
        long categories = input.Sizes[^1];
        Check.That(replacement || num_samples <= categories, $"cannot sample n_sample > prob_dist.size(-1) samples without replacement");
        Check.That(categories <= MostCategories, $"number of categories cannot exceed 2^24");
        return new(input.Rank == 1 ? [num_samples] : [input.Sizes[0], num_samples], ScalarType.Int64, input.device);
    }

    static void Compute(Tensor input, long num_samples, bool replacement, Generator? generator, Tensor result)
    {
        Tensor p = input.detach().contiguous();
        if (!replacement)
        {
            // The largest p/e with e exponential: the race that the first of competing clocks wins.
            CheckRows(p);
            Tensor q = Draw.Raw(new TensorSpec(p.SizesRef, p.DType).Allocate(), generator, new Draw.ExponentialDraw(1));
            Tensor ratio = p / q;
            Tensor chosen = num_samples == 1 ? ratio.argmax(-1, keepdim: true) : ratio.topk(num_samples).indices;
            result.CopyRaw(chosen);
            return;
        }
        RandomStream stream = (generator ?? Generator.Default).Stream;
        long rows = p.Rank == 1 ? 1 : p.Sizes[0], categories = p.Sizes[^1];
        fixed (byte* s = &p.Reference, d = &result.Reference)
        {
            for (long row = 0; row < rows; row++)
            {
                var action = new Row { Stream = stream, Source = s + row * categories * p.DType.itemsize, Categories = categories, Destination = (long*)d + row * num_samples, Samples = num_samples };
                try
                {
                    lock (stream) TypeSwitch.All(p.DType, ref action);
                }
                catch (InvalidOperationException error) when (error is not TorchException)
                {
                    throw new TorchException(error.Message);
                }
            }
        }
        GC.KeepAlive(p);
    }

    private static void CheckRows(Tensor p)
    {
        Check.That(!(torch.isnan(p) | (p < 0) | p.isinf()).any().item().ToBoolean(), $"probability tensor contains either `inf`, `nan` or element < 0");
        Check.That(!(p.sum(-1) == 0).any().item().ToBoolean(), $"invalid multinomial distribution (sum of probabilities <= 0)");
    }

    private struct Row : ITypeAction
    {
        public RandomStream Stream;
        public byte* Source;
        public long Categories, Samples;
        public long* Destination;

        public readonly void Run<T>() where T : unmanaged => RandomFill.Multinomial(Stream, (T*)Source, Categories, Destination, Samples);
    }
}
