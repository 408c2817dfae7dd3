using System.Diagnostics.CodeAnalysis;
using System.Text;
using Facula.Modules;

namespace Facula;

public static partial class torch
{
    /// <summary><c>torch.optim</c>: optimizers, learning-rate schedulers and weight averaging.</summary>
    public static partial class optim
    {
        /// <summary>The base of all optimizers: parameter groups with options, and state per parameter.</summary>
        public abstract partial class Optimizer : IDisposable
        {
            private readonly List<ParamGroup> _groups = [];
            private readonly OrderedDict<string, GroupOption> _defaults;
            private readonly HashSet<string> _required = [];

            /// <summary>An optimizer of parameters with default options; for optimizers of your own.</summary>
            protected Optimizer(IEnumerable<Tensor> @params, IEnumerable<KeyValuePair<string, GroupOption>> defaults)
                : this(ParamGroupList.Of(@params), defaults.Select(d => (d.Key, (GroupOption?)d.Value)).ToArray()) { }

            /// <summary>An optimizer of parameter groups with default options; for optimizers of your own.</summary>
            protected Optimizer(IEnumerable<ParamGroup> @params, IEnumerable<KeyValuePair<string, GroupOption>> defaults)
                : this(ParamGroupList.Of(@params), defaults.Select(d => (d.Key, (GroupOption?)d.Value)).ToArray()) { }

            /// <summary>A default of null is required of every group.</summary>
            private protected Optimizer(ParamGroupList groups, params ReadOnlySpan<(string Name, GroupOption? Value)> defaults)
            {
                _defaults = [];
                foreach ((string name, GroupOption? value) in defaults)
                {
                    _defaults[name] = value ?? default;
                    if (value is null) _required.Add(name);
                }
                if (groups.Items.Length == 0) throw new ArgumentException("optimizer got an empty parameter list");
                foreach (ParamGroup group in groups.Items) add_param_group(group);
            }

            /// <summary>The name that the printed form shows: the class's.</summary>
            private protected virtual string PrintedName => GetType().Name;

            /// <summary>The options of groups that do not state them.</summary>
            public OrderedDict<string, GroupOption> defaults => _defaults;

            /// <summary>The parameter groups.</summary>
            public List<ParamGroup> param_groups => _groups;

            /// <summary>The parameter groups.</summary>
            public IReadOnlyList<ParamGroup> ParamGroups => _groups;

            /// <summary>Adds a group; options that it does not state are the optimizer's defaults.</summary>
            public virtual void add_param_group(ParamGroup param_group)
            {
                foreach (Tensor parameter in param_group.Items)
                    if (!parameter.is_leaf && !parameter.retains_grad) throw new ArgumentException("can't optimize a non-leaf Tensor");
                foreach ((string name, GroupOption value) in _defaults)
                {
                    if (_required.Contains(name) && !param_group.ContainsKey(name))
                        throw new ArgumentException($"parameter group didn't specify a value of required optimization parameter {name}");
                    param_group.setdefault(name, value);
                }
                var own = new HashSet<Tensor>(param_group.Items, ReferenceEqualityComparer.Instance);
                if (own.Count != param_group.Items.Length)
                    warnings.warn("optimizer contains a parameter group with duplicate parameters; in future, this will cause an error; see github.com/pytorch/pytorch/issues/40967 for more information");
                foreach (ParamGroup group in _groups)
                    if (own.Overlaps(group.Items)) throw new ArgumentException("some parameters appear in more than one parameter group");
                param_group.States = new ParameterState?[param_group.Items.Length];
                param_group.Reading = null;
                _groups.Add(param_group);
            }

            /// <summary>
            /// Updates the parameters from their gradients. The closure, when there is one, computes the loss and its gradients first; its loss is returned.
            /// </summary>
            [return: NotNullIfNotNull(nameof(closure))]
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>Sets the gradients of all parameters to zero, or forgets them.</summary>
            public virtual void zero_grad(bool set_to_none = false)
            {
                foreach (ParamGroup group in _groups)
                {
                    foreach (Tensor parameter in group.Items)
                    {
                        if (parameter.AutogradOrNull?.Grad is not { } grad) continue;
                        if (set_to_none)
                        {
                            parameter.grad = null;
                            continue;
                        }
                        grad.detach_();
                        if (grad is SparseTensor sparse) sparse.Clear();
                        else grad.FillRaw(0);
                        grad.BumpVersion();
                    }
                }
            }

            /// <summary>PyTorch's printed form: the groups with their options in alphabetical order.</summary>
            public override string ToString()
            {
                var text = new StringBuilder(PrintedName).Append(" (");
                for (int i = 0; i < _groups.Count; i++)
                {
                    text.Append("\nParameter Group ").Append(i).Append('\n');
                    foreach (KeyValuePair<string, GroupOption> option in _groups[i].Options.OrderBy(o => o.Key, StringComparer.Ordinal))
                        text.Append("    ").Append(option.Key).Append(": ").Append(option.Value.ToString()).Append('\n');
                }
                return text.Append(')').ToString();
            }

            /// <summary>Lets go of the state; nobody has to call it.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                foreach (ParamGroup group in _groups) Array.Clear(group.States);
            }
        }
    }
}
