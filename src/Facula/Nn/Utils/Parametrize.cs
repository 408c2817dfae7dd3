using System.Diagnostics.CodeAnalysis;
using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary><c>torch.nn.utils.parametrize</c>: parameters that are functions of others, computed whenever they are read.</summary>
            public static partial class parametrize
            {
                private const string Child = "parametrizations";

                [ThreadStatic] private static int t_caching;
                [ThreadStatic] private static Dictionary<(Module, string), Tensor>? t_cache;

                /// <summary>A parametrization that can say of which value a given one is the image; used on registration and assignment.</summary>
                public interface IRightInverse
                {
                    /// <summary>A value that the parametrization maps to <paramref name="value"/>.</summary>
                    Tensor right_inverse(Tensor value);
                }

                /// <summary>A parametrization of several tensors, which become <c>original0</c>, <c>original1</c> …</summary>
                public interface IRightInverseOfSeveral
                {
                    /// <summary>Values that the parametrization maps to <paramref name="value"/>.</summary>
                    Tensor[] right_inverse(Tensor value);
                }

                private sealed class Cached : IDisposable
                {
                    private bool _ended;

                    public void Dispose()
                    {
                        if (_ended) return;
                        _ended = true;
                        if (--t_caching == 0) t_cache = null;
                    }
                }

                /// <summary>Until disposed, each parametrized tensor is computed once on this thread.</summary>
                public static IDisposable cached()
                {
                    t_caching++;
                    return new Cached();
                }

                internal static ModuleDict<ParametrizationList>? Parametrizations(Module module) =>
                    module.ChildOrNull(Child) as ModuleDict<ParametrizationList>;

                /// <summary>Whether the module has parametrized tensors, or one of that name.</summary>
                public static bool is_parametrized(Module module, string? tensor_name = null) =>
                    Parametrizations(module) is { Count: > 0 } all && (tensor_name is null || all.ContainsKey(tensor_name));

                /// <summary>The class of the module.</summary>
                public static Type type_before_parametrizations(Module module) => module.GetType();

                private static Tensor Value(Module module, string name)
                {
                    ParametrizationList list = Parametrizations(module)![name];
                    if (t_caching == 0) return list.call();
                    t_cache ??= [];
                    if (!t_cache.TryGetValue((module, name), out Tensor? known)) t_cache[(module, name)] = known = list.call();
                    return known;
                }

                /// <summary>
                /// Makes a parameter or buffer the image of a module: <c>module.name</c> is from now on <paramref name="parametrization"/> of
                /// <c>module.parametrizations.name.original</c>. Further parametrizations follow the ones before. With <paramref name="unsafe"/> shape and dtype may change.
                /// </summary>
                public static T register_parametrization<T>(T module, string tensor_name, Module parametrization, bool @unsafe = false) where T : Module
                {
                    parametrization.train(module.training);
                    if (is_parametrized(module, tensor_name))
                    {
                        if (!@unsafe) CheckNext(module, tensor_name, parametrization);
                        ParametrizationList list = Parametrizations(module)![tensor_name];
                        list.append(parametrization);
                        list.@unsafe |= @unsafe;
                        return module;
                    }
                    if (!module.OwnParameters.ContainsKey(tensor_name) && !module.OwnBuffers.ContainsKey(tensor_name) || module.GetAttribute(tensor_name) is not { } original)
                        throw new ArgumentException($"Module '{module}' does not have a parameter, a buffer, or a parametrized element with name '{tensor_name}'");
                    var made = new ParametrizationList([parametrization], original, @unsafe);
                    module.RemoveParameter(tensor_name);
                    module.RemoveBuffer(tensor_name);
                    if (Parametrizations(module) is not { } all) module.add_module(Child, all = new ModuleDict<ParametrizationList>());
                    all[tensor_name] = made;
                    module.SetComputed(tensor_name, made.call(), owner => Value(owner, tensor_name));
                    // Fields that users read without a property see the value of the latest call.
                    if (!module.PreHooksOf<Refresher>().Any()) module.register_forward_pre_hook(new Refresher().BeforeForward);
                    return module;
                }

                private sealed class Refresher
                {
                    internal object?[]? BeforeForward(Module module, object?[] inputs)
                    {
                        module.RefreshComputed();
                        return null;
                    }
                }

                private static void CheckNext(Module module, string name, Module parametrization)
                {
                    Tensor before = module.GetAttribute(name)!;
                    Tensor after = ((Module<Tensor, Tensor>)parametrization).call(before);
                    if (after.dtype != before.dtype)
                        throw new ArgumentException($"Registering a parametrization may not change the dtype of the tensor, unless the `unsafe` flag is enabled.\nmodule.{name}.dtype: {before.dtype}\nparametrization(module.{name}).dtype: {after.dtype}");
                    if (after.shape != before.shape)
                        throw new ArgumentException($"Registering a parametrization may not change the shape of the tensor, unless the `unsafe` flag is enabled.\nmodule.{name}.shape: {before.shape}\nparametrization(module.{name}).shape: {after.shape}");
                    if (parametrization is not IRightInverse inverse) return;
                    Tensor back = inverse.right_inverse(after);
                    if (back.dtype != before.dtype)
                        throw new ArgumentException($"The tensor returned by parametrization.right_inverse must have the same dtype as module.{name}, unless the `unsafe` flag is enabled.\nmodule.{name}.dtype: {before.dtype}\nreturned dtype: {back.dtype}");
                    if (back.shape != before.shape)
                        throw new ArgumentException($"The tensor returned by parametrization.right_inverse must have the same shape as module.{name}, unless the `unsafe` flag is enabled.\nmodule.{name}.shape: {before.shape}\nreturned shape: {back.shape}");
                }

                /// <summary>Ends the parametrization: the value of now, or with <paramref name="leave_parametrized"/> false the original, becomes the parameter or buffer.</summary>
                public static T remove_parametrizations<T>(T module, string tensor_name, bool leave_parametrized = true) where T : Module
                {
                    if (!is_parametrized(module, tensor_name)) throw new ArgumentException($"Module {module} does not have a parametrization on {tensor_name}");
                    ModuleDict<ParametrizationList> all = Parametrizations(module)!;
                    ParametrizationList list = all[tensor_name];
                    Tensor original;
                    if (list.is_tensor)
                    {
                        original = list.original!;
                        using GradModeScope _ = no_grad();
                        if (leave_parametrized) original.data = list.call().detach().clone();
                    }
                    else if (leave_parametrized)
                    {
                        Tensor value = list.call();
                        original = value.requires_grad ? new Parameter(value.detach()) : value;
                    }
                    else
                    {
                        throw new ArgumentException("Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is parametrized in terms of a sequence of tensors.");
                    }
                    all.pop(tensor_name);
                    module.Restore(tensor_name, original);
                    if (all.Count > 0) return module;
                    module.RemoveChild(Child);
                    foreach (Refresher refresher in module.PreHooksOf<Refresher>().ToArray()) module.RemovePreHook(refresher);
                    return module;
                }

                /// <summary>Gives another module the parametrizations of this one, and their parameters.</summary>
                public static T transfer_parametrizations_and_params<T>(Module from_module, T to_module, string? tensor_name = null) where T : Module
                {
                    if (Parametrizations(from_module) is not { } all) return to_module;
                    foreach (string name in tensor_name is null ? all.keys() : [tensor_name])
                    {
                        if (to_module.GetAttribute(name) is null) to_module.register_parameter(name, new Parameter(from_module.GetAttribute(name)!.detach().clone()));
                        foreach (Module parametrization in all[name]) register_parametrization(to_module, name, parametrization);
                        Parametrizations(to_module)![name].ShareOriginals(all[name]);
                    }
                    return to_module;
                }
            }
        }
    }
}

/// <summary>What Python reads as an attribute of parametrized modules.</summary>
public static class ParametrizationExtensions
{
    extension(nn.Module module)
    {
        /// <summary>The parametrizations of the module by the names of its tensors.</summary>
        public ModuleDict<ParametrizationList> parametrizations => nn.utils.parametrize.Parametrizations(module)
            ?? throw new ArgumentException($"'{module.GetName()}' object has no attribute 'parametrizations'");
    }
}
