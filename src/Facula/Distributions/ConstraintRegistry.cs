using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class distributions
    {
        /// <summary>A bijection from unconstrained vectors to the region of the constraint: for change of variables.</summary>
        public static transforms.Transform biject_to(constraints.Constraint constraint) => constraint_registry.biject_to.call(constraint);

        /// <summary>A transform from unconstrained vectors to the region of the constraint, not always one to one: for optimisation.</summary>
        public static transforms.Transform transform_to(constraints.Constraint constraint) => constraint_registry.transform_to.call(constraint);

        /// <summary><c>torch.distributions.constraint_registry</c>: which transform leads to which region.</summary>
        public static class constraint_registry
        {
            /// <summary>The registry behind <c>torch.distributions.biject_to</c>.</summary>
            public static ConstraintRegistry biject_to { get; } = Bijections();

            /// <summary>The registry behind <c>torch.distributions.transform_to</c>.</summary>
            public static ConstraintRegistry transform_to { get; } = Transforms();

            private static ConstraintRegistry Bijections()
            {
                ConstraintRegistry registry = Common();
                registry.register<constraints.Simplex>(static _ => new StickBreakingTransform());
                return registry;
            }

            private static ConstraintRegistry Transforms()
            {
                ConstraintRegistry registry = Common();
                registry.register<constraints.Simplex>(static _ => new SoftmaxTransform());
                registry.register<constraints.LowerCholesky>(static _ => new LowerCholeskyTransform());
                registry.register<constraints.PositiveDefinite>(static _ => new PositiveDefiniteTransform());
                registry.register<constraints.PositiveSemidefinite>(static _ => new PositiveDefiniteTransform());
                return registry;
            }

            private static ConstraintRegistry Common()
            {
                var registry = new ConstraintRegistry();
                registry.register<constraints.Real>(static _ => transforms.identity_transform);
                registry.register<constraints.IndependentConstraint>(c => new IndependentTransform(registry.call(c.base_constraint), c.reinterpreted_batch_ndims));
                registry.register<constraints.GreaterThan>(static c => Above(c.lower_bound));
                registry.register<constraints.GreaterThanEq>(static c => Above(c.lower_bound));
                registry.register<constraints.LessThan>(static c => new ComposeTransform([new ExpTransform(), new AffineTransform(c.upper_bound, -1)]));
                registry.register<constraints.Interval>(static c => Between(c.lower_bound, c.upper_bound));
                registry.register<constraints.HalfOpenInterval>(static c => Between(c.lower_bound, c.upper_bound));
                registry.register<constraints.CorrCholesky>(static _ => new CorrCholeskyTransform());
                registry.register<constraints.Cat>(c => new CatTransform([.. c.cseq.Select(registry.call)], c.dim, c.lengths));
                registry.register<constraints.Stack>(c => new StackTransform([.. c.cseq.Select(registry.call)], c.dim));
                return registry;
            }

            private static ComposeTransform Above(Tensor bound) => new([new ExpTransform(), new AffineTransform(bound, 1)]);

            private static transforms.Transform Between(Tensor low, Tensor high)
            {
                if (low.IsWrappedNumber && high.IsWrappedNumber)
                {
                    double from = low.item().ToDouble(), to = high.item().ToDouble();
                    return from == 0 && to == 1 ? new SigmoidTransform() : new ComposeTransform([new SigmoidTransform(), new AffineTransform(low, to - from)]);
                }
                return new ComposeTransform([new SigmoidTransform(), new AffineTransform(low, high - low)]);
            }
        }

        /// <summary>A map from kinds of constraints to transforms into their regions.</summary>
        public sealed class ConstraintRegistry
        {
            private readonly Dictionary<Type, Func<constraints.Constraint, transforms.Transform>> _factories = [];

            /// <summary>Registers the transform of one kind of constraint.</summary>
            public void register<TConstraint>(Func<TConstraint, transforms.Transform> factory) where TConstraint : constraints.Constraint
            {
                lock (_factories) _factories[typeof(TConstraint)] = constraint => factory((TConstraint)constraint);
            }

            /// <summary>The transform to the constraint's region: Python's <c>registry(constraint)</c>.</summary>
            public transforms.Transform call(constraints.Constraint constraint)
            {
                Func<constraints.Constraint, transforms.Transform>? factory;
                lock (_factories)
                    if (!_factories.TryGetValue(constraint.GetType(), out factory))
                        throw new NotSupportedException($"Cannot transform {constraint.GetType().Name} constraints");
                return factory(constraint);
            }
        }
    }
}
