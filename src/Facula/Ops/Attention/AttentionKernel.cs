using System.Numerics;
using Facula.Kernels;

namespace Facula.Ops;

/// <summary>Options of attention: a mask added to the scores, the causal mask, the factor of the scores.</summary>
internal readonly record struct AttentionOptions(Tensor? Mask, bool MaskReplaces, bool IsCausal, double Scale);

/// <summary>The router of attention over tensors of four dimensions, whose order is told by a letter each: batch, head, length and width of a head.</summary>
internal static unsafe class AttentionKernel
{
    /// <summary>Whether the kernel takes these: float32 or float64, all the same, none empty.</summary>
    internal static bool Takes(Tensor query, Tensor key, Tensor value, Tensor? mask) =>
        query.DType.Code is TypeCode.Float32 or TypeCode.Float64 && key.DType == query.DType && value.DType == query.DType
        && query.Numel > 0 && key.Numel > 0 && value.Numel > 0
        && (mask is null || (!mask.requires_grad && (mask.DType == query.DType || mask.DType == ScalarType.Bool)));

    internal static void Forward(Tensor query, Tensor key, Tensor value, in AttentionOptions options, string order, Tensor result, Tensor statistics)
    {
        if (query.DType == ScalarType.Float32) Forward<float>(query, key, value, options, order, result, statistics);
        else Forward<double>(query, key, value, options, order, result, statistics);
    }

    /// <summary>Writes the gradients of query, key and value from that of the result.</summary>
    internal static void Backward(Tensor grad, Tensor query, Tensor key, Tensor value, in AttentionOptions options, string order, Tensor result, Tensor statistics,
        Tensor toQuery, Tensor toKey, Tensor toValue)
    {
        if (query.DType == ScalarType.Float32) Backward<float>(grad, query, key, value, options, order, result, statistics, toQuery, toKey, toValue);
        else Backward<double>(grad, query, key, value, options, order, result, statistics, toQuery, toKey, toValue);
    }

    private static void Forward<T>(Tensor query, Tensor key, Tensor value, in AttentionOptions options, string order, Tensor result, Tensor statistics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor q = Dense(query), k = Dense(key), v = Dense(value);
        Tensor? mask = Mask(options.Mask);
        fixed (byte* pq = &q.Reference, pk = &k.Reference, pv = &v.Reference, pm = &(mask ?? q).Reference, py = &result.Reference, ps = &statistics.Reference)
        {
            AttentionProblem<T> problem = Problem<T>(q, k, v, mask, options, order, pq, pk, pv, pm);
            problem.Output = Rows<T>(result, order, py);
            problem.Statistics = (T*)ps;
            ScaledAttention.Forward(problem);
        }
        KeepAlive(q, k, v, mask);
    }

    private static void Backward<T>(Tensor grad, Tensor query, Tensor key, Tensor value, in AttentionOptions options, string order, Tensor result, Tensor statistics,
        Tensor toQuery, Tensor toKey, Tensor toValue) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor q = Dense(query), k = Dense(key), v = Dense(value), g = Dense(grad);
        Tensor? mask = Mask(options.Mask);
        fixed (byte* pq = &q.Reference, pk = &k.Reference, pv = &v.Reference, pm = &(mask ?? q).Reference, py = &result.Reference, ps = &statistics.Reference,
            pg = &g.Reference, tq = &toQuery.Reference, tk = &toKey.Reference, tv = &toValue.Reference)
        {
            AttentionProblem<T> problem = Problem<T>(q, k, v, mask, options, order, pq, pk, pv, pm);
            problem.Output = Rows<T>(result, order, py);
            problem.Statistics = (T*)ps;
            problem.Gradient = Rows<T>(g, order, pg);
            problem.QueryGradient = Rows<T>(toQuery, order, tq);
            problem.KeyGradient = Rows<T>(toKey, order, tk);
            problem.ValueGradient = Rows<T>(toValue, order, tv);
            ScaledAttention.Backward(problem);
        }
        KeepAlive(q, k, v, mask);
        GC.KeepAlive(g);
        GC.KeepAlive(result);
        GC.KeepAlive(statistics);
    }

    private static AttentionProblem<T> Problem<T>(Tensor q, Tensor k, Tensor v, Tensor? mask, in AttentionOptions options, string order, byte* pq, byte* pk, byte* pv, byte* pm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var problem = new AttentionProblem<T>
        {
            Batch = q.Sizes[order.IndexOf('b')], Heads = q.Sizes[order.IndexOf('h')], Queries = q.Sizes[order.IndexOf('l')], Keys = k.Sizes[order.IndexOf('l')],
            Width = q.Sizes[3], ValueWidth = v.Sizes[3],
            Scale = T.CreateTruncating(options.Scale), IsCausal = options.IsCausal,
            Query = Rows<T>(q, order, pq), Key = Rows<T>(k, order, pk), Value = Rows<T>(v, order, pv),
        };
        if (mask is null) return problem;
        problem.Mask = (T*)pm;
        problem.MaskReplaces = options.MaskReplaces;
        (problem.MaskBatch, problem.MaskHead, problem.MaskRow, problem.MaskColumn) = (Stride(mask, 0), Stride(mask, 1), Stride(mask, 2), Stride(mask, 3));
        return problem;
    }

    private static long Stride(Tensor mask, int dim) => mask.Sizes[dim] == 1 ? 0 : mask.Strides[dim];

    private static HeadRows<T> Rows<T>(Tensor tensor, string order, byte* start) where T : unmanaged =>
        new((T*)start, tensor.Strides[order.IndexOf('b')], tensor.Strides[order.IndexOf('h')], tensor.Strides[order.IndexOf('l')]);

    // Any strides but those within a row.
    private static Tensor Dense(Tensor tensor) => tensor.Strides[3] == 1 || tensor.Sizes[3] == 1 ? tensor : Copying.Converted(tensor, tensor.DType);

    private static Tensor? Mask(Tensor? mask) => mask is null || mask.Sizes[3] == 1 || mask.Strides[3] is 0 or 1 ? mask : Copying.Converted(mask, mask.DType);

    private static void KeepAlive(Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        GC.KeepAlive(query);
        GC.KeepAlive(key);
        GC.KeepAlive(value);
        GC.KeepAlive(mask);
    }
}

/// <summary>The gradients of attention in differentiable ops, for derivatives of derivatives.</summary>
internal static class AttentionDerivative
{
    internal static (Tensor Query, Tensor Key, Tensor Value) Of(Tensor grad, Tensor query, Tensor key, Tensor value, AttentionOptions options, string order)
    {
        Tensor Heads(Tensor x) => torch.permute(x, [order.IndexOf('b'), order.IndexOf('h'), order.IndexOf('l'), 3]);
        Tensor Back(Tensor x) => torch.permute(x, ["bhld".IndexOf(order[0]), "bhld".IndexOf(order[1]), "bhld".IndexOf(order[2]), 3]);
        Tensor q = Heads(query), k = Heads(key), v = Heads(value), g = Heads(grad);
        Tensor p = SoftmaxOp.Call(ScaledDotProductAttention.Scores(q, k, options), -1);
        Tensor slope = MatMul.Call(g, MatrixTranspose.Call(v));
        slope = p * (slope - (p * slope).sum(-1, keepdim: true)) * options.Scale;
        return (Back(MatMul.Call(slope, k)), Back(MatMul.Call(MatrixTranspose.Call(slope), q)), Back(MatMul.Call(MatrixTranspose.Call(p), g)));
    }
}
