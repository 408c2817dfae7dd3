namespace Facula;

public static partial class torch
{
    public static partial class distributions
    {
        public static partial class constraints
        {
            /// <summary>A placeholder for a region that depends on other parameters.</summary>
            public sealed class Dependent(bool? is_discrete = null, int? event_dim = null) : Constraint
            {
                private readonly bool? _isDiscrete = is_discrete;
                private readonly int? _eventDim = event_dim;

                public override bool is_discrete => _isDiscrete ?? throw new NotSupportedException(".is_discrete cannot be determined statically");
                public override int event_dim => _eventDim ?? throw new NotSupportedException(".event_dim cannot be determined statically");
                public override Tensor check(Tensor value) => throw new ArgumentException("Cannot determine validity of dependent constraint");
            }

            /// <summary>Batch dimensions taken for dimensions of one value.</summary>
            public sealed class IndependentConstraint(Constraint base_constraint, int reinterpreted_batch_ndims) : Constraint
            {
                /// <summary>What each element satisfies.</summary>
                public Constraint base_constraint { get; } = base_constraint;

                /// <summary>How many dimensions were taken.</summary>
                public int reinterpreted_batch_ndims { get; } = reinterpreted_batch_ndims;

                public override bool is_discrete => base_constraint.is_discrete;
                public override int event_dim => base_constraint.event_dim + reinterpreted_batch_ndims;

                public override Tensor check(Tensor value)
                {
                    Tensor result = base_constraint.check(value);
                    if (result.Rank < reinterpreted_batch_ndims) throw new ArgumentException($"Expected value.dim() >= {event_dim} but got {value.Rank}");
                    return result.reshape(result.shape[..^reinterpreted_batch_ndims].Concat([-1])).all(-1);
                }

                public override string ToString() => $"IndependentConstraint({base_constraint}, {reinterpreted_batch_ndims})";
            }

            /// <summary>0 or 1.</summary>
            public sealed class Boolean : Constraint
            {
                public override bool is_discrete => true;
                public override Tensor check(Tensor value) => (value == 0) | (value == 1);
            }

            /// <summary>Every number but NaN.</summary>
            public sealed class Real : Constraint
            {
                public override Tensor check(Tensor value) => value.eq(value);
            }

            /// <summary>Whole numbers from the lower to the upper bound.</summary>
            public sealed class IntegerInterval(Tensor lower_bound, Tensor upper_bound) : Constraint
            {
                /// <summary>The smallest value.</summary>
                public Tensor lower_bound { get; } = lower_bound;

                /// <summary>The largest value.</summary>
                public Tensor upper_bound { get; } = upper_bound;

                public override bool is_discrete => true;
                public override Tensor check(Tensor value) => (value % 1 == 0) & (lower_bound <= value) & (value <= upper_bound);
                public override string ToString() => $"IntegerInterval(lower_bound={lower_bound}, upper_bound={upper_bound})";
            }

            /// <summary>Whole numbers up to the bound.</summary>
            public sealed class IntegerLessThan(Tensor upper_bound) : Constraint
            {
                /// <summary>The largest value.</summary>
                public Tensor upper_bound { get; } = upper_bound;

                public override bool is_discrete => true;
                public override Tensor check(Tensor value) => (value % 1 == 0) & (value <= upper_bound);
                public override string ToString() => $"IntegerLessThan(upper_bound={upper_bound})";
            }

            /// <summary>Whole numbers from the bound.</summary>
            public sealed class IntegerGreaterThan(Tensor lower_bound) : Constraint
            {
                /// <summary>The smallest value.</summary>
                public Tensor lower_bound { get; } = lower_bound;

                public override bool is_discrete => true;
                public override Tensor check(Tensor value) => (value % 1 == 0) & (value >= lower_bound);
                public override string ToString() => $"IntegerGreaterThan(lower_bound={lower_bound})";
            }

            /// <summary>Numbers above the bound.</summary>
            public sealed class GreaterThan(Tensor lower_bound) : Constraint
            {
                /// <summary>The bound, not included.</summary>
                public Tensor lower_bound { get; } = lower_bound;

                public override Tensor check(Tensor value) => lower_bound < value;
                public override string ToString() => $"GreaterThan(lower_bound={lower_bound})";
            }

            /// <summary>Numbers from the bound.</summary>
            public sealed class GreaterThanEq(Tensor lower_bound) : Constraint
            {
                /// <summary>The smallest value.</summary>
                public Tensor lower_bound { get; } = lower_bound;

                public override Tensor check(Tensor value) => lower_bound <= value;
                public override string ToString() => $"GreaterThanEq(lower_bound={lower_bound})";
            }

            /// <summary>Numbers below the bound.</summary>
            public sealed class LessThan(Tensor upper_bound) : Constraint
            {
                /// <summary>The bound, not included.</summary>
                public Tensor upper_bound { get; } = upper_bound;

                public override Tensor check(Tensor value) => value < upper_bound;
                public override string ToString() => $"LessThan(upper_bound={upper_bound})";
            }

            /// <summary>Numbers from the lower to the upper bound.</summary>
            public sealed class Interval(Tensor lower_bound, Tensor upper_bound) : Constraint
            {
                /// <summary>The smallest value.</summary>
                public Tensor lower_bound { get; } = lower_bound;

                /// <summary>The largest value.</summary>
                public Tensor upper_bound { get; } = upper_bound;

                public override Tensor check(Tensor value) => (lower_bound <= value) & (value <= upper_bound);
                public override string ToString() => $"Interval(lower_bound={lower_bound}, upper_bound={upper_bound})";
            }

            /// <summary>Numbers from the lower bound to below the upper one.</summary>
            public sealed class HalfOpenInterval(Tensor lower_bound, Tensor upper_bound) : Constraint
            {
                /// <summary>The smallest value.</summary>
                public Tensor lower_bound { get; } = lower_bound;

                /// <summary>The upper bound, not included.</summary>
                public Tensor upper_bound { get; } = upper_bound;

                public override Tensor check(Tensor value) => (lower_bound <= value) & (value < upper_bound);
                public override string ToString() => $"HalfOpenInterval(lower_bound={lower_bound}, upper_bound={upper_bound})";
            }
        }
    }
}
