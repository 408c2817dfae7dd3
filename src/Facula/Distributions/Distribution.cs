namespace Facula;

public static partial class torch
{
    /// <summary><c>torch.distributions</c>: probability distributions, transforms of them, constraints on their values, divergences between them.</summary>
    public static partial class distributions
    {
        /// <summary>A parameter of a distribution: its name, its constraint, its value (null: not given and not computed yet), and whether the printed form shows it.</summary>
        public readonly record struct Argument(string Name, constraints.Constraint Constraint, Func<Tensor?> Value, bool Shown = true);

        /// <summary>
        /// A probability distribution over tensors. <see cref="batch_shape"/> counts independent distributions, <see cref="event_shape"/> is the shape of
        /// one draw. A derived class sets its parameters, then calls <see cref="Initialize"/>.
        /// </summary>
        public abstract class Distribution
        {
            private static bool s_validateByDefault = true;
            private Size _batchShape, _eventShape;
            private bool _validate = s_validateByDefault;
            private Generator? _generator;

            /// <summary>Whether distributions made from now on check their parameters and the values given to them.</summary>
            public static void set_default_validate_args(bool value) => s_validateByDefault = value;

            /// <summary>Sets the shapes and checks the parameters; the end of every constructor.</summary>
            protected void Initialize(Size batch_shape = default, Size event_shape = default, bool? validate_args = null, Generator? generator = null)
            {
                _generator = generator;
                _batchShape = batch_shape;
                _eventShape = event_shape;
                if (validate_args is { } wanted) _validate = wanted;
                if (_validate) CheckArguments();
            }

            /// <summary>The parameters in order, with their constraints.</summary>
            protected virtual IEnumerable<Argument> Arguments => [];

            /// <summary>Whether parameters and values are checked.</summary>
            protected bool Validates => _validate;

            /// <summary>What this distribution draws from; null for the default generator.</summary>
            protected internal Generator? Source => _generator;

            /// <summary>Whether <c>rsample</c> exists.</summary>
            public virtual bool has_rsample => false;

            /// <summary>Whether <see cref="enumerate_support"/> exists.</summary>
            public virtual bool has_enumerate_support => false;

            /// <summary>The shape over which parameters are batched.</summary>
            public Size batch_shape => _batchShape;

            /// <summary>The shape of a single draw, without batching.</summary>
            public Size event_shape => _eventShape;

            /// <summary>The constraint of each parameter, by name.</summary>
            public OrderedDict<string, constraints.Constraint> arg_constraints
            {
                get
                {
                    var all = new OrderedDict<string, constraints.Constraint>();
                    foreach (Argument argument in Arguments) all[argument.Name] = argument.Constraint;
                    return all;
                }
            }

            /// <summary>The constraint that every draw satisfies.</summary>
            public virtual constraints.Constraint support => throw Missing("support");

            /// <summary>The mean.</summary>
            public virtual Tensor mean => throw Missing("mean");

            /// <summary>The most likely value.</summary>
            public virtual Tensor mode => throw Missing("mode");

            /// <summary>The variance.</summary>
            public virtual Tensor variance => throw Missing("variance");

            /// <summary>The standard deviation.</summary>
            public virtual Tensor stddev => variance.sqrt();

            /// <summary>Draws of shape <paramref name="sample_shape"/> + batch + event, without a gradient.</summary>
            [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
            public virtual Tensor sample(Size sample_shape = default)
            {
                using (no_grad()) return rsample(sample_shape);
            }

            /// <summary>Draws of that shape + batch + event, without a gradient.</summary>
            public Tensor sample(params ReadOnlySpan<long> sample_shape) => sample(new Size(sample_shape));

            /// <summary>Draws of shape <paramref name="sample_shape"/> + batch + event, as functions of the parameters.</summary>
            [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
            public virtual Tensor rsample(Size sample_shape = default) => throw Missing("rsample");

            /// <summary>Draws of that shape + batch + event, as functions of the parameters.</summary>
            public Tensor rsample(params ReadOnlySpan<long> sample_shape) => rsample(new Size(sample_shape));

            /// <summary><paramref name="n"/> draws: the old form of <c>sample([n])</c>.</summary>
            public Tensor sample_n(long n)
            {
                warnings.warn("sample_n will be deprecated. Use .sample((n,)) instead");
                return sample(new Size(n));
            }

            /// <summary>The logarithm of the density or probability of <paramref name="value"/>.</summary>
            public virtual Tensor log_prob(Tensor value) => throw Missing("log_prob");

            /// <summary>The probability of a draw up to <paramref name="value"/>.</summary>
            public virtual Tensor cdf(Tensor value) => throw Missing("cdf");

            /// <summary>The inverse of <see cref="cdf"/>: the quantile of the probability <paramref name="value"/>.</summary>
            public virtual Tensor icdf(Tensor value) => throw Missing("icdf");

            /// <summary>The entropy, of shape batch.</summary>
            public virtual Tensor entropy() => throw Missing("entropy");

            /// <summary>The exponential of the entropy.</summary>
            public Tensor perplexity() => torch.exp(entropy());

            /// <summary>All values of a discrete distribution along the first dimension, expanded over the batch or not.</summary>
            public virtual Tensor enumerate_support(bool expand = true) => throw Missing("enumerate_support");

            /// <summary>The same distribution with its batch dimensions expanded to <paramref name="batch_shape"/>.</summary>
            public virtual Distribution expand(Size batch_shape) => throw Missing("expand");

            /// <summary>A copy for <see cref="expand"/> with other shapes, whose parameters the caller sets.</summary>
            protected T Copy<T>(Size batch_shape, Size? event_shape = null) where T : Distribution
            {
                var copy = (T)MemberwiseClone();
                copy._batchShape = batch_shape;
                copy._eventShape = event_shape ?? _eventShape;
                return copy;
            }

            /// <summary>sample + batch + event.</summary>
            protected Size _extended_shape(Size sample_shape = default) => sample_shape.Concat(_batchShape.AsSpan()).Concat(_eventShape.AsSpan());

            /// <summary>Checks a value's shape and that it lies in the support.</summary>
            protected internal void _validate_sample(Tensor value)
            {
                Size actual = value.shape, expected = _extended_shape();
                int start = actual.Rank - _eventShape.Rank;
                if (start < 0 || actual[start..] != _eventShape)
                    throw new ArgumentException($"The right-most size of value must match event_shape: {actual} vs {_eventShape}.");
                for (int i = 1; i <= Math.Min(actual.Rank, expected.Rank); i++)
                    if (actual[^i] != 1 && expected[^i] != 1 && actual[^i] != expected[^i])
                        throw new ArgumentException($"Value is not broadcastable with batch_shape+event_shape: {actual} vs {expected}.");
                constraints.Constraint inside = support;
                if (inside.check(value).all()) return;
                throw new ArgumentException($"Expected value argument ({Described(value)}) to be within the support ({inside}) of the distribution {this}, but found invalid values:\n{value}");
            }

            /// <summary>Checks the value when this distribution validates.</summary>
            protected void Check(Tensor value)
            {
                if (_validate) _validate_sample(value);
            }

            private void CheckArguments()
            {
                foreach (Argument argument in Arguments)
                {
                    if (argument.Constraint is constraints.Dependent || argument.Value() is not { } value) continue;
                    if (argument.Constraint.check(value).all()) continue;
                    throw new ArgumentException($"Expected parameter {argument.Name} ({Described(value)}) of distribution {this} to satisfy the constraint {argument.Constraint}, but found invalid values:\n{value}");
                }
            }

            internal static string Described(Tensor value) => $"{(value is Facula.Modules.Parameter ? "Parameter" : "Tensor")} of shape {PythonText.Tuple(value.shape.ToArray())}";

            private NotSupportedException Missing(string member) => new($"{GetType().Name} does not implement {member}");

            public override string ToString() => $"{GetType().Name}({string.Join(", ", Shown())})";

            private IEnumerable<string> Shown()
            {
                foreach (Argument argument in Arguments)
                    if (argument.Shown && argument.Value() is { } value) yield return value.Numel == 1 ? $"{argument.Name}: {value}" : $"{argument.Name}: {value.shape}";
            }
        }

        /// <summary>An exponential family: density h(x)·exp(⟨η, t(x)⟩ − F(η)); entropy and divergences follow from F by automatic differentiation.</summary>
        public abstract class ExponentialFamily : Distribution
        {
            /// <summary>η, the natural parameters.</summary>
            protected internal virtual Tensor[] _natural_params => throw new NotSupportedException($"{GetType().Name} does not state its natural parameters");

            /// <summary>F, the logarithm of the normaliser, of the natural parameters.</summary>
            protected internal virtual Tensor _log_normalizer(params Tensor[] natural_params) => throw new NotSupportedException($"{GetType().Name} does not state its log normalizer");

            /// <summary>The mean of ln h(x).</summary>
            protected internal virtual Tensor _mean_carrier_measure => throw new NotSupportedException($"{GetType().Name} does not state its mean carrier measure");

            /// <summary>The entropy by the Bregman divergence of F.</summary>
            public override Tensor entropy()
            {
                Tensor[] parameters = Array.ConvertAll(_natural_params, p => p.detach().requires_grad_());
                Tensor normalizer = _log_normalizer(parameters);
                Tensor[] gradients = autograd.grad(normalizer.sum(), parameters, create_graph: true);
                Tensor result = normalizer - _mean_carrier_measure;
                Size flat = batch_shape.Concat([-1]);
                for (int i = 0; i < parameters.Length; i++) result = result - (parameters[i] * gradients[i]).reshape(flat).sum(-1);
                return result;
            }
        }
    }
}
