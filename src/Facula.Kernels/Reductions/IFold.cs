using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>A reduction: accumulators start, take elements, merge, and end as a result. The struct may carry parameters.</summary>
public unsafe interface IFold<TIn, TAccumulator, TOut>
    where TIn : unmanaged
    where TAccumulator : unmanaged
    where TOut : unmanaged
{
    /// <summary>Whether the lane forms exist; then elements and accumulators have one size.</summary>
    static virtual bool IsVectorized => false;

    /// <summary>Whether <see cref="Block"/> folds runs better than step by step.</summary>
    static virtual bool HasBlock => false;

    /// <summary>Whether <see cref="Block"/> is <see cref="CascadeSum.Of"/>.</summary>
    static virtual bool IsCascade => false;

    /// <summary>The longest run that <see cref="Block"/> takes.</summary>
    static virtual long LongestBlock => 4096;

    /// <summary>How many rows <see cref="BlockRows"/> takes; none: it does not exist.</summary>
    static virtual int MostRows => 0;

    TAccumulator Start { get; }
    TAccumulator Step(TAccumulator accumulator, TIn x);
    TAccumulator Merge(TAccumulator left, TAccumulator right);
    TOut End(TAccumulator accumulator, long count);

    /// <summary>One step in every lane.</summary>
    static virtual Vector512<TAccumulator> StepLanes(Vector512<TAccumulator> accumulator, Vector512<TIn> x) => throw new InvalidOperationException();

    /// <summary>Merges lane by lane.</summary>
    static virtual Vector512<TAccumulator> MergeLanes(Vector512<TAccumulator> left, Vector512<TAccumulator> right) => throw new InvalidOperationException();

    /// <summary>Whether <see cref="EndLanes"/> exists; then accumulators and results have one type.</summary>
    static virtual bool HasEndLanes => false;

    /// <summary>What <see cref="End"/> does, in every lane.</summary>
    Vector512<TAccumulator> EndLanes(Vector512<TAccumulator> accumulator, long count) => accumulator;

    /// <summary>Whether <see cref="Columns"/> folds rows better than step by step.</summary>
    static virtual bool HasColumns => false;

    /// <summary>into[j] = the fold of source[r·stride + j] over a few hundred rows r.</summary>
    static virtual void Columns(TIn* source, long stride, long rows, long columns, TAccumulator* into) => throw new InvalidOperationException();

    /// <summary>Folds a dense run of at most <see cref="LongestBlock"/> elements at once.</summary>
    static virtual TAccumulator Block(TIn* source, long count) => throw new InvalidOperationException();

    /// <summary>
    /// Folds rows of few elements as <see cref="Block"/> does, a row in each lane: vector i holds element i of them all. Folds need it that have
    /// both lane forms and <see cref="Block"/>.
    /// </summary>
    static virtual Vector512<TAccumulator> BlockLanes(TIn* source, long count) => throw new InvalidOperationException();

    /// <summary>Folds dense rows as <see cref="Block"/> does, several at once.</summary>
    static virtual void BlockRows(TIn* source, long stride, int rows, long count, TAccumulator* totals) => throw new InvalidOperationException();
}
