namespace Facula.Ops;

[TensorOp("segment_reduce", Method = false, Out = false)]
internal static partial class SegmentReduce
{
    /// <summary>Reduces runs along <paramref name="axis"/>, given by their lengths or by offsets, with <c>sum</c>, <c>mean</c>, <c>max</c>, <c>min</c> or <c>prod</c>.</summary>
    static TensorSpec Infer(Tensor data, string reduce, Tensor? lengths = null, Tensor? indices = null, Tensor? offsets = null, long axis = 0, bool @unsafe = false, Scalar? initial = null)
    {
        int d = Check.Dim(axis, data.Rank);
        Check.That(data.Numel >= 0 && (lengths is not null || offsets is not null), $"segment_reduce(): Either lengths or offsets must be defined.");
        Check.That(reduce is "sum" or "mean" or "max" or "min" or "prod", $"unsupported reduction given! {reduce}");
        Tensor shape = offsets ?? lengths!;
        long segments = shape.Sizes[^1] - (offsets is null ? 0 : 1);
        if (offsets is null && !@unsafe)
        {
            Check.That(lengths!.Rank == d + 1, $"segment_reduce(): Expected lengths to have {d + 1} dimensions");
            Check.That(lengths.Numel == 0 || lengths.min().item().ToDouble() >= 0, $"lengths contains negative value!");
            Check.That(lengths.sum(-1).eq(data.Sizes[d]).all().Truth(), $"segment_reduce(): Expected all rows of lengths along axis to sum to data.size(lengths.dim()-1) when !unsafe.");
        }
        return TensorSpec.Like(data).WithSizes(data.SizesRef.With(d, segments));
    }

    static void Compute(Tensor data, string reduce, Tensor? lengths, Tensor? indices, Tensor? offsets, long axis, bool @unsafe, Scalar? initial, Tensor result)
    {
        if (!data.DType.is_floating_point) throw TypeSwitch.NotImplemented("segment_reduce_cpu", data.DType);
        var walk = new SegmentWalk(data, lengths, offsets, axis);
        Tensor source = Dense.Of(data, ScalarType.Float64), target = Tensor.Allocate(result.SizesRef, ScalarType.Float64);
        walk.Each((first, count, stride, output) =>
        {
            double value = initial?.ToDouble() ?? reduce switch { "max" => double.NegativeInfinity, "min" => double.PositiveInfinity, "prod" => 1, _ => 0 };
            for (long i = 0; i < count; i++)
            {
                double x = source.GetElement(first + i * stride).ToDouble();
                value = reduce switch { "max" => Math.Max(value, x), "min" => Math.Min(value, x), "prod" => value * x, _ => value + x };
            }
            if (reduce == "mean") value = count == 0 && initial is null ? double.NaN : count > 0 && !double.IsNaN(value) ? value / count : value;
            target.SetElement(output, value);
        });
        result.CopyRaw(target);
    }

    static Tensor GradData(Tensor grad, Tensor data, string reduce, Tensor? lengths, Tensor? offsets, long axis, Scalar? initial, Tensor result)
    {
        var walk = new SegmentWalk(data, lengths, offsets, axis);
        Tensor source = Dense.Of(data, ScalarType.Float64), g = Dense.Of(grad, ScalarType.Float64), y = Dense.Of(result, ScalarType.Float64);
        Tensor gradient = TensorSpec.Like(data).As(ScalarType.Float64).Zeros();
        walk.Each((first, count, stride, output) =>
        {
            double above = g.GetElement(output).ToDouble(), value = y.GetElement(output).ToDouble();
            double X(long i) => source.GetElement(first + i * stride).ToDouble();
            bool extreme = reduce is "max" or "min";
            long hits = 0;
            for (long i = 0; extreme && i < count; i++)
                if (double.IsNaN(X(i)) || Narrow(X(i), data.DType) == value) hits++;
            for (long i = 0; i < count; i++)
            {
                double x = X(i), slope;
                if (extreme) slope = double.IsNaN(x) || Narrow(x, data.DType) == value ? above / hits : 0;
                else if (reduce == "mean") slope = above / count;
                else if (reduce == "sum") slope = above;
                else if (x != 0 && !double.IsNaN(x)) slope = above * value / x;
                else
                {
                    slope = above * (initial?.ToDouble() ?? 1);
                    for (long j = 0; j < count; j++)
                        if (j != i) slope *= X(j);
                }
                gradient.SetElement(first + i * stride, slope);
            }
        });
        return gradient.to(data.DType);
    }

    private static double Narrow(double x, ScalarType dtype) => dtype.Code switch
    {
        TypeCode.Float32 => (float)x,
        _ => x,
    };

    /// <summary>Visits every segment of every column: place of the first element, length, stride, place of the result.</summary>
    private sealed class SegmentWalk
    {
        private readonly long _outer, _count, _inner, _segments;
        private readonly Tensor _bounds;
        private readonly bool _offsets;

        internal SegmentWalk(Tensor data, Tensor? lengths, Tensor? offsets, long axis)
        {
            int d = Check.Dim(axis, data.Rank);
            (_outer, _inner, _count) = (1, 1, data.Sizes[d]);
            for (int i = 0; i < d; i++) _outer *= data.Sizes[i];
            for (int i = d + 1; i < data.Rank; i++) _inner *= data.Sizes[i];
            _offsets = offsets is not null;
            _bounds = Dense.Of((offsets ?? lengths!).detach(), ScalarType.Int64);
            _segments = _bounds.Sizes[^1] - (_offsets ? 1 : 0);
        }

        internal void Each(Action<long, long, long, long> visit)
        {
            long row = _bounds.Sizes[^1];
            for (long o = 0; o < _outer; o++)
            {
                long start = 0;
                for (long s = 0; s < _segments; s++)
                {
                    long length;
                    if (_offsets)
                    {
                        start = _bounds.GetElement(o * row + s).ToInt64();
                        length = _bounds.GetElement(o * row + s + 1).ToInt64() - start;
                    }
                    else length = _bounds.GetElement(o * row + s).ToInt64();
                    for (long j = 0; j < _inner; j++)
                        visit((o * _count + start) * _inner + j, length, _inner, (o * _segments + s) * _inner + j);
                    start += length;
                }
            }
        }
    }
}
