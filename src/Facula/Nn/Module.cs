using System.Diagnostics.CodeAnalysis;
using Facula.Modules;

namespace Facula;

public static partial class torch
{
    /// <summary><c>torch.nn</c>: modules, their factories, <c>functional</c>, <c>init</c> and <c>utils</c>.</summary>
    public static partial class nn
    {
        /// <summary>A tensor that a module registers as trainable.</summary>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        /// <summary>A tensor that a module registers as a buffer.</summary>
        public static Facula.Modules.Buffer Buffer(Tensor data, bool persistent = true) => new(data, persistent);

        /// <summary>
        /// The base of all modules. Fields and auto-properties of module, parameter and buffer type register themselves,
        /// in declaration order, base classes first, under their name without a leading underscore.
        /// </summary>
        [DynamicallyAccessedMembers(Registration.Members)]
        public abstract partial class Module : IDisposable
        {
            private readonly string? _name;

            protected Module(string? name = null) => _name = name;

            /// <summary>Whether the module is in training mode.</summary>
            public bool training { get; set; } = true;

            /// <summary>The name that <see cref="object.ToString"/> shows: the class's.</summary>
            public virtual string GetName()
            {
                string name = GetType().Name;
                int generic = name.IndexOf('`');
                if (generic >= 0) name = name[..generic];
                return utils.parametrize.is_parametrized(this) ? "Parametrized" + name : name;
            }

            /// <summary>The parameters of this module and of those within it, each once.</summary>
            public IEnumerable<Parameter> parameters(bool recurse = true)
            {
                var found = new List<Parameter>();
                Collect(found, new HashSet<object>(ReferenceEqualityComparer.Instance) { this }, recurse);
                foreach (Parameter parameter in found) yield return parameter;
            }

            // As named_parameters, without a name for each.
            private void Collect(List<Parameter> found, HashSet<object> seen, bool recurse)
            {
                foreach ((string _, Parameter? parameter) in OwnParameters)
                    if (parameter is not null && seen.Add(parameter)) found.Add(parameter);
                if (!recurse) return;
                foreach ((string _, Module? child) in OwnModules)
                    if (child is not null && seen.Add(child)) child.Collect(found, seen, recurse);
            }

            /// <summary>The parameters with their paths, each once.</summary>
            public IEnumerable<(string name, Parameter parameter)> named_parameters(string prefix = "", bool recurse = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach ((string path, Module module) in recurse ? named_modules(prefix: prefix) : [(prefix, this)])
                {
                    foreach ((string name, Parameter? parameter) in module.OwnParameters)
                        if (parameter is not null && seen.Add(parameter)) yield return (Join(path, name), parameter);
                }
            }

            /// <summary>The buffers of this module and of those within it, each once.</summary>
            public IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse: recurse).Select(b => b.buffer);

            /// <summary>The buffers with their paths, each once.</summary>
            public IEnumerable<(string name, Tensor buffer)> named_buffers(string prefix = "", bool recurse = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach ((string path, Module module) in recurse ? named_modules(prefix: prefix) : [(prefix, this)])
                {
                    foreach ((string name, Tensor? buffer) in module.OwnBuffers)
                        if (buffer is not null && seen.Add(buffer)) yield return (Join(path, name), buffer);
                }
            }

            /// <summary>The modules directly within this one, each once.</summary>
            public IEnumerable<Module> children() => named_children().Select(c => c.module);

            /// <summary>The modules directly within this one with their names, each once.</summary>
            public IEnumerable<(string name, Module module)> named_children()
            {
                var seen = new HashSet<Module>(ReferenceEqualityComparer.Instance);
                foreach ((string name, Module? child) in OwnModules)
                    if (child is not null && seen.Add(child)) yield return (name, child);
            }

            /// <summary>This module and all within it, each once.</summary>
            public IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            /// <summary>This module and all within it with their paths, each once.</summary>
            public IEnumerable<(string name, Module module)> named_modules(HashSet<Module>? memo = null, string prefix = "", bool remove_duplicate = true)
            {
                memo ??= new HashSet<Module>(ReferenceEqualityComparer.Instance);
                if (remove_duplicate ? !memo.Add(this) : memo.Contains(this)) yield break;
                yield return (prefix, this);
                foreach ((string name, Module? child) in OwnModules)
                {
                    if (child is null) continue;
                    foreach ((string, Module) inner in child.named_modules(memo, Join(prefix, name), remove_duplicate)) yield return inner;
                }
            }

            private static string Join(string prefix, string name) => prefix.Length == 0 ? name : prefix + "." + name;

            /// <summary>Calls <paramref name="fn"/> for all modules within, then for this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (Module child in children()) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Puts this module and all within it into training mode, or out of it.</summary>
            public virtual void train(bool mode = true)
            {
                training = mode;
                if (OwnModules.Count == 0) return;
                foreach (Module child in children()) child.train(mode);
            }

            /// <summary>Puts this module and all within it into evaluation mode.</summary>
            public void eval() => train(false);

            /// <summary>Sets the gradients of all parameters to zero, or forgets them.</summary>
            public void zero_grad(bool set_to_none = false)
            {
                foreach (Parameter parameter in parameters())
                {
                    if (parameter.AutogradOrNull?.Grad is not { } grad) continue;
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }
                    grad.detach_();
                    if (grad is SparseTensor sparse) sparse.Clear();
                    else grad.zero_();
                }
            }

            /// <summary>Says whether the parameters want gradients.</summary>
            public Module requires_grad_(bool requires_grad = true)
            {
                foreach (Parameter parameter in parameters()) parameter.requires_grad_(requires_grad);
                return this;
            }

            /// <summary>Replaces the memory of every parameter, its gradient and every buffer by what <paramref name="convert"/> makes of it.</summary>
            internal void Convert(Func<Tensor, Tensor> convert)
            {
                using GradModeScope _ = no_grad();
                foreach (Module module in modules().ToArray())
                {
                    foreach ((string _, Parameter? parameter) in module.OwnParameters)
                    {
                        if (parameter is null) continue;
                        parameter.data = convert(parameter.detach());
                        if (parameter.AutogradOrNull?.Grad is { } grad) grad.data = convert(grad.detach());
                    }
                    foreach ((string _, Tensor? buffer) in module.OwnBuffers)
                        if (buffer is not null) buffer.data = convert(buffer.detach());
                }
            }

            /// <summary>Disposes parameters and buffers, here and within; nobody has to.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                foreach (Parameter parameter in parameters().ToArray()) parameter.Dispose();
                foreach (Tensor buffer in buffers().ToArray()) buffer.Dispose();
            }
        }
    }
}

/// <summary>Conversions of whole modules; each returns the module in its own type.</summary>
public static class ModuleConversions
{
    /// <summary>Moves and converts: floating-point parameters and buffers take the dtype.</summary>
    public static T to<T>(this T module, ScalarType dtype, bool non_blocking = false) where T : nn.Module
    {
        if (!dtype.IsDifferentiable)
            throw new ArgumentException($"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}");
        module.Convert(t => t.dtype.IsDifferentiable ? t.to(dtype) : t);
        return module;
    }

    /// <summary>Moves to a device; floating-point parameters and buffers take the dtype when one is given.</summary>
    public static T to<T>(this T module, Device device, ScalarType? dtype = null, bool non_blocking = false) where T : nn.Module
    {
        module.Convert(t => t.to(device, dtype is { } d && t.dtype.IsDifferentiable ? d : t.dtype));
        return module;
    }

    /// <summary>Moves to the device of that name.</summary>
    public static T to<T>(this T module, string device, ScalarType? dtype = null) where T : nn.Module => module.to(new Device(device), dtype);

    /// <summary>Takes the dtype and device of a tensor.</summary>
    public static T to<T>(this T module, Tensor tensor) where T : nn.Module => module.to(tensor.device, tensor.dtype);

    /// <summary>Moves to the CPU.</summary>
    public static T cpu<T>(this T module) where T : nn.Module => module.to(CPU);

    /// <summary>Moves to a CUDA device.</summary>
    public static T cuda<T>(this T module, int? device = null) where T : nn.Module => module.to(new Device("cuda", device));

    /// <summary>Floating-point parameters and buffers become float32.</summary>
    public static T @float<T>(this T module) where T : nn.Module => Floats(module, float32);

    /// <summary>Floating-point parameters and buffers become float64.</summary>
    public static T @double<T>(this T module) where T : nn.Module => Floats(module, float64);

    /// <summary>Floating-point parameters and buffers become float16.</summary>
    public static T half<T>(this T module) where T : nn.Module => Floats(module, float16);

    /// <summary>Floating-point parameters and buffers become bfloat16.</summary>
    public static T bfloat16<T>(this T module) where T : nn.Module => Floats(module, torch.bfloat16);

    /// <summary>All parameters and buffers take the dtype.</summary>
    public static T type<T>(this T module, ScalarType dst_type) where T : nn.Module
    {
        module.Convert(t => t.to(dst_type));
        return module;
    }

    private static T Floats<T>(T module, ScalarType dtype) where T : nn.Module
    {
        module.Convert(t => t.dtype.is_floating_point ? t.to(dtype) : t);
        return module;
    }
}
