namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static partial class prune
            {
                private static Scalar CheckedAmount(Scalar amount)
                {
                    bool integer = amount.IsIntegral;
                    double value = amount.ToDouble();
                    if (integer ? value < 0 : value is < 0 or > 1)
                        throw new ArgumentException($"amount={amount} should either be a float in the range [0, 1] or a non-negative integer");
                    return amount;
                }

                private static long CountOf(Scalar amount, long size)
                {
                    // Python's round: ties go to the even number.
                    long count = amount.IsIntegral ? amount.ToInt64() : (long)Math.Round(amount.ToDouble() * size, MidpointRounding.ToEven);
                    if (count > size) throw new ArgumentException($"amount={count} should be smaller than the number of parameters to prune={size}");
                    return count;
                }

                private static long StructuredDim(Tensor t, long dim)
                {
                    if (t.ndim <= 1)
                        throw new ArgumentException($"Structured pruning can only be applied to multidimensional tensors. Found tensor of shape {t.shape} with {t.ndim} dims");
                    if (dim >= t.ndim) throw new IndexOutOfRangeException($"Invalid index {dim} for tensor of size {t.shape}");
                    return dim < 0 ? dim + t.ndim : dim;
                }

                private static Tensor WithoutElements(Tensor mask, Tensor indices)
                {
                    Tensor result = mask.clone();
                    result.view(-1).index_fill_(0, indices, 0);
                    return result;
                }

                // A mask of ones where the slice along the dimension stays.
                private static Tensor OfSlices(Tensor t, long dim, Tensor stays, Tensor before)
                {
                    long[] shape = [.. Enumerable.Repeat(1L, t.ndim)];
                    shape[dim] = t.shape[(int)dim];
                    return (ones_like(t) * stays.to(t.dtype).view(shape)) * before.to(t.dtype);
                }

                /// <summary>Prunes nothing.</summary>
                public sealed class Identity : BasePruningMethod
                {
                    public override Tensor compute_mask(Tensor t, Tensor default_mask) => default_mask;

                    /// <summary>Applies the method to a parameter.</summary>
                    public static BasePruningMethod apply(Module module, string name) => apply(module, name, new Identity());
                }

                /// <summary>Prunes single elements at random.</summary>
                public sealed class RandomUnstructured(Scalar amount) : BasePruningMethod
                {
                    private readonly Scalar _amount = CheckedAmount(amount);

                    public override Tensor compute_mask(Tensor t, Tensor default_mask)
                    {
                        long count = CountOf(_amount, t.numel());
                        if (count == 0) return default_mask.clone();
                        return WithoutElements(default_mask, torch.topk(rand_like(t).view(-1), count).indices);
                    }

                    /// <summary>Applies the method to a parameter.</summary>
                    public static BasePruningMethod apply(Module module, string name, Scalar amount) => apply(module, name, new RandomUnstructured(amount));
                }

                /// <summary>Prunes the elements of smallest absolute value.</summary>
                public sealed class L1Unstructured(Scalar amount) : BasePruningMethod
                {
                    private readonly Scalar _amount = CheckedAmount(amount);

                    public override Tensor compute_mask(Tensor t, Tensor default_mask)
                    {
                        long count = CountOf(_amount, t.numel());
                        if (count == 0) return default_mask.clone();
                        return WithoutElements(default_mask, torch.topk(t.abs().reshape(-1), count, largest: false).indices);
                    }

                    /// <summary>Applies the method to a parameter.</summary>
                    public static BasePruningMethod apply(Module module, string name, Scalar amount, Tensor? importance_scores = null) =>
                        apply(module, name, new L1Unstructured(amount), importance_scores);
                }

                /// <summary>Prunes slices along a dimension at random.</summary>
                public sealed class RandomStructured(Scalar amount, long dim = -1) : BasePruningMethod
                {
                    private readonly Scalar _amount = CheckedAmount(amount);

                    public override string PRUNING_TYPE => "structured";

                    public override long dim { get; } = dim;

                    public override Tensor compute_mask(Tensor t, Tensor default_mask)
                    {
                        long along = StructuredDim(t, dim), size = t.shape[(int)along], count = CountOf(_amount, size);
                        if (count == 0) return default_mask;
                        Tensor chance = rand(size);
                        return OfSlices(t, along, chance.gt(kthvalue(chance, count).values), default_mask);
                    }

                    /// <summary>Applies the method to a parameter.</summary>
                    public static BasePruningMethod apply(Module module, string name, Scalar amount, long dim = -1) => apply(module, name, new RandomStructured(amount, dim));
                }

                /// <summary>Prunes the slices along a dimension whose norm of order n is smallest.</summary>
                public sealed class LnStructured(Scalar amount, Scalar n, long dim = -1) : BasePruningMethod
                {
                    private readonly Scalar _amount = CheckedAmount(amount);

                    public override string PRUNING_TYPE => "structured";

                    public override long dim { get; } = dim;

                    public override Tensor compute_mask(Tensor t, Tensor default_mask)
                    {
                        long along = StructuredDim(t, dim), size = t.shape[(int)along], count = CountOf(_amount, size);
                        if (count == 0) return default_mask;
                        long[] others = [.. Enumerable.Range(0, t.ndim).Select(d => (long)d).Where(d => d != along)];
                        Tensor kept = torch.topk(torch.norm(t, n, others), size - count).indices;
                        return OfSlices(t, along, zeros(size).index_fill_(0, kept, 1), default_mask);
                    }

                    /// <summary>Applies the method to a parameter.</summary>
                    public static BasePruningMethod apply(Module module, string name, Scalar amount, Scalar n, long dim, Tensor? importance_scores = null) =>
                        apply(module, name, new LnStructured(amount, n, dim), importance_scores);
                }

                /// <summary>Prunes by a mask of one's own.</summary>
                public sealed class CustomFromMask(Tensor mask) : BasePruningMethod
                {
                    public override string PRUNING_TYPE => "global";

                    public override Tensor compute_mask(Tensor t, Tensor default_mask)
                    {
                        if (default_mask.shape != mask.shape) throw new AssertionException($"the mask has shape {mask.shape}, the tensor {default_mask.shape}");
                        return default_mask * mask.to(default_mask.dtype);
                    }

                    /// <summary>Applies the method to a parameter.</summary>
                    public static BasePruningMethod apply(Module module, string name, Tensor mask) => apply(module, name, new CustomFromMask(mask));
                }
            }
        }
    }
}
