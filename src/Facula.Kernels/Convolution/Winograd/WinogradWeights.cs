using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Transformed weights: point, panel of two vectors of output channels, input channel, lane.</summary>
[SkipLocalsInit]
internal unsafe struct WinogradWeights<L, V> : IParallelBody
    where L : struct, IGemmLanes<V, float>
    where V : struct
{
    private const int ChannelsPerChunk = 8;

    /// <summary>Channels summed over and channels produced, per group.</summary>
    public nint Inputs, Outputs;
    public int Groups;
    /// <summary>Taps of a filter in either direction: 3 or 5.</summary>
    public int Side;
    private float* _data;
    private float* _weight;
    private nint _groupStride, _inputStride, _outputStride;
    private bool _turned;

    /// <summary>The weights of a forward pass.</summary>
    public static WinogradWeights<L, V> Of(in ConvolutionShape shape) =>
        new() { Groups = (int)shape.Groups, Inputs = (nint)shape.GroupInputChannels, Outputs = (nint)shape.GroupOutputChannels, Side = (int)shape.Kernel.Width };

    public static int Panel => 2 * L.Count;
    private readonly int Taps => Side * Side;
    public readonly nint Panels => GemmPlan.Ceiling(Outputs, Panel);
    /// <summary>The distance of two points: padded, or the 36 stores of a transform would share cache sets.</summary>
    public readonly nint PointStride => Panels * Inputs * Panel + 16;
    public readonly nint Count => Groups * WinogradTransforms<L, V>.Points * PointStride;

    public readonly float* At(nint group, nint point, nint panel) => _data + (group * WinogradTransforms<L, V>.Points + point) * PointStride + panel * Inputs * Panel;

    /// <summary>Whether all of them are transformed.</summary>
    public readonly bool IsTransformed => _data != null;

    /// <summary>Takes weights that are transformed already.</summary>
    public void ReadTransformed(float* data) => _data = data;

    /// <summary>Takes weights of <c>output × input × taps</c> as they are.</summary>
    public void ReadForward(float* weight)
    {
        _weight = weight;
        (_groupStride, _inputStride, _outputStride, _turned) = (Inputs * Outputs * Taps, Taps, Inputs * Taps, false);
    }

    /// <summary>Takes them for the input gradient: inputs and outputs change places, and the filters turn round.</summary>
    public void ReadBackward(float* weight)
    {
        _weight = weight;
        (_groupStride, _inputStride, _outputStride, _turned) = (Inputs * Outputs * Taps, Outputs * Taps, Taps, true);
    }

    /// <summary>Transforms all of them into a buffer of <see cref="Count"/> elements.</summary>
    public void TransformAll(float* data)
    {
        _data = data;
        WorkerPool.Run((int)(Groups * Panels * ChunksPerPanel), ref this);
    }

    private readonly nint ChunksPerPanel => GemmPlan.Ceiling(Inputs, ChannelsPerChunk);

    public readonly void Run(int chunk)
    {
        nint first = chunk % ChunksPerPanel * ChannelsPerChunk, rest = chunk / ChunksPerPanel;
        nint panel = rest % Panels, group = rest / Panels;
        Transform(group, panel, first, Math.Min(ChannelsPerChunk, Inputs - first), At(group, 0, panel) + first * Panel, PointStride);
    }

    /// <summary>Transforms a panel's filters for some input channels: point, input channel, lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Transform(nint group, nint panel, nint first, nint inputs, float* destination, nint point)
    {
        nint lines = Math.Min(Panel, Outputs - panel * Panel);
        int taps = Taps;
        float* packed = stackalloc float[ChannelsPerChunk * taps * 32];
        for (nint done = 0; done < inputs; done += ChannelsPerChunk)
        {
            nint count = Math.Min(ChannelsPerChunk, inputs - done);
            float* source = _weight + group * _groupStride + panel * Panel * _outputStride + (first + done) * _inputStride;
            if (_inputStride == taps)
            {
                GemmPacking<float>.Pack(source, _outputStride, 1, lines, taps * count, Panel, packed, 0);
            }
            else
            {
                for (nint i = 0; i < count; i++)
                    GemmPacking<float>.Pack(source + i * _inputStride, _outputStride, 1, lines, taps, Panel, packed + i * taps * Panel, 0);
            }
            float* from = _turned ? packed + (taps - 1) * Panel : packed;
            nint tap = _turned ? -Panel : Panel;
            for (nint i = 0; i < count; i++, from += taps * Panel, destination += Panel)
            {
                for (nint lane = 0; lane < lines; lane += L.Count)
                {
                    if (Side == 3)
                        WinogradTransforms<L, V>.Weight(from + lane, tap, destination + lane, point);
                    else
                        WinogradTransforms<L, V>.WeightOfFive(from + lane, tap, destination + lane, point);
                }
            }
        }
    }
}
