using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Facula.Modules;

namespace Facula;

/// <summary>The name under which a field registers, when it is not the field's own.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ComponentNameAttribute : Attribute
{
    /// <summary>The name in state dicts.</summary>
    public string Name { get; set; } = "";
}

/// <summary>Reads which fields of a module class hold components; once per class.</summary>
internal static class Registration
{
    internal const DynamicallyAccessedMemberTypes Members =
        DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields
        | DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.NonPublicProperties;

    internal readonly record struct Component(FieldInfo Field, string Name, string ExactName, bool IsTensor);

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, Component[]> s_components = new();

    /// <summary>The component fields in declaration order, base classes first.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "the annotation on nn.Module keeps the fields of every derived class")]
    internal static Component[] Of(Type type)
    {
        if (s_components.TryGetValue(type, out Component[]? known)) return known;
        var chain = new Stack<Type>();
        for (Type? t = type; t is not null && t != typeof(nn.Module) && t != typeof(object); t = t.BaseType) chain.Push(t);
        var found = new List<Component>();
        foreach (Type t in chain) Collect(t, found);
        return s_components.GetOrAdd(type, found.ToArray());
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "the annotation on nn.Module keeps the fields of every derived class")]
    private static void Collect(Type type, List<Component> found)
    {
        FieldInfo[] fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
        Array.Sort(fields, (a, b) => a.MetadataToken.CompareTo(b.MetadataToken));
        foreach (FieldInfo field in fields)
        {
            Type held = field.FieldType;
            bool component = typeof(nn.Module).IsAssignableFrom(held) || typeof(Tensor).IsAssignableFrom(held)
                || (held.IsInterface && held.Name.StartsWith("IModule", StringComparison.Ordinal));
            if (!component) continue;
            string name = field.Name;
            ComponentNameAttribute? given = field.GetCustomAttribute<ComponentNameAttribute>();
            if (name.StartsWith('<'))
            {
                name = name[1..name.IndexOf('>')];
                given ??= type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetCustomAttribute<ComponentNameAttribute>();
            }
            string exact = given?.Name ?? name;
            found.Add(new(field, given?.Name ?? (name.Length > 1 ? name.TrimStart('_') : name), exact, typeof(Tensor).IsAssignableFrom(held)));
        }
    }
}

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            private OrderedDict<string, Parameter?> _parameters = [];
            private OrderedDict<string, Tensor?> _buffers = [];
            private OrderedDict<string, Module?> _modules = [];
            private Registration.Component[]? _components;
            private HashSet<string>? _transient;    // buffers that are not saved
            private bool _tensorFieldsAreBuffers;   // TorchSharp's RegisterComponents was called

            internal OrderedDict<string, Parameter?> OwnParameters
            {
                get
                {
                    Synchronize();
                    return _parameters;
                }
            }

            internal OrderedDict<string, Tensor?> OwnBuffers
            {
                get
                {
                    Synchronize();
                    return _buffers;
                }
            }

            internal OrderedDict<string, Module?> OwnModules
            {
                get
                {
                    Synchronize(modulesOnly: true);
                    return _modules;
                }
            }

            internal bool IsTransient(string buffer) => _transient is not null && _transient.Contains(buffer);

            // Fields may be assigned at any time, so the registry follows them when it is read.
            private void Synchronize(bool modulesOnly = false)
            {
                foreach (ref readonly Registration.Component component in (_components ??= Registration.Of(GetType())).AsSpan())
                {
                    if (modulesOnly && component.IsTensor) continue;
                    object? value = component.Field.GetValue(this);
                    string name = _tensorFieldsAreBuffers ? component.ExactName : component.Name;
                    switch (value)
                    {
                        case Module module:
                            if (!_modules.TryGetValue(name, out Module? known) || !ReferenceEquals(known, module)) _modules[name] = module;
                            break;
                        case ComputedParameter:
                            _parameters.Remove(name);
                            break;
                        case Parameter parameter:
                            if (!_parameters.TryGetValue(name, out Parameter? old) || !ReferenceEquals(old, parameter)) _parameters[name] = parameter;
                            break;
                        case Facula.Modules.Buffer buffer:
                            if (!_buffers.TryGetValue(name, out Tensor? before) || !ReferenceEquals(before, buffer)) register_buffer(name, buffer, buffer.persistent);
                            break;
                        case Tensor tensor when _tensorFieldsAreBuffers:
                            if (!_parameters.ContainsKey(name)) _buffers[name] = tensor;
                            break;
                        case null:
                            if (typeof(Module).IsAssignableFrom(component.Field.FieldType)) _modules.Remove(name);
                            else if (typeof(Parameter).IsAssignableFrom(component.Field.FieldType)) _parameters.Remove(name);
                            break;
                    }
                }
            }

            /// <summary>TorchSharp's call: fields register by themselves; after it, plain tensor fields are buffers and names are exact.</summary>
            protected virtual void RegisterComponents()
            {
                _tensorFieldsAreBuffers = true;
                Synchronize();
            }

            /// <summary>Registers a parameter under a name of one's own; null keeps the name free.</summary>
            public void register_parameter(string name, Parameter? param)
            {
                CheckName(name, "parameter");
                CheckFree(name, _buffers.ContainsKey(name) || _modules.ContainsKey(name));
                if (param is not null && param.GradFnOrNull is not null)
                    throw new ArgumentException($"Cannot assign non-leaf Tensor to parameter '{name}'. Model parameters must be created explicitly. To express '{name}' as a function of another Tensor, compute the value in the forward() method.");
                _parameters[name] = param;
            }

            /// <summary>Registers a buffer: state that is not trained; saved unless <paramref name="persistent"/> is false.</summary>
            public void register_buffer(string name, Tensor? tensor, bool persistent = true)
            {
                CheckName(name, "buffer");
                CheckFree(name, _parameters.ContainsKey(name) || _modules.ContainsKey(name));
                _buffers[name] = tensor;
                if (persistent) _transient?.Remove(name);
                else (_transient ??= []).Add(name);
            }

            /// <summary>Registers a module under a name of one's own.</summary>
            public void register_module(string name, Module? module) => add_module(name, module);

            /// <summary>Registers a module under a name of one's own.</summary>
            public virtual void add_module(string name, Module? module)
            {
                CheckName(name, "module");
                CheckFree(name, _parameters.ContainsKey(name) || _buffers.ContainsKey(name));
                _modules[name] = module;
            }

            private static void CheckFree(string name, bool taken)
            {
                if (taken) throw new KeyNotFoundException($"attribute '{name}' already exists");
            }

            private static void CheckName(string name, string kind)
            {
                if (name.Contains('.')) throw new ArgumentException($"{kind} name can't contain \".\", got: {name}");
                if (name.Length == 0) throw new ArgumentException($"{kind} name can't be empty string \"\"");
            }

            private protected void RemoveModule(string name) => _modules.Remove(name);

            private protected void ClearModules() => _modules.Clear();

            private protected void SetParameter(string name, Parameter? parameter) => _parameters[name] = parameter;

            private protected Parameter? ParameterOrNull(string name) => _parameters.TryGetValue(name, out Parameter? parameter) ? parameter : null;

            private protected Tensor? BufferOrNull(string name) => _buffers.TryGetValue(name, out Tensor? buffer) ? buffer : null;

            internal void RemoveParameter(string name)
            {
                _parameters.Remove(name);
                foreach (Registration.Component component in Registration.Of(GetType()))
                    if (component.Name == name && typeof(Tensor).IsAssignableFrom(component.Field.FieldType)) component.Field.SetValue(this, null);
            }

            /// <summary>Replaces a component by name, with PyTorch's type checks: the C# form of <c>setattr(module, name, value)</c>.</summary>
            public void SetAttribute(string name, object? value)
            {
                Registration.Component component = Registration.Of(GetType()).FirstOrDefault(c => c.Name == name);
                if (IsComputed(name) && utils.parametrize.is_parametrized(this, name) && value is Tensor assigned)
                    utils.parametrize.Parametrizations(this)![name].right_inverse(assigned);
                else if (OwnParameters.ContainsKey(name))
                {
                    if (value is not null and not Facula.Modules.Parameter)
                        throw new ArgumentException($"cannot assign '{TypeText(value)}' as parameter '{name}' (torch.nn.Parameter or None expected)");
                    component.Field?.SetValue(this, value);
                    _parameters[name] = (Parameter?)value;
                }
                else if (_modules.ContainsKey(name))
                {
                    if (value is not null and not Module)
                        throw new ArgumentException($"cannot assign '{TypeText(value)}' as child module '{name}' (torch.nn.Module or None expected)");
                    component.Field?.SetValue(this, value);
                    _modules[name] = (Module?)value;
                }
                else if (_buffers.ContainsKey(name))
                {
                    if (value is not null and not Tensor)
                        throw new ArgumentException($"cannot assign '{TypeText(value)}' as buffer '{name}' (torch.Tensor or None expected)");
                    _buffers[name] = (Tensor?)value;
                }
                else if (value is Parameter parameter) register_parameter(name, parameter);
                else if (value is Module module) add_module(name, module);
                else throw new ArgumentException($"'{GetName()}' object has no attribute '{name}'");
            }

            private static string TypeText(object value) => value switch
            {
                Tensor tensor => $"torch.{tensor.DType.LegacyName}Tensor",
                int or long => "int",
                float or double => "float",
                string => "str",
                _ => value.GetType().Name,
            };

            /// <summary>The parameter at the path, such as <c>layer.0.weight</c>.</summary>
            public Parameter get_parameter(string target)
            {
                (Module module, string name) = Locate(target);
                return module.OwnParameters.TryGetValue(name, out Parameter? parameter) && parameter is not null
                    ? parameter
                    : throw new ArgumentException($"{module.GetName()} has no attribute `{name}`");
            }

            /// <summary>The buffer at the path.</summary>
            public Tensor get_buffer(string target)
            {
                (Module module, string name) = Locate(target);
                return module.OwnBuffers.TryGetValue(name, out Tensor? buffer) && buffer is not null
                    ? buffer
                    : throw new ArgumentException($"{module.GetName()} has no attribute `{name}`");
            }

            /// <summary>The module at the path; the empty path names this one.</summary>
            public Module get_submodule(string target)
            {
                Module module = this;
                if (target.Length == 0) return module;
                foreach (string part in target.Split('.'))
                    module = module.OwnModules.TryGetValue(part, out Module? child) && child is not null
                        ? child
                        : throw new ArgumentException($"{module.GetName()} has no attribute `{part}`");
                return module;
            }

            private (Module, string) Locate(string target)
            {
                int dot = target.LastIndexOf('.');
                return dot < 0 ? (this, target) : (get_submodule(target[..dot]), target[(dot + 1)..]);
            }
        }
    }
}
