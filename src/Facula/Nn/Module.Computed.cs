using System.Diagnostics.CodeAnalysis;
using Facula.Modules;

namespace Facula;

/// <summary>
/// What stands in the place of a parameter that is a function of others: weight normalisation, pruning, parametrizations.
/// It is a tensor with history, of the parameter's type because the property has it; modules do not count it among their parameters.
/// </summary>
internal sealed class ComputedParameter : Parameter
{
    internal ComputedParameter(Tensor value, Func<nn.Module, Tensor>? recipe) : base(value.detach(), requires_grad: false)
    {
        value.RefreshViewHistory();
        CopyAutogradFrom(value);
        Recipe = recipe;
    }

    /// <summary>Computes the value whenever it is read; null where a hook sets it before each forward pass.</summary>
    internal Func<nn.Module, Tensor>? Recipe { get; }

    internal new ComputedParameter Copy()
    {
        using GradModeScope _ = torch.no_grad();
        return new ComputedParameter(this.detach().clone(), Recipe);
    }
}

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            private Dictionary<string, ComputedParameter>? _computed;

            /// <summary>A parameter as it is now: one that is computed on reading is computed here.</summary>
            [return: NotNullIfNotNull(nameof(stored))]
            private protected Parameter? Live(Parameter? stored) =>
                stored is ComputedParameter { Recipe: { } recipe } ? new ComputedParameter(recipe(this), recipe) : stored;

            /// <summary>The tensor of that name, be it parameter, buffer or computed of others: Python's <c>getattr(module, name)</c>; null where there is none.</summary>
            public Tensor? GetAttribute(string name)
            {
                if (_computed is not null && _computed.TryGetValue(name, out ComputedParameter? computed)) return Live(computed);
                return OwnParameters.TryGetValue(name, out Parameter? parameter) && parameter is not null ? parameter
                    : OwnBuffers.TryGetValue(name, out Tensor? buffer) ? buffer : null;
            }

            /// <summary>Whether the name stands for a computed value.</summary>
            internal bool IsComputed(string name) => _computed is not null && _computed.ContainsKey(name);

            /// <summary>Puts a computed value in the place of a parameter.</summary>
            internal void SetComputed(string name, Tensor value, Func<Module, Tensor>? recipe = null)
            {
                var place = new ComputedParameter(value, recipe);
                (_computed ??= [])[name] = place;
                FieldOf(name)?.SetValue(this, place);
                _parameters.Remove(name);
                _buffers.Remove(name);
            }

            /// <summary>Ends the computation: a parameter, or a buffer, stands in its place again.</summary>
            internal void Restore(string name, Tensor value)
            {
                _computed?.Remove(name);
                if (FieldOf(name) is { } field && field.FieldType.IsInstanceOfType(value)) field.SetValue(this, value);
                if (value is Parameter parameter) _parameters[name] = parameter;
                else _buffers[name] = value;
            }

            private System.Reflection.FieldInfo? FieldOf(string name)
            {
                foreach (Registration.Component component in Registration.Of(GetType()))
                    if (component.Name == name && component.Field.FieldType.IsAssignableFrom(typeof(ComputedParameter))) return component.Field;
                return null;
            }

            /// <summary>Computes anew what is computed on reading, for fields that are read directly.</summary>
            internal void RefreshComputed()
            {
                foreach ((string name, ComputedParameter computed) in _computed!.ToArray())
                    if (computed.Recipe is { } recipe && FieldOf(name) is { Name: not ['<', ..] }) SetComputed(name, recipe(this), recipe);
            }

            internal Module? ChildOrNull(string name) => _modules.TryGetValue(name, out Module? child) ? child : null;

            internal void RemoveChild(string name) => _modules.Remove(name);

            internal void RemoveBuffer(string name) => _buffers.Remove(name);

            private Dictionary<string, ComputedParameter>? CopiedComputed(Dictionary<object, object> made)
            {
                if (_computed is null) return null;
                var copies = new Dictionary<string, ComputedParameter>();
                foreach ((string name, ComputedParameter computed) in _computed) copies[name] = (ComputedParameter)Copied(computed, made)!;
                return copies;
            }

            /// <summary>The objects of that type among the receivers of pre-hooks.</summary>
            internal IEnumerable<T> PreHooksOf<T>() where T : class => _anyPreHooks?.Snapshot().Select(h => h.Target).OfType<T>() ?? [];

            internal void RemovePreHook(object receiver) => _anyPreHooks?.Remove(h => ReferenceEquals(h.Target, receiver));
        }
    }
}
