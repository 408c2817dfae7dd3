using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Computes a weight of largest singular value 1 before each forward pass, by steps of power iteration.</summary>
            private sealed class SpectralNorm(string name, long iterations, long dim, double eps)
            {
                internal string Name => name;

                internal Tensor Matrix(Tensor weight)
                {
                    if (dim != 0) weight = weight.permute([dim, .. Enumerable.Range(0, weight.ndim).Select(d => (long)d).Where(d => d != dim)]);
                    return weight.reshape(weight.shape[0], -1);
                }

                internal Tensor Compute(Module module, bool iterate)
                {
                    Tensor weight = module.GetAttribute(name + "_orig")!, u = module.GetAttribute(name + "_u")!, v = module.GetAttribute(name + "_v")!;
                    Tensor matrix = Matrix(weight);
                    if (iterate)
                    {
                        using GradModeScope _ = no_grad();
                        for (long i = 0; i < iterations; i++)
                        {
                            v.copy_(functional.normalize(mv(matrix.t(), u), dim: 0, eps: eps));
                            u.copy_(functional.normalize(mv(matrix, v), dim: 0, eps: eps));
                        }
                        // What the graph keeps must survive the next forward pass, which writes the buffers.
                        (u, v) = (u.clone(), v.clone());
                    }
                    return weight / dot(u, mv(matrix, v));
                }

                internal object?[]? BeforeForward(Module module, object?[] inputs)
                {
                    module.SetComputed(name, Compute(module, module.training));
                    return null;
                }

                internal void Remove(Module module)
                {
                    using GradModeScope _ = no_grad();
                    Tensor weight = Compute(module, iterate: false).detach();
                    module.RemoveBuffer(name + "_u");
                    module.RemoveBuffer(name + "_v");
                    module.RemoveParameter(name + "_orig");
                    module.Restore(name, new Parameter(weight));
                }
            }

            /// <summary>Divides a parameter by its largest singular value in each forward pass; the parameter itself is then called <c>name_orig</c>.</summary>
            public static T spectral_norm<T>(T module, string name = "weight", long n_power_iterations = 1, double eps = 1e-12, long? dim = null) where T : Module
            {
                long along = dim ?? (module is Facula.Modules.ConvTranspose1d or Facula.Modules.ConvTranspose2d or Facula.Modules.ConvTranspose3d ? 1 : 0);
                if (module.PreHooksOf<SpectralNorm>().Any(h => h.Name == name)) throw new TorchException($"Cannot register two spectral_norm hooks on the same parameter {name}");
                if (n_power_iterations <= 0) throw new ArgumentException($"Expected n_power_iterations to be positive, but got n_power_iterations={n_power_iterations}");
                if (module.GetAttribute(name) is not Parameter weight) throw new ArgumentException($"`SpectralNorm` cannot be applied as parameter `{name}` is None");
                var method = new SpectralNorm(name, n_power_iterations, along, eps);
                using GradModeScope _ = no_grad();
                Tensor matrix = method.Matrix(weight);
                Tensor Direction(long count) => functional.normalize(torch.empty(new Size(count), dtype: weight.dtype, device: weight.device).normal_(0, 1), dim: 0, eps: eps);
                Tensor u = Direction(matrix.shape[0]), v = Direction(matrix.shape[1]);
                module.RemoveParameter(name);
                module.register_parameter(name + "_orig", weight);
                module.SetComputed(name, weight.detach());
                module.register_buffer(name + "_u", u);
                module.register_buffer(name + "_v", v);
                module.register_forward_pre_hook(method.BeforeForward);
                return module;
            }

            /// <summary>Ends spectral normalisation: the weight of now becomes the parameter.</summary>
            public static T remove_spectral_norm<T>(T module, string name = "weight") where T : Module
            {
                SpectralNorm method = module.PreHooksOf<SpectralNorm>().FirstOrDefault(h => h.Name == name)
                    ?? throw new ArgumentException($"spectral_norm of '{name}' not found in {module}");
                method.Remove(module);
                module.RemovePreHook(method);
                return module;
            }
        }
    }
}
