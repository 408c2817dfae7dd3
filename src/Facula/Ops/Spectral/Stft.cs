namespace Facula.Ops;

[CompositeOp("stft")]
internal static partial class Stft
{
    /// <summary>The Fourier transforms of windows that move over a signal <c>(L)</c> or <c>(B, L)</c>, as <c>(frequencies, frames)</c> or <c>(B, frequencies, frames)</c>.</summary>
    static Tensor Compose(Tensor input, long n_fft, long? hop_length = null, long? win_length = null, Tensor? window = null, bool center = true,
        string pad_mode = "reflect", bool normalized = false, bool? onesided = null, bool? return_complex = null)
    {
        if (center) input = Centered(input, n_fft / 2, pad_mode);
        long hop = hop_length ?? n_fft >> 2, width = win_length ?? n_fft;
        bool complex = return_complex ?? (input.DType.is_complex || window is { DType.is_complex: true });
        if (!complex && return_complex is null)
            torch.warnings.warn("stft will soon require the return_complex parameter be given for real inputs, and will further require that return_complex=True in a future PyTorch release.");

        string Call() => $"stft({Frames.TypeName(input)}{input.SizesRef.Brackets()}, n_fft={n_fft}, hop_length={hop}, win_length={width}, window={Frames.Describe(window)}, " +
            $"normalized={Frames.Flag(normalized)}, onesided={Frames.Flag(onesided)}, return_complex={Frames.Flag(return_complex)}) ";
        if (!input.DType.IsDifferentiable) throw new TorchException(Call() + ": expected a tensor of floating point or complex values");
        if (input.Rank is not (1 or 2)) throw new TorchException(Call() + ": expected a 1D or 2D tensor");
        long length = input.Sizes[^1];
        if (n_fft <= 0 || n_fft > length) throw new TorchException(Call() + $": expected 0 < n_fft < {length}, but got n_fft={width}");
        if (hop <= 0) throw new TorchException(Call() + $": expected hop_length > 0, but got hop_length={hop}");
        if (width <= 0 || width > n_fft) throw new TorchException(Call() + $": expected 0 < win_length <= n_fft, but got win_length={width}");
        if (window is not null && (window.Rank != 1 || window.Sizes[0] != width))
            throw new TorchException(Call() + $": expected a 1D window tensor of size equal to win_length={width}, but got window with size {window.SizesRef.Brackets()}");

        Tensor signal = input.Rank == 1 ? Unsqueeze.Call(input, 0) : input;
        long count = 1 + (length - n_fft) / hop, batch = signal.Strides[0], step = signal.Strides[1];
        Tensor frames = AsStrided.Call(signal, [signal.Sizes[0], count, n_fft], [batch, hop * step, step]);
        if (window is not null || width < n_fft) frames = frames * Frames.Window(window, width, n_fft, input.DType);

        FftNorm norm = normalized ? FftNorm.Root : FftNorm.None;
        bool half = onesided ?? !frames.DType.is_complex;
        Tensor spectra;
        if (frames.DType.is_complex)
        {
            Check.That(!half, $"Cannot have onesided output if window or input is complex");
            spectra = FftC2C.Call(frames, [2], norm, forward: true);
        }
        else spectra = FftR2C.Call(frames, [2], norm, half, conjugate: false);
        spectra = Transpose.Call(spectra, 1, 2);
        if (input.Rank == 1) spectra = SqueezeDim.Call(spectra, 0);
        return complex ? spectra : ViewAsReal.Call(spectra);
    }

    private static Tensor Centered(Tensor input, long pad, string mode)
    {
        Size extended = Size.Repeat(1, Math.Max(0, 3 - input.Rank)).Concat(input.SizesRef.AsSpan());
        Tensor padded = Pad.Call(Reshape.Call(input, extended), [pad, pad], mode);
        return Reshape.Call(padded, new Size(padded.Sizes[^input.Rank..]));
    }
}

/// <summary>What stft and istft share.</summary>
internal static class Frames
{
    /// <summary>The window, or ones, in the middle of <paramref name="count"/> points.</summary>
    internal static Tensor Window(Tensor? window, long width, long count, ScalarType dtype)
    {
        Tensor middle = window ?? Factories.Filled([width], 1, dtype, null, false);
        long left = (count - width) / 2;
        return width == count ? middle : ConstantPadNd.Call(middle, [left, count - width - left], 0);
    }

    internal static string TypeName(Tensor tensor) => tensor.DType.is_complex ? $"CPU{tensor.DType.LegacyName}Type" : $"torch.{tensor.DType.LegacyName}Tensor";

    internal static string Describe(Tensor? window) => window is null ? "None" : $"{TypeName(window)}{{{window.SizesRef.Brackets()}}}";

    internal static string Flag(bool? flag) => flag is null ? "None" : flag.Value ? "1" : "0";
}
