using Facula.Kernels;

namespace Facula
{
    public static partial class torch
    {
        /// <summary>Discrete Fourier transforms.</summary>
        public abstract partial class fft : fft_functions
        {
            private fft() { }
        }

        /// <summary>The functions of <c>torch.fft</c>, which cannot declare one of its own name itself.</summary>
        public abstract partial class fft_functions
        {
            private protected fft_functions() { }
        }
    }
}

namespace Facula.Ops
{
    /// <summary>What a transform is divided by.</summary>
    internal enum FftNorm { None, Root, Count }

    /// <summary>The arguments that all Fourier transforms share, and the passes over the dimensions.</summary>
    internal static unsafe class Fourier
    {
        internal static FftNorm Norm(string? norm, bool forward) => norm switch
        {
            null or "backward" => forward ? FftNorm.None : FftNorm.Count,
            "forward" => forward ? FftNorm.Count : FftNorm.None,
            "ortho" => FftNorm.Root,
            _ => throw new TorchException($"Invalid normalization mode: \"{norm}\""),
        };

        /// <summary>The factor of a transform over these dimensions of the signal.</summary>
        internal static double Scale(FftNorm norm, in Size signal, in Size dim)
        {
            if (norm == FftNorm.None) return 1;
            double count = 1;
            foreach (long d in dim) count *= signal[(int)d];
            return norm == FftNorm.Root ? 1 / Math.Sqrt(count) : 1 / count;
        }

        /// <summary>float, double or complex: integers become the default float, real numbers complex where asked for.</summary>
        internal static Tensor Promoted(Tensor input, bool complex)
        {
            ScalarType type = input.DType;
            if (type.is_complex) return input;
            if (!type.is_floating_point) type = Defaults.DType;
            Check.That(type == ScalarType.Float32 || type == ScalarType.Float64, $"Unsupported dtype {type.LegacyName}");
            return input.to(complex ? type.ToComplex() : type);
        }

        internal static void RequireReal(string op, string expects, Tensor input) =>
            Check.That(!input.DType.is_complex, $"{op} expects a {expects} tensor, but got {input.DType.LegacyName}");

        internal static void RequireComplexOut(string op, Tensor @out) =>
            Check.That(@out.DType.is_complex, $"{op} expects a complex output tensor, but got {@out.DType.LegacyName}");

        internal static void RequireFloatOut(string op, Tensor @out) =>
            Check.That(@out.DType.is_floating_point, $"{op} expects a floating point output tensor, but got {@out.DType.LegacyName}");

        /// <summary>The one dimension of a transform; a 0-dim tensor has none.</summary>
        internal static int Dim(Tensor input, long dim)
        {
            RequirePoints(input.Rank == 0 ? 0 : 1);
            return Check.Dim(dim, input.Rank);
        }

        internal static void RequirePoints(long points) => Check.That(points >= 1, $"Invalid number of data points ({points}) specified");

        /// <summary>Dimensions and extents of a transform over several: what is not given is all of it.</summary>
        internal static (Size Dim, Size Shape) Plan(Tensor input, Dims s, Dims dim)
        {
            int rank = input.Rank;
            var dims = new long[dim.IsNone ? (s.IsNone ? rank : Math.Min(s.Count, rank)) : dim.Count];
            for (int i = 0; i < dims.Length; i++) dims[i] = dim.IsNone ? rank - dims.Length + i : Check.Dim(dim[i], rank);
            Check.That(dims.Distinct().Count() == dims.Length, $"FFT dims must be unique");
            if (!s.IsNone)
            {
                Check.That(dim.IsNone || dim.Count == s.Count, $"When given, dim and shape arguments must have the same length");
                Check.That(s.Count <= rank, $"Got shape with {s.Count} values but input tensor only has {rank} dimensions.");
            }
            Check.That(rank > 0, $"ndim must be >= 1");
            var shape = new long[dims.Length];
            for (int i = 0; i < dims.Length; i++)
            {
                shape[i] = s.IsNone || s[i] == -1 ? input.Sizes[(int)dims[i]] : s[i];
                RequirePoints(shape[i]);
            }
            return (dims, shape);
        }

        /// <summary>The plan of a transform from a Hermitian spectrum, whose last dimension is stored by half; and the full length of that.</summary>
        internal static (Size Dim, Size Shape, long Length) HalfPlan(string op, Tensor input, Dims s, Dims dim)
        {
            (Size dims, Size shape) = Plan(input, s, dim);
            Check.That(dims.Rank > 0, $"{op} must transform at least one axis");
            long length = s.IsNone || s[s.Count - 1] == -1 ? 2 * (input.Sizes[(int)dims[-1]] - 1) : shape[-1];
            RequirePoints(length);
            return (dims, shape.With(shape.Rank - 1, length / 2 + 1), length);
        }

        /// <summary>Cuts the dimensions or fills them with zeros up to the extents.</summary>
        internal static Tensor Resized(Tensor input, in Size dim, in Size shape)
        {
            var pad = new long[2 * input.Rank];
            bool fill = false;
            for (int i = 0; i < dim.Rank; i++)
            {
                int d = (int)dim[i];
                long extent = input.Sizes[d];
                if (extent > shape[i]) input = Slice.Call(input, d, 0, shape[i]);
                if (extent >= shape[i]) continue;
                pad[2 * (input.Rank - 1 - d) + 1] = shape[i] - extent;
                fill = true;
            }
            return fill ? ConstantPadNd.Call(input, pad, 0) : input;
        }

        /// <summary>Complex passes over the dimensions from row-major memory to row-major memory of the same shape, or in place.</summary>
        internal static void Transform(Tensor source, Tensor target, in Size dim, bool inverse, double scale)
        {
            for (int i = dim.Rank - 1; i >= 0; i--)
            {
                var lines = new Lines(target.SizesRef, (int)dim[i]);
                fixed (byte* s = &source.Reference, t = &target.Reference)
                {
                    if (target.DType == ScalarType.ComplexFloat64) Fft.Complex((double*)s, (double*)t, lines.Outer, lines.Extent, lines.Inner, inverse, scale, lines.Extent);
                    else Fft.Complex((float*)s, (float*)t, lines.Outer, lines.Extent, lines.Inner, inverse, scale, lines.Extent);
                }
                GC.KeepAlive(source);
                source = target;
                scale = 1;
            }
            GC.KeepAlive(target);
        }

        /// <summary>Weights along one dimension of a half spectrum: one for the numbers that are their own mirror images, one for the rest.</summary>
        internal static Tensor HalfWeights(TensorSpec like, long dim, long length, double ends, double middle)
        {
            long half = length / 2 + 1;
            Tensor weights = Tensor.Allocate([half], like.DType.ToReal(), like.Device);
            weights.FillRaw(middle);
            weights.SetElement(0, ends);
            if (length % 2 == 0) weights.SetElement(half - 1, ends);
            return weights.Alias(Size.Repeat(1, like.Sizes.Rank - (int)dim).With(0, half), Size.Repeat(1, like.Sizes.Rank - (int)dim), 0);
        }
    }
}
