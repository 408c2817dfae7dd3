using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Computes a weight of length <c>name_g</c> and direction <c>name_v</c> before each forward pass.</summary>
            private sealed class WeightNorm(string name, long dim)
            {
                internal string Name => name;

                internal Tensor Compute(Module module) => _weight_norm(module.GetAttribute(name + "_v")!, module.GetAttribute(name + "_g")!, dim);

                internal object?[]? BeforeForward(Module module, object?[] inputs)
                {
                    module.SetComputed(name, Compute(module));
                    return null;
                }

                internal void Remove(Module module)
                {
                    Tensor weight = Compute(module).detach();
                    module.RemoveParameter(name + "_g");
                    module.RemoveParameter(name + "_v");
                    module.Restore(name, new Parameter(weight));
                }
            }

            /// <summary>
            /// Replaces a parameter by its length, <c>name_g</c>, and its direction, <c>name_v</c>; lengths are those of the slices along <paramref name="dim"/>,
            /// or of the whole tensor when it is null.
            /// </summary>
            public static T weight_norm<T>(T module, string name = "weight", long? dim = 0) where T : Module
            {
                if (module.PreHooksOf<WeightNorm>().Any(h => h.Name == name)) throw new TorchException($"Cannot register two weight_norm hooks on the same parameter {name}");
                var method = new WeightNorm(name, dim ?? -1);
                Tensor weight = module.GetAttribute(name) ?? throw new ArgumentException($"'{module.GetName()}' object has no attribute '{name}'");
                module.RemoveParameter(name);
                module.register_parameter(name + "_g", new Parameter(norm_except_dim(weight.detach(), 2, dim ?? -1)));
                module.register_parameter(name + "_v", new Parameter(weight.detach()));
                module.SetComputed(name, method.Compute(module));
                module.register_forward_pre_hook(method.BeforeForward);
                return module;
            }

            /// <summary>Ends weight normalisation: the weight of now becomes the parameter.</summary>
            public static T remove_weight_norm<T>(T module, string name = "weight") where T : Module
            {
                WeightNorm method = module.PreHooksOf<WeightNorm>().FirstOrDefault(h => h.Name == name)
                    ?? throw new ArgumentException($"weight_norm of '{name}' not found in {module}");
                method.Remove(module);
                module.RemovePreHook(method);
                return module;
            }
        }
    }
}
