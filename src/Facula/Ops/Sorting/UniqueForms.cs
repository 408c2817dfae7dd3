using System.Runtime.CompilerServices;
using Facula.Ops;

namespace Facula;

public static partial class torch
{
    /// <summary>The different elements in order (or, along <paramref name="dim"/>, the different slices).</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor unique(Tensor input, bool sorted = true, long? dim = null) => dim is null && sorted
        ? UniqueElements.Values(input)
        : UniqueElements.Find(input, dim, false, false, false, sorted).output;

    /// <summary>The different elements in order (or, along <paramref name="dim"/>, the different slices), with the number of each element in that list and how often each stands there; null where not asked for.</summary>
    [OverloadResolutionPriority(1)]
    public static (Tensor output, Tensor inverse_indices, Tensor counts) unique(Tensor input, bool sorted, bool return_inverse, bool return_counts = false, long? dim = null) =>
        UniqueElements.Find(input, dim, false, return_inverse, return_counts, sorted);

    /// <summary>The different elements in order (or, along <paramref name="dim"/>, the different slices), with the number of each element in that list and how often each stands there; null where not asked for.</summary>
    public static (Tensor output, Tensor inverse_indices, Tensor counts) unique(Tensor input, bool return_inverse = false, bool return_counts = false, long? dim = null) =>
        UniqueElements.Find(input, dim, false, return_inverse, return_counts);

    /// <summary>The first of each run of equal elements (or, along <paramref name="dim"/>, of equal slices).</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor unique_consecutive(Tensor input, long? dim = null) => UniqueElements.Find(input, dim, true, false, false).output;

    /// <summary>The first of each run of equal elements (or, along <paramref name="dim"/>, of equal slices), with the number of each element in that list and how often each stands there; null where not asked for.</summary>
    public static (Tensor output, Tensor inverse_indices, Tensor counts) unique_consecutive(Tensor input, bool return_inverse = false, bool return_counts = false, long? dim = null) =>
        UniqueElements.Find(input, dim, true, return_inverse, return_counts);

    public partial class Tensor
    {
        /// <summary>The different elements in order (or, along <paramref name="dim"/>, the different slices).</summary>
        [OverloadResolutionPriority(1)]
        public Tensor unique(bool sorted = true, long? dim = null) => torch.unique(this, sorted, dim);

        /// <summary>The different elements in order (or, along <paramref name="dim"/>, the different slices), with the number of each element in that list and how often each stands there; null where not asked for.</summary>
        [OverloadResolutionPriority(1)]
        public (Tensor output, Tensor inverse_indices, Tensor counts) unique(bool sorted, bool return_inverse, bool return_counts = false, long? dim = null) =>
            UniqueElements.Find(this, dim, false, return_inverse, return_counts, sorted);

        /// <summary>The different elements in order (or, along <paramref name="dim"/>, the different slices), with the number of each element in that list and how often each stands there; null where not asked for.</summary>
        public (Tensor output, Tensor inverse_indices, Tensor counts) unique(bool return_inverse = false, bool return_counts = false, long? dim = null) =>
            UniqueElements.Find(this, dim, false, return_inverse, return_counts);

        /// <summary>The first of each run of equal elements (or, along <paramref name="dim"/>, of equal slices).</summary>
        [OverloadResolutionPriority(1)]
        public Tensor unique_consecutive(long? dim = null) => UniqueElements.Find(this, dim, true, false, false).output;

        /// <summary>The first of each run of equal elements (or, along <paramref name="dim"/>, of equal slices), with the number of each element in that list and how often each stands there; null where not asked for.</summary>
        public (Tensor output, Tensor inverse_indices, Tensor counts) unique_consecutive(bool return_inverse = false, bool return_counts = false, long? dim = null) =>
            UniqueElements.Find(this, dim, true, return_inverse, return_counts);
    }
}
