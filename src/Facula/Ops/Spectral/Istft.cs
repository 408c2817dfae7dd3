namespace Facula.Ops;

[CompositeOp("istft")]
internal static partial class Istft
{
    /// <summary>The signal of the spectra that stft gave: overlapping windows added up and divided by the sum of the squared windows.</summary>
    static Tensor Compose(Tensor input, long n_fft, long? hop_length = null, long? win_length = null, Tensor? window = null, bool center = true,
        bool normalized = false, bool? onesided = null, long? length = null, bool return_complex = false)
    {
        if (!input.DType.is_complex)
            torch.warnings.warn("istft will require a complex-valued input tensor in a future PyTorch release. Matching the output from stft with return_complex=True. ");
        long hop = hop_length ?? n_fft >> 2, width = win_length ?? n_fft;
        string Call() => $"istft({Frames.TypeName(input)}{input.SizesRef.Brackets()}, n_fft={n_fft}, hop_length={hop}, win_length={width}, window={Frames.Describe(window)}, " +
            $"center={Frames.Flag(center)}, normalized={Frames.Flag(normalized)}, onesided={Frames.Flag(onesided)}, length={length?.ToString() ?? "None"}, return_complex={Frames.Flag(return_complex)}) ";
        // PyTorch counts the dimensions of the real view.
        int rank = input.DType.is_complex ? input.Rank + 1 : input.Rank;
        if (rank < 3) throw new IndexOutOfRangeException($"Dimension out of range (expected to be in range of [{-rank}, {rank - 1}], but got -3)");
        Size sizes = input.DType.is_complex ? input.SizesRef.Insert(input.Rank, 2) : input.SizesRef;
        long frames = sizes[-2], bins = sizes[-3];
        if (input.Numel == 0) throw new TorchException(Call() + ": input tensor cannot be empty.");
        if (rank is not (3 or 4)) throw new TorchException(Call() + $": expected a tensor with 3 or 4 dimensions, but got {rank}");
        if (sizes[-1] != 2) throw new TorchException(Call() + $": expected the last dimension to be 2 (corresponding to real and imaginary parts), but got {sizes[-1]}");
        bool half = onesided ?? bins != n_fft;
        if (half && n_fft / 2 + 1 != bins)
            throw new TorchException(Call() + $": expected the frequency dimension (3rd to the last) of the input tensor to match n_fft / 2 + 1 when onsided=True, but got {bins}");
        if (!half && n_fft != bins)
            throw new TorchException(Call() + $": expected the frequency dimension (3rd to the last) of the input tensor to match n_fft when onsided=False, but got {bins}");
        if (hop <= 0 || hop > width) throw new TorchException(Call() + ": expected 0 < hop_length <= win_length");
        if (width <= 0 || width > n_fft) throw new TorchException(Call() + ": expected 0 < win_length <= n_fft");
        if (window is not null && (window.Rank != 1 || window.Sizes[0] != width))
            throw new TorchException(Call() + ": Invalid window shape. window has to be 1D and length of `win_length`");

        Tensor spectra = input.DType.is_complex ? input : ViewAsComplex.Call(input.contiguous());
        if (rank == 3) spectra = Unsqueeze.Call(spectra, 0);
        spectra = Transpose.Call(spectra, 1, 2);        // (channels, frames, frequencies)
        Tensor shape = Frames.Window(window, width, n_fft, spectra.DType.ToReal());
        FftNorm norm = normalized ? FftNorm.Root : FftNorm.Count;
        Tensor signals;
        if (return_complex)
        {
            Check.That(!half, $"Cannot have onesided output if window or input is complex");
            signals = FftC2C.Call(spectra, [2], norm, forward: false);
        }
        else
        {
            Check.That(window is null || !window.DType.is_complex, $"Complex windows are incompatible with return_complex=False");
            if (!half) spectra = Slice.Call(spectra, -1, 0, n_fft / 2 + 1);
            signals = FftC2R.Call(spectra, [2], norm, n_fft, conjugate: false);
        }

        long covered = n_fft + hop * (frames - 1), start = center ? n_fft / 2 : 0;
        long end = length is { } given ? start + given : center ? covered - n_fft / 2 : covered;
        Tensor sum = Slice.Call(Overlap(signals * shape, hop, covered), 1, start, end);
        Tensor squares = Expand.Call(shape.pow(2), [1, frames, n_fft]);
        Tensor envelope = Slice.Call(Overlap(squares, hop, covered), 1, start, end);
        if (envelope.detach().abs().min().item().ToDouble() < 1e-11) throw new TorchException(Call() + "window overlap add min: 1");
        sum = sum / envelope;
        if (rank == 3) sum = SqueezeDim.Call(sum, 0);
        if (end <= covered) return sum;
        torch.warnings.warn("The length of signal is shorter than the length parameter. Result is being padded with zeros in the tail. Please check your center and hop_length settings.");
        return ConstantPadNd.Call(sum, [0, end - covered], 0);
    }

    /// <summary>Adds up frames <c>(channels, frames, n)</c> that start <paramref name="hop"/> apart: <c>(channels, length)</c>.</summary>
    private static Tensor Overlap(Tensor frames, long hop, long length)
    {
        long channels = frames.Sizes[0];
        Tensor flat = ScatterStrided.Call(frames, channels * length, frames.SizesRef, [length, hop, 1], 0);
        return View.Call(flat, [channels, length]);
    }
}
