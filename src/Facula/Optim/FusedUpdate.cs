using System.Runtime.CompilerServices;
using Facula.Kernels;
using Facula.Ops;

namespace Facula;

/// <summary>
/// Runs an optimizer's update on parameters: small ones at once, the chunks of large ones together on the worker pool.
/// One batch belongs to one pass over a group.
/// </summary>
internal unsafe struct FusedUpdate<TUpdate, T>
    where TUpdate : struct, IParameterUpdate<T>
    where T : unmanaged
{
    private struct Job
    {
        public TUpdate Update;
        public Tensor Parameter, Gradient;
        public Tensor? First, Second, Third;
        public long Count;
        public int FirstChunk;
    }

    private struct Body : IParallelBody
    {
        public Job[] Jobs;
        public int Count;

        public readonly void Run(int chunk)
        {
            int low = 0, high = Count - 1;
            while (low < high)
            {
                int middle = (low + high + 1) >> 1;
                if (Jobs[middle].FirstChunk <= chunk) low = middle;
                else high = middle - 1;
            }
            ref Job job = ref Jobs[low];
            long start = (chunk - job.FirstChunk) * ParameterUpdate.Chunk;
            Apply(job.Update, job.Parameter, job.Gradient, job.First, job.Second, job.Third, start, Math.Min(ParameterUpdate.Chunk, job.Count - start));
        }
    }

    private Job[]? _jobs;
    private int _count, _chunks;

    /// <summary>Updates a parameter whose gradient and states have its dtype, now or at <see cref="Flush"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TUpdate update, Tensor parameter, Tensor gradient, Tensor? first = null, Tensor? second = null, Tensor? third = null)
    {
        if (parameter.IsContiguous && gradient.IsContiguous && parameter.Numel <= ParameterUpdate.Chunk && parameter.DType.itemsize == sizeof(T))
        {
            Apply(update, parameter, gradient, first, second, third, 0, parameter.Numel);
            GC.KeepAlive(gradient);
            parameter.BumpVersion();
            return;
        }
        AddLarge(update, parameter, gradient, first, second, third);
    }

    private void AddLarge(in TUpdate update, Tensor parameter, Tensor gradient, Tensor? first, Tensor? second, Tensor? third)
    {
        // A complex number is a pair of reals to every optimizer.
        long count = parameter.Numel * (parameter.DType.itemsize / sizeof(T));
        parameter.BumpVersion();
        if (parameter.DType.itemsize < sizeof(T) || !parameter.IsDense)
        {
            OnCopies(update, parameter, gradient, first, second, third);
            return;
        }
        if (gradient.StridesRef != parameter.StridesRef && !(gradient.IsContiguous && parameter.IsContiguous)) gradient = FusedUpdate.InLayoutOf(parameter, gradient);
        _jobs ??= new Job[8];
        if (_count == _jobs.Length) Array.Resize(ref _jobs, 2 * _count);
        _jobs[_count++] = new Job
        {
            Update = update, Parameter = parameter, Gradient = gradient, First = first, Second = second, Third = third, Count = count, FirstChunk = _chunks,
        };
        _chunks += (int)((count + ParameterUpdate.Chunk - 1) / ParameterUpdate.Chunk);
    }

    /// <summary>Runs what is left.</summary>
    public void Flush()
    {
        if (_count == 0) return;
        var body = new Body { Jobs = _jobs!, Count = _count };
        WorkerPool.Run(_chunks, ref body);
        GC.KeepAlive(_jobs);
        (_jobs, _count, _chunks) = (null, 0, 0);
    }

    /// <summary>Updates the rows that a sparse gradient names.</summary>
    public static void Rows(in TUpdate update, Tensor parameter, SparseTensor gradient, Tensor? first = null, Tensor? second = null)
    {
        gradient = gradient.Coalesce();
        parameter.BumpVersion();
        ScalarType wide = parameter.DType.is_complex ? parameter.DType : ScalarType.Of(typeof(T));
        bool direct = parameter.IsContiguous && parameter.DType == wide;
        Tensor p = direct ? parameter : Copying.Converted(parameter, wide), g = Copying.Converted(gradient.Values, wide);
        Tensor? a = direct || first is null ? first : Copying.Converted(first, wide), b = direct || second is null ? second : Copying.Converted(second, wide);
        long block = gradient.Block * (wide.itemsize / sizeof(T));
        long[] rows = gradient.Rows();
        ref byte none = ref Unsafe.NullRef<byte>();
        fixed (byte* pp = &p.Reference, gg = &g.Reference)
        fixed (byte* aa = &(a is null ? ref none : ref a.Reference), bb = &(b is null ? ref none : ref b.Reference))
        {
            for (int k = 0; k < rows.Length; k++)
            {
                long at = rows[k] * block;
                ParameterUpdate.Run(update, (T*)pp + at, (T*)gg + k * block, aa == null ? null : (T*)aa + at, bb == null ? null : (T*)bb + at, null, block);
            }
        }
        GC.KeepAlive(g);
        if (!direct)
        {
            Copying.Copy(p, parameter);
            if (first is not null) Copying.Copy(a!, first);
            if (second is not null) Copying.Copy(b!, second);
        }
        GC.KeepAlive((p, a, b));
    }

    // Low precision computes in T; a parameter with holes has its state row-major.
    private static void OnCopies(in TUpdate update, Tensor parameter, Tensor gradient, Tensor? first, Tensor? second, Tensor? third)
    {
        ScalarType wide = parameter.DType.is_complex ? parameter.DType : ScalarType.Of(typeof(T));
        Tensor p = Copying.Converted(parameter, wide), g = Copying.Converted(gradient, wide);
        Tensor? a = Copy(first), b = Copy(second), c = Copy(third);
        Apply(update, p, g, a, b, c, 0, p.Numel * (wide.itemsize / sizeof(T)));
        Copying.Copy(p, parameter);
        if (first is not null) Copying.Copy(a!, first);
        if (second is not null) Copying.Copy(b!, second);
        if (third is not null) Copying.Copy(c!, third);

        Tensor? Copy(Tensor? state) => state is null ? null : Copying.Converted(state, wide);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(in TUpdate update, Tensor parameter, Tensor gradient, Tensor? first, Tensor? second, Tensor? third, long start, long count)
    {
        // An absent state is a null pointer.
        ref byte none = ref Unsafe.NullRef<byte>();
        fixed (byte* p = &parameter.Reference, g = &gradient.Reference)
        fixed (byte* a = &(first is null ? ref none : ref first.Reference), b = &(second is null ? ref none : ref second.Reference), c = &(third is null ? ref none : ref third.Reference))
        {
            ParameterUpdate.Run(update, (T*)p + start, (T*)g + start, a == null ? null : (T*)a + start, b == null ? null : (T*)b + start, c == null ? null : (T*)c + start, count);
        }
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        GC.KeepAlive(third);
    }
}

/// <summary>What optimizers ask of parameters.</summary>
internal static class FusedUpdate
{
    // All others are computed in float.
    private static bool IsWide(Tensor parameter) => parameter.Code is TypeCode.Float64 or TypeCode.Complex128;

    /// <summary>Whether any of the parameters is computed in float, and whether any is in double.</summary>
    internal static (bool Single, bool Wide) ArithmeticOf(Tensor[] parameters)
    {
        bool single = false, wide = false;
        foreach (Tensor parameter in parameters)
        {
            if (IsWide(parameter)) wide = true;
            else single = true;
        }
        return (single, wide);
    }

    /// <summary>The gradient of a parameter that is computed in T, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Tensor? Gradient<T>(Tensor parameter)
    {
        if (IsWide(parameter) != (typeof(T) == typeof(double))) return null;
        return parameter.AutogradOrNull?.Grad;
    }

    /// <summary>The gradient likewise, of an optimizer that refuses sparse ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Tensor? DenseGradient<T>(Tensor parameter, string refusal)
    {
        Tensor? gradient = Gradient<T>(parameter);
        return gradient is SparseTensor ? throw new TorchException(refusal) : gradient;
    }

    /// <summary>A copy of the gradient with the strides of the parameter.</summary>
    internal static Tensor InLayoutOf(Tensor parameter, Tensor gradient)
    {
        Tensor copy = Tensor.Allocate(parameter.SizesRef, parameter.StridesRef, parameter.DType, parameter.device);
        Copying.Copy(gradient, copy);
        return copy;
    }
}
