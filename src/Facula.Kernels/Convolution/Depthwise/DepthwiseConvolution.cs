using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>A depthwise convolution with channels in the lanes: rows of positions shorter than a vector would leave most of it empty.</summary>
/// <remarks>Some channels of an image are turned so that each position's lie side by side. All three passes then are sums of products of such vectors, by a table of <see cref="DepthwiseTerms"/>.</remarks>
[SkipLocalsInit]
internal unsafe struct DepthwiseConvolution<L, V, T> : IParallelBody
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const long ElementsPerChunk = 16384;

    private DepthwiseTerms _terms;
    private T* _left, _right, _bias, _result;
    private nint _batch, _channels, _imagesPerChunk, _chunksPerBlock;
    // The weight gradient sums up all images; then the right factor is theirs, too.
    private bool _sumsImages;

    /// <summary>One pass; factors as <see cref="DepthwiseTarget"/> names them, and a bias or null.</summary>
    public static void Run(in ConvolutionShape shape, DepthwiseTarget target, T* left, T* right, T* bias, T* result)
    {
        using var table = Scratch.Rent<nint>(DepthwiseTerms.TableSize(shape));
        var body = new DepthwiseConvolution<L, V, T>
        {
            _terms = new DepthwiseTerms(shape, target, L.Count, (nint*)table.Pointer),
            _left = left,
            _right = right,
            _bias = bias,
            _result = result,
            _batch = (nint)shape.Batch,
            _channels = (nint)shape.Groups,
            _sumsImages = target == DepthwiseTarget.Weight,
        };
        long elements = shape.Output.Count * shape.Kernel.Count * L.Count;
        body._imagesPerChunk = body._sumsImages ? body._batch : (nint)Math.Clamp(ElementsPerChunk / elements, 1, shape.Batch);
        body._chunksPerBlock = GemmPlan.Ceiling(body._batch, body._imagesPerChunk);
        nint chunks = GemmPlan.Ceiling(body._channels, L.Count) * body._chunksPerBlock;
        if (elements * shape.Batch * chunks / body._chunksPerBlock <= ElementsPerChunk)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
                body.Run(chunk);
        }
        else
            WorkerPool.Run((int)chunks, ref body);
    }

    public readonly void Run(int chunk)
    {
        nint channel = chunk / _chunksPerBlock * L.Count, firstImage = chunk % _chunksPerBlock * _imagesPerChunk, endImage = Math.Min(_batch, firstImage + _imagesPerChunk);
        int lanes = (int)Math.Min(L.Count, _channels - channel);
        nint lefts = _terms.Lefts * L.Count, rights = _terms.Rights * L.Count, targets = _terms.Targets * L.Count;
        using var room = Scratch.Rent<T>(lefts + rights + targets);
        T* left = (T*)room.Pointer, right = left + lefts, sums = right + rights;
        if (lanes < L.Count)
            BorderedPlane.Clear(left, lefts + rights);
        if (_sumsImages)
            BorderedPlane.Clear(sums, targets);
        else
            Turn(_right + channel * _terms.Rights, _terms.Rights, lanes, right);
        V bias = _bias == null ? L.Broadcast(T.Zero) : L.LoadPart(_bias + channel, lanes);
        for (nint image = firstImage; image < endImage; image++)
        {
            nint plane = image * _channels + channel;
            Turn(_left + plane * _terms.Lefts, _terms.Lefts, lanes, left);
            if (_sumsImages)
            {
                Turn(_right + plane * _terms.Rights, _terms.Rights, lanes, right);
                Sum(left, right, bias, sums);
                continue;
            }
            Sum(left, right, bias, sums);
            TurnBack(sums, lanes, _result + plane * _terms.Targets);
        }
        if (_sumsImages)
            TurnBack(sums, lanes, _result + channel * _terms.Targets);
    }

    private static void Turn(T* planes, nint count, int lanes, T* destination) =>
        GemmPacking<T>.Transpose(planes, count, lanes, count, L.Count, destination);

    private readonly void TurnBack(T* sums, int lanes, T* planes) =>
        GemmPacking<T>.Transpose(sums, L.Count, (int)_terms.Targets, lanes, (int)_terms.Targets, planes);

    /// <summary>All sums of some channels, four terms of a long one at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum(T* left, T* right, V start, T* sums)
    {
        const int Side = 4;
        nint* pair = _terms.Pairs(0);
        for (nint target = 0; target < _terms.Targets; target++, sums += L.Count)
        {
            nint count = _terms.Starts[target + 1] - _terms.Starts[target];
            V sum = _sumsImages ? L.Load(sums) : start;
            if (count >= 2 * Side)
            {
                V second = L.Broadcast(T.Zero), third = second, fourth = second;
                for (; count >= Side; count -= Side, pair += 2 * Side)
                {
                    sum = L.MultiplyAdd(L.Load(left + pair[0]), L.Load(right + pair[1]), sum);
                    second = L.MultiplyAdd(L.Load(left + pair[2]), L.Load(right + pair[3]), second);
                    third = L.MultiplyAdd(L.Load(left + pair[4]), L.Load(right + pair[5]), third);
                    fourth = L.MultiplyAdd(L.Load(left + pair[6]), L.Load(right + pair[7]), fourth);
                }
                sum = L.Add(L.Add(sum, second), L.Add(third, fourth));
            }
            for (; count > 0; count--, pair += 2)
                sum = L.MultiplyAdd(L.Load(left + pair[0]), L.Load(right + pair[1]), sum);
            L.Store(sum, sums);
        }
    }
}
