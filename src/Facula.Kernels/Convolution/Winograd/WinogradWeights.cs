namespace Facula.Kernels;

/// <summary>Transformed weights: point, panel of two vectors of output channels, input channel, lane.</summary>
internal unsafe struct WinogradWeights<L, V> : IParallelBody
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    private const int ChannelsPerChunk = 16;

    /// <summary>Channels summed over and channels produced, per group.</summary>
    public nint Inputs, Outputs;
    public int Groups;
    public float* Data;
    private float* _weight;
    private nint _groupStride, _inputStride, _outputStride;
    private bool _turned;

    public static int Panel => 2 * L.Count;
    public readonly nint Panels => GemmPlan.Ceiling(Outputs, Panel);
    /// <summary>The distance of two points: padded, or the 36 stores of a transform would share cache sets.</summary>
    public readonly nint PointStride => Panels * Inputs * Panel + 16;
    public readonly nint Count => Groups * 36 * PointStride;

    public readonly float* At(nint group, nint point, nint panel) => Data + (group * 36 + point) * PointStride + panel * Inputs * Panel;

    /// <summary>Transforms weights of <c>output × input × 3 × 3</c> as they are.</summary>
    public void TransformForward(float* weight)
    {
        _weight = weight;
        (_groupStride, _inputStride, _outputStride, _turned) = (Inputs * Outputs * 9, 9, Inputs * 9, false);
        WorkerPool.Run(Chunks, ref this);
    }

    /// <summary>Transforms them for the input gradient: inputs and outputs change places, and the filters turn round.</summary>
    public void TransformBackward(float* weight)
    {
        _weight = weight;
        (_groupStride, _inputStride, _outputStride, _turned) = (Inputs * Outputs * 9, Outputs * 9, 9, true);
        WorkerPool.Run(Chunks, ref this);
    }

    private readonly nint ChunksPerPanel => GemmPlan.Ceiling(Inputs, ChannelsPerChunk);
    private readonly int Chunks => (int)(Groups * Panels * ChunksPerPanel);

    public readonly void Run(int chunk)
    {
        nint first = chunk % ChunksPerPanel * ChannelsPerChunk, rest = chunk / ChunksPerPanel;
        nint panel = rest % Panels, group = rest / Panels;
        nint lines = Math.Min(Panel, Outputs - panel * Panel);
        float* taps = stackalloc float[9 * 32];
        for (nint input = first, end = Math.Min(Inputs, first + ChannelsPerChunk); input < end; input++)
        {
            float* source = _weight + group * _groupStride + panel * Panel * _outputStride + input * _inputStride;
            GemmPacking<float>.Pack(source, _outputStride, 1, lines, 9, Panel, taps, 0);
            float* from = _turned ? taps + 8 * Panel : taps, to = At(group, 0, panel) + input * Panel;
            nint tap = _turned ? -Panel : Panel;
            WinogradTransforms<L, V>.Weight(from, tap, to, PointStride);
            if (lines > L.Count)
                WinogradTransforms<L, V>.Weight(from + L.Count, tap, to + L.Count, PointStride);
        }
    }
}
