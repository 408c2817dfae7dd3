using Facula.Kernels;

namespace Facula.Ops;

// Each of the two is the other's inverse, and its derivative.

[TensorOp("pixel_shuffle", In = "torch.nn.functional", Method = false, Out = false)]
[Alias("torch.pixel_shuffle", Method = false)]
internal static partial class PixelShuffle
{
    /// <summary>(…, C·r², H, W) to (…, C, H·r, W·r).</summary>
    static TensorSpec Infer(Tensor input, long upscale_factor)
    {
        long r = upscale_factor;
        int rank = input.Rank;
        Check.That(rank >= 3, $"pixel_shuffle expects input to have at least 3 dimensions, but got input with {rank} dimension(s)");
        Check.That(r > 0, $"pixel_shuffle expects a positive upscale_factor, but got {r}");
        long c = input.Sizes[rank - 3];
        Check.That(c % (r * r) == 0, $"pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)={c} is not divisible by {r * r}");
        return new(input.SizesRef.With(rank - 3, c / (r * r)).With(rank - 2, input.Sizes[rank - 2] * r).With(rank - 1, input.Sizes[rank - 1] * r), input.DType, input.device);
    }

    static void Compute(Tensor input, long upscale_factor, Tensor result) => Pixels.Move(input, upscale_factor, false, result, input.SizesRef);

    static Tensor GradInput(Tensor grad, long upscale_factor) => PixelUnshuffle.Call(grad, upscale_factor);
}

[TensorOp("pixel_unshuffle", In = "torch.nn.functional", Method = false, Out = false)]
[Alias("torch.pixel_unshuffle", Method = false)]
internal static partial class PixelUnshuffle
{
    /// <summary>(…, C, H·r, W·r) to (…, C·r², H, W).</summary>
    static TensorSpec Infer(Tensor input, long downscale_factor)
    {
        long r = downscale_factor;
        int rank = input.Rank;
        Check.That(rank >= 3, $"pixel_unshuffle expects input to have at least 3 dimensions, but got input with {rank} dimension(s)");
        Check.That(r > 0, $"pixel_unshuffle expects a positive downscale_factor, but got {r}");
        long c = input.Sizes[rank - 3], h = input.Sizes[rank - 2], w = input.Sizes[rank - 1];
        Check.That(h % r == 0, $"pixel_unshuffle expects height to be divisible by downscale_factor, but input.size(-2)={h} is not divisible by {r}");
        Check.That(w % r == 0, $"pixel_unshuffle expects width to be divisible by downscale_factor, but input.size(-1)={w} is not divisible by {r}");
        return new(input.SizesRef.With(rank - 3, c * r * r).With(rank - 2, h / r).With(rank - 1, w / r), input.DType, input.device);
    }

    static void Compute(Tensor input, long downscale_factor, Tensor result) => Pixels.Move(input, downscale_factor, true, result, result.SizesRef);

    static Tensor GradInput(Tensor grad, long downscale_factor) => PixelShuffle.Call(grad, downscale_factor);
}

/// <summary>Moves pixels between channels and space.</summary>
internal static unsafe class Pixels
{
    /// <summary>Writes the result; <paramref name="small"/> is the shape with more channels.</summary>
    internal static void Move(Tensor input, long factor, bool back, Tensor result, in Size small)
    {
        if (result.Numel == 0) return;
        Tensor x = Dense.Of(input, input.DType), y = Dense.Target(result, result.DType);
        long height = small.AsSpan()[^2], width = small.AsSpan()[^1];
        fixed (byte* from = &x.Reference, to = &y.Reference)
        {
            var action = new Action { Source = from, Destination = to, Planes = x.Numel / (height * width * factor * factor), Factor = factor, Height = height, Width = width, Back = back };
            TypeSwitch.Width(x.DType, ref action);
        }
        GC.KeepAlive(x);
        Dense.Finish(y, result);
    }

    private struct Action : ITypeAction
    {
        public byte* Source, Destination;
        public long Planes, Factor, Height, Width;
        public bool Back;

        public readonly void Run<T>() where T : unmanaged => PixelKernels.Move((T*)Source, (T*)Destination, Planes, Factor, Height, Width, Back);
    }
}
