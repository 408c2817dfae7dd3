using System.Numerics;

namespace Facula.Kernels;

/// <summary>The weights as the left factor of a product, packed once for all images: blocks of k, within them panels of tile rows.</summary>
internal unsafe struct PackedWeights<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int LongestK = 256;

    public T* Data;
    public nint M, K, KBlock, PanelStride;
    public int Groups;

    public PackedWeights(int groups, nint m, nint k)
    {
        Groups = groups;
        M = m;
        K = k;
        KBlock = k <= LongestK ? Math.Max(1, k) : GemmPlan.Ceiling(GemmPlan.Ceiling(k, GemmPlan.Ceiling(k, LongestK)), 8) * 8;
        PanelStride = KBlock * L.Rows + 64 / sizeof(T);
        Data = null;
    }

    public readonly nint Panels => GemmPlan.Ceiling(M, L.Rows);
    public readonly nint KBlocks => Math.Max(1, GemmPlan.Ceiling(K, KBlock));
    public readonly nint Count => Groups * KBlocks * Panels * PanelStride;
    public readonly nint Length(nint kBlock) => Math.Min(KBlock, K - kBlock * KBlock);
    public readonly T* At(nint group, nint kBlock, nint row) => Data + ((group * KBlocks + kBlock) * Panels + row / L.Rows) * PanelStride;

    /// <summary>Packs all groups; strides are those of the weight read as M × K.</summary>
    public readonly void Pack(T* weight, nint groupStride, nint mStride, nint kStride)
    {
        for (nint group = 0; group < Groups; group++)
        {
            for (nint block = 0; block < KBlocks; block++)
                GemmPacking<T>.Pack(weight + group * groupStride + block * KBlock * kStride, mStride, kStride, M, Length(block), L.Rows, At(group, block, 0), PanelStride);
        }
    }
}
