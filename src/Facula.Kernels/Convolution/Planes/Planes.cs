using System.Numerics;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>Which convolutions have their positions in the lanes, for which vectors, and how filters fall into tiles then.</summary>
internal static unsafe class Planes
{
    public const int MostFilters = 6;

    // With more filters than this these lie in the lanes; unless the sums are so short that storing them is the work.
    private const long FewFilters = 12, FewTerms = 16;
    // In rows that fill the widest vectors these fill more of them than sixteen filters do, and nothing needs to be turned for storing.
    // With many terms the inputs no longer stay in the cache from one tile of filters to the next; the less so, the further apart positions are;
    // and where Winograd's algorithm serves, more terms are its business. For one tap the product, too, has positions in the lanes, of several rows.
    private const long WideRow = 16, FewFiltersOfWideRows = 17, FewTermsOfWideRows = 100, FewTermsOfPoints = 40, MostTermsOfWideRows = 300, MostTermsOfDenseRows = 1000;
    public const long LeastWidth = 4;
    private const long MostStride = 4, MostWeights = 1 << 15, MostElements = 1 << 22;

    /// <summary>Filters of the next tile: a height that there is, and leaves one that there is.</summary>
    public static int Block(nint left, int most) => left >= 6 && left != 7 && most >= 6 ? 6 : left >= 4 && left != 5 && most >= 4 ? 4 : (int)Math.Min(left, 3);

    public static bool FitsForward(in ConvolutionShape shape) =>
        shape.Stride.Width <= MostStride && Fits(shape, shape.GroupOutputChannels, shape.FilterSize, shape.Output.Width, shape.Stride.Width == 1 && !Winograd.FitsForward(shape))
        && shape.GroupInputChannels * shape.Input.Count <= MostElements;

    public static bool TryForward<T>(in ConvolutionShape shape, T* input, T* weight, T* bias, T* output) where T : unmanaged, INumberBase<T>
    {
        if (!FitsForward(shape))
            return false;
        if (Takes512<T>(shape.Output.Width))
            PlaneConvolution<GemmLanes512<T>, Vector512<T>, T>.Forward(shape, input, weight, bias, output);
        else if (Takes256<T>(shape.Output.Width))
            PlaneConvolution<GemmLanes256<T>, Vector256<T>, T>.Forward(shape, input, weight, bias, output);
        else
            PlaneConvolution<GemmLanes128<T>, Vector128<T>, T>.Forward(shape, input, weight, bias, output);
        return true;
    }

    public static bool TryInputGradient<T>(in ConvolutionShape shape, T* gradOutput, T* weight, T* gradInput) where T : unmanaged, INumberBase<T>
    {
        long width = shape.Input.Width / shape.Stride.Width;
        // The rows of slices follow each other in the result, too, unless a stride lies between them.
        bool isPlain = IsPlanar(shape) || shape.Stride.Count == 1;
        if (!isPlain || !Fits(shape, shape.GroupInputChannels, shape.GroupOutputChannels * shape.Kernel.Count, width, shape.Stride.Width == 1 && !Winograd.FitsInputGradient(shape)) || shape.GroupOutputChannels * shape.Output.Count > MostElements)
            return false;
        if (Takes512<T>(width))
            PlaneConvolution<GemmLanes512<T>, Vector512<T>, T>.InputGradient(shape, gradOutput, weight, gradInput);
        else if (Takes256<T>(width))
            PlaneConvolution<GemmLanes256<T>, Vector256<T>, T>.InputGradient(shape, gradOutput, weight, gradInput);
        else
            PlaneConvolution<GemmLanes128<T>, Vector128<T>, T>.InputGradient(shape, gradOutput, weight, gradInput);
        return true;
    }

    public static bool TryWeightGradient<T>(in ConvolutionShape shape, T* input, T* gradOutput, T* gradWeight) where T : unmanaged, INumberBase<T>
    {
        if (!IsPlanar(shape) || shape.GroupOutputChannels >= FewFilters || shape.GroupOutputChannels * shape.FilterSize > MostWeights || shape.Output.Width < LeastWidth
            || shape.GroupInputChannels * shape.Input.Count > MostElements)
            return false;
        if (Takes512<T>(shape.Output.Width))
            PlaneWeightGradient<GemmLanes512<T>, Vector512<T>, T>.Run(shape, input, gradOutput, gradWeight);
        else if (Takes256<T>(shape.Output.Width))
            PlaneWeightGradient<GemmLanes256<T>, Vector256<T>, T>.Run(shape, input, gradOutput, gradWeight);
        else
            PlaneWeightGradient<GemmLanes128<T>, Vector128<T>, T>.Run(shape, input, gradOutput, gradWeight);
        return true;
    }

    private static bool Fits(in ConvolutionShape shape, long results, long terms, long width, bool isDense)
    {
        if (width < LeastWidth)
            return false;
        if (results < FewFilters || terms < FewTerms)
            return true;
        if (PointwiseConvolution.Fits(shape) && shape.Stride.Count == 1)
            return width >= WideRow && terms < (results < FewFiltersOfWideRows ? MostTermsOfWideRows : FewTermsOfPoints);
        long lanes = WideRow * ((results + WideRow - 1) / WideRow), places = WideRow * ((width + WideRow - 1) / WideRow);
        long most = results < FewFiltersOfWideRows ? isDense ? MostTermsOfDenseRows : MostTermsOfWideRows
            // Filters that leave more lanes empty than positions do.
            : isDense && lanes * width > results * places ? MostTermsOfWideRows : FewTermsOfWideRows;
        return width >= WideRow && terms < most;
    }

    private static bool IsPlanar(in ConvolutionShape shape) =>
        shape.Input.Depth == 1 && shape.Kernel.Depth == 1 && shape.Padding.Depth == 0 && shape.Stride.Depth == 1 && shape.Stride.Width <= MostStride;

    // The shortest vectors that a row fits into: one that is hardly filled would be work in vain.
    private static bool Takes512<T>(long width) where T : unmanaged => GemmLanes512<T>.IsSupported && width > Vector256<T>.Count;

    private static bool Takes256<T>(long width) where T : unmanaged => GemmLanes256<T>.IsSupported && width > Vector128<T>.Count;
}
