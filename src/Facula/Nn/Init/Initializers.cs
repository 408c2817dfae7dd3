using Facula.Ops;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary><c>torch.nn.init</c>: fills tensors in place, unrecorded, and returns them.</summary>
        public static partial class init
        {
            [ThreadStatic] private static bool t_skipped;

            /// <summary>Whether initialisers do nothing, on this thread.</summary>
            internal static bool Skipped
            {
                get => t_skipped;
                set => t_skipped = value;
            }

            private static Tensor Unrecorded(Tensor tensor, Func<Tensor, Tensor> fill)
            {
                if (t_skipped) return tensor;
                using GradModeScope _ = no_grad();
                fill(tensor);
                return tensor;
            }

            /// <summary>A (semi-)orthogonal matrix, times <paramref name="gain"/>.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1)
            {
                if (tensor.ndim < 2) throw new ArgumentException("Only tensors with 2 or more dimensions are supported");
                if (tensor.Numel == 0) return tensor;
                long rows = tensor.shape[0], columns = tensor.Numel / rows;
                return Unrecorded(tensor, t =>
                {
                    Tensor flat = torch.randn(new Size(rows, columns), dtype: t.dtype);
                    if (rows < columns) flat = flat.t();
                    var (q, r) = linalg.qr(flat);
                    q = q * r.diagonal().sign();
                    if (rows < columns) q = q.t();
                    return t.copy_(q.reshape(t.shape)).mul_(gain);
                });
            }

            /// <summary>Uniform numbers of [a, b).</summary>
            public static Tensor uniform_(Tensor tensor, double a = 0, double b = 1) => Unrecorded(tensor, t => t.uniform_(a, b));

            /// <summary>Normal numbers.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1) => Unrecorded(tensor, t => t.normal_(mean, std));

            /// <summary>One value everywhere.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Unrecorded(tensor, t => t.fill_(val));

            /// <summary>Ones.</summary>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1.0);

            /// <summary>Zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0.0);

            /// <summary>The identity matrix.</summary>
            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.ndim != 2) throw new ArgumentException("Only tensors with 2 dimensions are supported");
                return Unrecorded(tensor, t =>
                {
                    t.zero_();
                    for (long i = 0; i < Math.Min(t.shape[0], t.shape[1]); i++) t.SetElement(i * t.stride(0) + i * t.stride(1), 1);
                    t.BumpVersion();
                    return t;
                });
            }

            /// <summary>A kernel that passes channels through, in each group as many as fit.</summary>
            public static Tensor dirac_(Tensor tensor, long groups = 1)
            {
                int rank = tensor.ndim;
                if (rank is not (3 or 4 or 5)) throw new ArgumentException("Only tensors with 3, 4, or 5 dimensions are supported");
                if (tensor.shape[0] % groups != 0) throw new ArgumentException("dim 0 must be divisible by groups");
                long perGroup = tensor.shape[0] / groups;
                long channels = Math.Min(perGroup, tensor.shape[1]);
                return Unrecorded(tensor, t =>
                {
                    t.zero_();
                    for (long g = 0; g < groups; g++)
                        for (long d = 0; d < channels; d++)
                        {
                            long at = (g * perGroup + d) * t.stride(0) + d * t.stride(1);
                            for (int i = 2; i < rank; i++) at += t.shape[i] / 2 * t.stride(i);
                            t.SetElement(at, 1);
                        }
                    t.BumpVersion();
                    return t;
                });
            }

            /// <summary>The recommended gain of a nonlinearity.</summary>
            public static double calculate_gain(string nonlinearity, Scalar? param = null)
            {
                switch (nonlinearity)
                {
                    case "linear" or "conv1d" or "conv2d" or "conv3d" or "conv_transpose1d" or "conv_transpose2d" or "conv_transpose3d" or "sigmoid":
                        return 1;
                    case "tanh":
                        return 5.0 / 3;
                    case "relu":
                        return Math.Sqrt(2);
                    case "leaky_relu":
                        if (param is { IsBool: true }) throw new ArgumentException($"negative_slope {param} not a valid number");
                        double slope = param?.ToDouble() ?? 0.01;
                        return Math.Sqrt(2 / (1 + slope * slope));
                    case "selu":
                        return 3.0 / 4;
                    default:
                        throw new ArgumentException($"Unsupported nonlinearity {nonlinearity}");
                }
            }

            internal static (long fanIn, long fanOut) Fans(Tensor tensor)
            {
                if (tensor.ndim < 2) throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                long field = 1;
                for (int i = 2; i < tensor.ndim; i++) field *= tensor.shape[i];
                return (tensor.shape[1] * field, tensor.shape[0] * field);
            }

            private static long Fan(Tensor tensor, string mode)
            {
                mode = mode.ToLowerInvariant();
                if (mode is not ("fan_in" or "fan_out")) throw new ArgumentException($"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']");
                (long fanIn, long fanOut) = Fans(tensor);
                return mode == "fan_in" ? fanIn : fanOut;
            }

            /// <summary>Glorot's uniform initialisation: bound gain·√(6/(fan_in+fan_out)).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                (long fanIn, long fanOut) = Fans(tensor);
                double bound = Math.Sqrt(3.0) * (gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Glorot's normal initialisation: deviation gain·√(2/(fan_in+fan_out)).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1)
            {
                (long fanIn, long fanOut) = Fans(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            /// <summary>He's uniform initialisation: bound gain·√(3/fan).</summary>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, string mode = "fan_in", string nonlinearity = "leaky_relu")
            {
                if (tensor.Numel == 0)
                {
                    warnings.warn("Initializing zero-element tensors is a no-op");
                    return tensor;
                }
                double bound = Math.Sqrt(3.0) * (calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>He's normal initialisation: deviation gain/√fan.</summary>
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, string mode = "fan_in", string nonlinearity = "leaky_relu")
            {
                if (tensor.Numel == 0)
                {
                    warnings.warn("Initializing zero-element tensors is a no-op");
                    return tensor;
                }
                return normal_(tensor, 0, calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));
            }

            /// <summary>Normal numbers within [a, b], by the inverse distribution function.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2)
            {
                static double Cdf(double x) => (1 + Facula.Kernels.SpecialFunctions.Erf(x / Math.Sqrt(2))) / 2;
                if (mean < a - 2 * std || mean > b + 2 * std)
                    warnings.warn("mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of values may be incorrect.");
                double low = Cdf((a - mean) / std), high = Cdf((b - mean) / std);
                return Unrecorded(tensor, t => t.uniform_(2 * low - 1, 2 * high - 1).erfinv_().mul_(std * Math.Sqrt(2)).add_(mean).clamp_(min: a, max: b));
            }

            /// <summary>Normal numbers of which a fraction <paramref name="sparsity"/> in each column is zero.</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                if (tensor.ndim != 2) throw new ArgumentException("Only tensors with 2 dimensions are supported");
                long rows = tensor.shape[0], columns = tensor.shape[1];
                long zeros = (long)Math.Ceiling(sparsity * rows);
                return Unrecorded(tensor, t =>
                {
                    t.normal_(0, std);
                    for (long c = 0; c < columns; c++)
                    {
                        long[] order = torch.randperm(rows).ToArray<long>();
                        for (long i = 0; i < zeros; i++) t.SetElement(order[i] * t.stride(0) + c * t.stride(1), 0);
                    }
                    t.BumpVersion();
                    return t;
                });
            }
        }
    }
}
