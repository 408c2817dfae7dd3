using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Draws whose parameters are tensors; PyTorch gives them a gradient of zero.</summary>
internal static unsafe class Bernoulli
{
    internal static void Fill(Tensor target, Tensor p, Generator? generator)
    {
        Check.That(p.DType.is_floating_point, $"Expected p to be a floating point tensor, got {p.DType}");
        Tensor dense = target.IsContiguous ? target : Tensor.Allocate(target.SizesRef, target.DType);
        RandomStream stream = (generator ?? Generator.Default).Stream;
        CheckRange(p);
        fixed (byte* s = &p.Reference, d = &dense.Reference)
        {
            var action = new OfTarget { Stream = stream, Probability = p.DType, Source = s, Destination = d, Count = dense.Numel };
            lock (stream) TypeSwitch.All(dense.DType, ref action);
        }
        if (!ReferenceEquals(dense, target)) target.CopyRaw(dense);
        GC.KeepAlive(p);
        GC.KeepAlive(dense);
    }

    private static void CheckRange(Tensor p)
    {
        double[] values = Elementwise.Cast(p, ScalarType.Float64).ToArray<double>();
        foreach (double value in values) Check.That(value is >= 0 and <= 1, $"Expected p_in >= 0 && p_in <= 1 to be true, but got false.");
    }

    private struct OfTarget : ITypeAction
    {
        public RandomStream Stream;
        public ScalarType Probability;
        public byte* Source, Destination;
        public long Count;

        public readonly void Run<T>() where T : unmanaged
        {
            if (Probability == ScalarType.Float64) RandomFill.Bernoulli(Stream, (double*)Source, (T*)Destination, Count);
            else if (Probability == ScalarType.Float32) RandomFill.Bernoulli(Stream, (float*)Source, (T*)Destination, Count);
            else if (Probability == ScalarType.Float16) RandomFill.Bernoulli(Stream, (Half*)Source, (T*)Destination, Count);
            else RandomFill.Bernoulli(Stream, (BFloat16*)Source, (T*)Destination, Count);
        }
    }
}

[TensorOp("bernoulli")]
internal static partial class BernoulliOp
{
    /// <summary>Draws 1 or 0 by the probabilities in <paramref name="input"/>.</summary>
    static TensorSpec Infer(Tensor input, Generator? generator = null)
    {
        Check.That(input.DType.is_floating_point, $"\"bernoulli_tensor_cpu_p_\" not implemented for '{input.DType.LegacyName}'");
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, Generator? generator, Tensor result) => Bernoulli.Fill(result, input.detach().contiguous(), generator);

    static Tensor GradInput(Tensor grad) => torch.zeros_like(grad);
}

[TensorOp("bernoulli")]
internal static partial class BernoulliP
{
    /// <summary>Draws 1 (probability <paramref name="p"/>) or 0 in the shape of <paramref name="input"/>.</summary>
    static TensorSpec Infer(Tensor input, double p, Generator? generator = null) => TensorSpec.Like(input);

    static void Compute(Tensor input, double p, Generator? generator, Tensor result) => Draw.Raw(result, generator, new Draw.BernoulliDraw(p));

    static Tensor GradInput(Tensor grad) => torch.zeros_like(grad);
}

[TensorOp("poisson", Method = false, Out = false)]
internal static partial class Poisson
{
    /// <summary>Draws Poisson counts of the rates in <paramref name="input"/>.</summary>
    static TensorSpec Infer(Tensor input, Generator? generator = null) => TensorSpec.Like(input);

    static void Compute(Tensor input, Generator? generator, Tensor result) => PerElement.Fill<PoissonRows>(generator, result, input);

    static Tensor GradInput(Tensor grad) => torch.zeros_like(grad);

    private readonly struct PoissonRows : PerElement.IRows
    {
        public unsafe void Fill<T>(RandomStream stream, T* first, T* second, T* destination, long count) where T : unmanaged =>
            RandomFill.Poisson(stream, first, destination, count);
    }
}

[TensorOp("binomial", Method = false, Out = false)]
internal static partial class Binomial
{
    /// <summary>Draws binomial counts of <paramref name="count"/> trials of probability <paramref name="prob"/>.</summary>
    static TensorSpec Infer(Tensor count, Tensor prob, Generator? generator = null) => TensorSpec.Broadcast(count, prob);

    static void Compute(Tensor count, Tensor prob, Generator? generator, Tensor result) =>
        PerElement.Fill<BinomialRows>(generator, result, count.detach().expand(result.SizesRef), prob.detach().expand(result.SizesRef));

    static Tensor GradCount(Tensor grad) => torch.zeros_like(grad);

    static Tensor GradProb(Tensor grad) => torch.zeros_like(grad);

    private readonly struct BinomialRows : PerElement.IRows
    {
        public unsafe void Fill<T>(RandomStream stream, T* first, T* second, T* destination, long count) where T : unmanaged =>
            RandomFill.Binomial(stream, first, second, destination, count);
    }
}

/// <summary>Samplers with parameters for each element, in row-major order.</summary>
internal static unsafe class PerElement
{
    internal interface IRows
    {
        void Fill<T>(RandomStream stream, T* first, T* second, T* destination, long count) where T : unmanaged;
    }

    internal static void Fill<TRows>(Generator? generator, Tensor result, Tensor first, Tensor? second = null) where TRows : struct, IRows
    {
        RandomStream stream = (generator ?? Generator.Default).Stream;
        Tensor a = Elementwise.Cast(first.detach(), result.DType).contiguous();
        Tensor b = second is null ? a : Elementwise.Cast(second.detach(), result.DType).contiguous();
        Tensor dense = result.IsContiguous ? result : Tensor.Allocate(result.SizesRef, result.DType);
        fixed (byte* x = &a.Reference, y = &b.Reference, d = &dense.Reference)
        {
            var action = new Action<TRows> { Stream = stream, First = x, Second = y, Destination = d, Count = dense.Numel };
            try
            {
                lock (stream) TypeSwitch.All(result.DType, ref action);
            }
            catch (Exception error) when (error is NotSupportedException || (error is InvalidOperationException and not TorchException))
            {
                throw new TorchException(error.Message);
            }
        }
        if (!ReferenceEquals(dense, result)) result.CopyRaw(dense);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(dense);
    }

    private struct Action<TRows> : ITypeAction where TRows : struct, IRows
    {
        public RandomStream Stream;
        public byte* First, Second, Destination;
        public long Count;

        public readonly void Run<T>() where T : unmanaged => default(TRows).Fill(Stream, (T*)First, (T*)Second, (T*)Destination, Count);
    }
}
