using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Puts other tensors in the place of parameters and buffers, by their paths, until the scope is disposed.</summary>
            internal IDisposable Swapped(IEnumerable<KeyValuePair<string, Tensor>> replacements)
            {
                var undo = new Stack<Action>();
                var scope = new SwapScope(undo);
                try
                {
                    foreach ((string path, Tensor value) in replacements)
                    {
                        (Module module, string name) = Locate(path);
                        undo.Push(module.Exchange(name, value) ?? throw new ArgumentException($"'{module.GetName()}' object has no attribute '{name}'"));
                    }
                }
                catch
                {
                    scope.Dispose();
                    throw;
                }
                return scope;
            }

            private Action? Exchange(string name, Tensor value)
            {
                System.Reflection.FieldInfo? field = Registration.Of(GetType()).FirstOrDefault(c => c.Name == name).Field;
                if (OwnParameters.TryGetValue(name, out Parameter? parameter))
                {
                    Put(_parameters, Facula.Modules.Parameter.StandingFor(value));
                    return () => Put(_parameters, parameter);
                }
                if (OwnBuffers.TryGetValue(name, out Tensor? buffer))
                {
                    Put(_buffers, field?.FieldType == typeof(Facula.Modules.Buffer) ? new Facula.Modules.Buffer(value) : value);
                    return () => Put(_buffers, buffer);
                }
                return null;

                void Put<T>(OrderedDict<string, T?> own, T? tensor) where T : Tensor
                {
                    field?.SetValue(this, tensor);
                    own[name] = tensor;
                }
            }

            private sealed class SwapScope(Stack<Action> undo) : IDisposable
            {
                public void Dispose()
                {
                    while (undo.TryPop(out Action? action)) action();
                }
            }
        }
    }
}
