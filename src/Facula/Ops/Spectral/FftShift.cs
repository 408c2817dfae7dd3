namespace Facula.Ops;

[CompositeOp("fftshift", In = "torch.fft")]
internal static partial class FftShift
{
    /// <summary>A copy of a spectrum with the zero frequency moved to the middle of the dimensions.</summary>
    static Tensor Compose(Tensor input, Dims dim = default) => Shifted(input, dim, 0);

    /// <summary>Rolls each dimension by half its extent, rounded up when <paramref name="up"/> is 1.</summary>
    internal static Tensor Shifted(Tensor input, Dims dim, int up)
    {
        var dims = new long[dim.IsNone ? input.Rank : dim.Count];
        var shifts = new long[dims.Length];
        for (int i = 0; i < dims.Length; i++)
        {
            dims[i] = dim.IsNone ? i : Check.Dim(dim[i], input.Rank);
            shifts[i] = input.Rank == 0 ? 0 : (input.Sizes[(int)dims[i]] + up) / 2;
        }
        return Roll.Call(input, shifts, dims);
    }
}

[CompositeOp("ifftshift", In = "torch.fft")]
internal static partial class InverseFftShift
{
    /// <summary>The inverse of fftshift.</summary>
    static Tensor Compose(Tensor input, Dims dim = default) => FftShift.Shifted(input, dim, 1);
}
