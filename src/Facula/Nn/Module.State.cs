using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What <c>load_state_dict</c> found missing or too many.</summary>
        public sealed record IncompatibleKeys(IList<string> missing_keys, IList<string> unexpected_keys)
        {
            public override string ToString() => missing_keys.Count == 0 && unexpected_keys.Count == 0
                ? "<All keys matched successfully>"
                : $"_IncompatibleKeys(missing_keys=[{Quoted(missing_keys)}], unexpected_keys=[{Quoted(unexpected_keys)}])";

            private static string Quoted(IList<string> keys) => string.Join(", ", keys.Select(k => $"'{k}'"));
        }

        public abstract partial class Module
        {
            /// <summary>Version of the layout of the module's own state, as PyTorch counts it.</summary>
            protected virtual int StateVersion => 1;

            /// <summary>All parameters and persistent buffers by path, sharing the module's memory.</summary>
            public virtual OrderedDict<string, Tensor> state_dict(OrderedDict<string, Tensor>? destination = null, string prefix = "", bool keep_vars = false)
            {
                destination ??= [];
                destination._metadata ??= [];
                destination._metadata[prefix.Length == 0 ? "" : prefix[..^1]] = new OrderedDict<string, object> { ["version"] = (long)StateVersion };
                RunStateHooks(_statePreHooks, this, destination, prefix);
                SaveOwnState(destination, prefix, keep_vars);
                foreach ((string name, Module? child) in OwnModules) child?.state_dict(destination, prefix + name + ".", keep_vars);
                RunStateHooks(_stateHooks, this, destination, prefix);
                return destination;
            }

            /// <summary>Adds this module's own parameters and buffers.</summary>
            protected virtual void SaveOwnState(OrderedDict<string, Tensor> destination, string prefix, bool keepVars)
            {
                foreach ((string name, Parameter? parameter) in OwnParameters)
                    if (parameter is not null) destination[prefix + name] = keepVars || Laziness.IsLazy(parameter) ? parameter : parameter.detach();
                foreach ((string name, Tensor? buffer) in OwnBuffers)
                    if (buffer is not null && !IsTransient(name)) destination[prefix + name] = keepVars || Laziness.IsLazy(buffer) ? buffer : buffer.detach();
            }

            /// <summary>
            /// Copies values into the parameters and buffers of the same paths; with <paramref name="assign"/> takes the tensors themselves.
            /// With <paramref name="strict"/>, missing or unexpected keys are an error.
            /// </summary>
            public virtual IncompatibleKeys load_state_dict(IEnumerable<KeyValuePair<string, Tensor>> state_dict, bool strict = true, bool assign = false)
            {
                var state = new OrderedDict<string, Tensor>(state_dict) { _metadata = (state_dict as IStateDict)?._metadata };
                var missing = new List<string>();
                var unexpected = new List<string>();
                var errors = new List<string>();
                LoadTree(state, "", assign, missing, unexpected, errors);
                if (strict)
                {
                    if (unexpected.Count > 0)
                        errors.Insert(0, $"Unexpected key(s) in state_dict: {string.Join(", ", unexpected.Select(k => $"\"{k}\""))}. ");
                    if (missing.Count > 0)
                        errors.Insert(0, $"Missing key(s) in state_dict: {string.Join(", ", missing.Select(k => $"\"{k}\""))}. ");
                }
                if (errors.Count > 0)
                    throw new TorchException($"Error(s) in loading state_dict for {GetName()}:\n\t{string.Join("\n\t", errors)}");
                return new IncompatibleKeys(missing, unexpected);
            }

            private void LoadTree(OrderedDict<string, Tensor> state, string prefix, bool assign, List<string> missing, List<string> unexpected, List<string> errors)
            {
                RunStateHooks(_loadPreHooks, this, state, prefix);
                LoadOwnState(state, prefix, assign, missing, unexpected, errors);
                foreach ((string name, Module? child) in OwnModules) child?.LoadTree(state, prefix + name + ".", assign, missing, unexpected, errors);
                foreach (string key in state.Keys)
                {
                    if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
                    string rest = key[prefix.Length..];
                    int dot = rest.IndexOf('.');
                    string name = dot < 0 ? rest : rest[..dot];
                    bool known = OwnModules.ContainsKey(name) || (dot < 0 && (OwnParameters.ContainsKey(name) || OwnBuffers.ContainsKey(name)));
                    if (!known && !OwnsKey(rest)) unexpected.Add(key);
                }
                if (_loadHooks is not { Count: > 0 } hooks) return;
                var found = new IncompatibleKeys(missing, unexpected);
                foreach (var hook in hooks.Snapshot()) hook(this, found);
            }

            /// <summary>Whether a key that is no component's belongs to the module all the same.</summary>
            protected virtual bool OwnsKey(string key) => false;

            /// <summary>Loads this module's own parameters and buffers.</summary>
            protected virtual void LoadOwnState(OrderedDict<string, Tensor> state, string prefix, bool assign, List<string> missing, List<string> unexpected, List<string> errors)
            {
                IEnumerable<(string Name, Tensor? Value)> entries = OwnParameters.Select(p => (p.Key, (Tensor?)p.Value))
                    .Concat(OwnBuffers.Where(b => !IsTransient(b.Key)).Select(b => (b.Key, b.Value))).ToArray();
                foreach ((string name, Tensor? own) in entries)
                {
                    if (own is null) continue;
                    string key = prefix + name;
                    if (!state.TryGetValue(key, out Tensor? given))
                    {
                        missing.Add(key);
                        continue;
                    }
                    // Checkpoints of before 0.4 hold numbers as tensors of one element.
                    if (own.Rank == 0 && given.Rank == 1 && given.Numel == 1) given = given.select(0, 0);
                    // A lazy module takes the shapes of the checkpoint, or stays as it is when the checkpoint is of a lazy one.
                    if (Laziness.IsLazy(given)) continue;
                    if (Laziness.IsLazy(own)) Laziness.Materialize(own, given.Sizes);
                    if (given.SizesRef != own.SizesRef)
                    {
                        errors.Add($"size mismatch for {key}: copying a param with shape {given.shape} from checkpoint, the shape in current model is {own.shape}.");
                        continue;
                    }
                    using GradModeScope _ = no_grad();
                    if (assign) own.data = given.detach();
                    else own.copy_(given);
                }
            }
        }
    }
}
