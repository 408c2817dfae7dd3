using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary><c>torch.nn.utils.prune</c>: parameters of which a mask lets only a part through.</summary>
            public static partial class prune
            {
                /// <summary>Prepares pruning without pruning anything: a mask of ones.</summary>
                public static T identity<T>(T module, string name) where T : Module => Pruned(module, name, new Identity());

                /// <summary>Prunes single elements at random: a number of them, or a fraction.</summary>
                public static T random_unstructured<T>(T module, string name, Scalar amount) where T : Module => Pruned(module, name, new RandomUnstructured(amount));

                /// <summary>Prunes the elements of smallest absolute value.</summary>
                public static T l1_unstructured<T>(T module, string name, Scalar amount, Tensor? importance_scores = null) where T : Module =>
                    Pruned(module, name, new L1Unstructured(amount), importance_scores);

                /// <summary>Prunes slices along a dimension at random.</summary>
                public static T random_structured<T>(T module, string name, Scalar amount, long dim) where T : Module => Pruned(module, name, new RandomStructured(amount, dim));

                /// <summary>Prunes the slices along a dimension whose norm of order <paramref name="n"/> is smallest.</summary>
                public static T ln_structured<T>(T module, string name, Scalar amount, Scalar n, long dim, Tensor? importance_scores = null) where T : Module =>
                    Pruned(module, name, new LnStructured(amount, n, dim), importance_scores);

                /// <summary>Prunes by a mask of one's own.</summary>
                public static T custom_from_mask<T>(T module, string name, Tensor mask) where T : Module => Pruned(module, name, new CustomFromMask(mask));

                private static T Pruned<T>(T module, string name, BasePruningMethod method, Tensor? importance_scores = null) where T : Module
                {
                    BasePruningMethod.apply(module, name, method, importance_scores);
                    return module;
                }

                /// <summary>Prunes several parameters as if they were one: their elements compete with one another.</summary>
                public static void global_unstructured(IEnumerable<(Module module, string name)> parameters, BasePruningMethod pruning_method,
                    IReadOnlyDictionary<(Module module, string name), Tensor>? importance_scores = null)
                {
                    (Module module, string name)[] all = [.. parameters];
                    if (pruning_method.PRUNING_TYPE != "unstructured")
                        throw new ArgumentException($"Only \"unstructured\" PRUNING_TYPE supported for the `pruning_method`. Found method {pruning_method.GetType().Name} of type {pruning_method.PRUNING_TYPE}");
                    using GradModeScope _ = no_grad();
                    Tensor scores = parameters_to_vector(all.Select(p => importance_scores is not null && importance_scores.TryGetValue(p, out Tensor? given) ? given : Attribute(p.module, p.name)));
                    Tensor before = parameters_to_vector(all.Select(p => p.module.GetAttribute(p.name + "_mask") ?? ones_like(Attribute(p.module, p.name))));
                    pruning_method.TensorName = "temp";
                    Tensor mask = new PruningContainer(pruning_method).compute_mask(scores, before);
                    long start = 0;
                    foreach ((Module module, string name) in all)
                    {
                        Tensor tensor = Attribute(module, name);
                        custom_from_mask(module, name, mask.narrow(0, start, tensor.numel()).view_as(tensor));
                        start += tensor.numel();
                    }
                }

                /// <summary>Ends pruning: the pruned tensor becomes the parameter.</summary>
                public static T remove<T>(T module, string name) where T : Module
                {
                    BasePruningMethod method = module.PreHooksOf<BasePruningMethod>().FirstOrDefault(h => h.TensorName == name)
                        ?? throw new ArgumentException($"Parameter '{name}' of module {module} has to be pruned before pruning can be removed");
                    method.remove(module);
                    module.RemovePreHook(method);
                    return module;
                }

                /// <summary>Whether the module or one within it is pruned.</summary>
                public static bool is_pruned(Module module) => module.modules().Any(m => m.PreHooksOf<BasePruningMethod>().Any());

                internal static Tensor Attribute(Module module, string name) =>
                    module.GetAttribute(name) ?? throw new ArgumentException($"'{module.GetName()}' object has no attribute '{name}'");
            }
        }
    }
}
