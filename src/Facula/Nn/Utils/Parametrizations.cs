using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary><c>torch.nn.utils.parametrizations</c>: ready-made parametrizations.</summary>
            public static partial class parametrizations
            {
                /// <summary>Divides a parameter by its largest singular value, estimated by power iteration in training.</summary>
                public static T spectral_norm<T>(T module, string name = "weight", long n_power_iterations = 1, double eps = 1e-12, long? dim = null) where T : Module
                {
                    Tensor weight = TensorOf(module, name);
                    long along = dim ?? (module is Facula.Modules.ConvTranspose1d or Facula.Modules.ConvTranspose2d or Facula.Modules.ConvTranspose3d ? 1 : 0);
                    return parametrize.register_parametrization(module, name, new _SpectralNorm(weight, n_power_iterations, along, eps));
                }

                /// <summary>Makes a parameter of length, <c>original0</c>, and direction, <c>original1</c>.</summary>
                public static T weight_norm<T>(T module, string name = "weight", long? dim = 0) where T : Module
                {
                    TensorOf(module, name);
                    return parametrize.register_parametrization(module, name, new _WeightNorm(dim ?? -1), @unsafe: true);
                }

                internal static Tensor TensorOf(Module module, string name) =>
                    module.GetAttribute(name) ?? throw new ArgumentException($"Module '{module}' has no parameter or buffer with name '{name}'");

                private sealed class _WeightNorm(long dim) : Module<Tensor, Tensor, Tensor>, parametrize.IRightInverseOfSeveral
                {
                    public override Tensor forward(Tensor weight_g, Tensor weight_v) => _weight_norm(weight_v, weight_g, dim);

                    public Tensor[] right_inverse(Tensor value) => [norm_except_dim(value, 2, dim), value.clone()];
                }

                private sealed class _SpectralNorm : Module<Tensor, Tensor>, parametrize.IRightInverse
                {
                    private readonly long _dim, _iterations;
                    private readonly double _eps;

                    internal _SpectralNorm(Tensor weight, long n_power_iterations, long dim, double eps)
                    {
                        if (dim >= weight.ndim || dim < -weight.ndim)
                            throw new IndexOutOfRangeException($"Dimension out of range (expected to be in range of [-{weight.ndim}, {weight.ndim - 1}] but got {dim})");
                        if (n_power_iterations <= 0) throw new ArgumentException($"Expected n_power_iterations to be positive, but got n_power_iterations={n_power_iterations}");
                        _dim = dim >= 0 ? dim : dim + weight.ndim;
                        _eps = eps;
                        _iterations = n_power_iterations;
                        if (weight.ndim <= 1) return;
                        using GradModeScope _ = no_grad();
                        Tensor matrix = Matrix(weight);
                        Tensor Direction(long count) => torch.empty(new Size(count), dtype: weight.dtype, device: weight.device).normal_(0, 1);
                        Tensor u = Direction(matrix.shape[0]), v = Direction(matrix.shape[1]);
                        register_buffer("_u", functional.normalize(u, dim: 0, eps: eps));
                        register_buffer("_v", functional.normalize(v, dim: 0, eps: eps));
                        Iterate(matrix, 15);
                    }

                    private Tensor Matrix(Tensor weight)
                    {
                        if (_dim != 0) weight = weight.permute([_dim, .. Enumerable.Range(0, weight.ndim).Select(d => (long)d).Where(d => d != _dim)]);
                        return weight.flatten(1);
                    }

                    private void Iterate(Tensor matrix, long times)
                    {
                        using GradModeScope _ = no_grad();
                        Tensor u = BufferOrNull("_u")!, v = BufferOrNull("_v")!;
                        for (long i = 0; i < times; i++)
                        {
                            u.copy_(functional.normalize(mv(matrix, v), dim: 0, eps: _eps));
                            v.copy_(functional.normalize(mv(matrix.t(), u), dim: 0, eps: _eps));
                        }
                    }

                    public override Tensor forward(Tensor weight)
                    {
                        if (weight.ndim == 1) return functional.normalize(weight, dim: 0, eps: _eps);
                        Tensor matrix = Matrix(weight);
                        if (training) Iterate(matrix, _iterations);
                        Tensor u = BufferOrNull("_u")!.clone(), v = BufferOrNull("_v")!.clone();
                        return weight / dot(u, mv(matrix, v));
                    }

                    public Tensor right_inverse(Tensor value) => value;
                }
            }
        }
    }
}
