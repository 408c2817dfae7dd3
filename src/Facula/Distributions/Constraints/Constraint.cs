namespace Facula;

public static partial class torch
{
    public static partial class distributions
    {
        /// <summary><c>torch.distributions.constraints</c>: the regions in which parameters and values lie.</summary>
        public static partial class constraints
        {
            /// <summary>A region of values; <see cref="event_dim"/> dimensions belong to one value.</summary>
            public abstract class Constraint
            {
                /// <summary>Whether the region is discrete.</summary>
                public virtual bool is_discrete => false;

                /// <summary>How many dimensions from the right make one value.</summary>
                public virtual int event_dim => 0;

                /// <summary>Whether each value satisfies the constraint: a bool tensor of shape sample + batch.</summary>
                public abstract Tensor check(Tensor value);

                public override string ToString() => GetType().Name + "()";
            }

            /// <summary>A placeholder for a region that depends on other parameters.</summary>
            public static Dependent dependent { get; } = new();

            /// <summary>0 or 1.</summary>
            public static Constraint boolean { get; } = new Boolean();

            /// <summary>One-hot vectors.</summary>
            public static Constraint one_hot { get; } = new OneHot();

            /// <summary>0, 1, 2 …</summary>
            public static Constraint nonnegative_integer { get; } = new IntegerGreaterThan(0);

            /// <summary>1, 2, 3 …</summary>
            public static Constraint positive_integer { get; } = new IntegerGreaterThan(1);

            /// <summary>Every number but NaN.</summary>
            public static Constraint real { get; } = new Real();

            /// <summary>Vectors of real numbers.</summary>
            public static Constraint real_vector { get; } = new IndependentConstraint(real, 1);

            /// <summary>Numbers above 0.</summary>
            public static Constraint positive { get; } = new GreaterThan(0.0);

            /// <summary>Numbers from 0.</summary>
            public static Constraint nonnegative { get; } = new GreaterThanEq(0.0);

            /// <summary>Numbers from 0 to 1.</summary>
            public static Constraint unit_interval { get; } = new Interval(0.0, 1.0);

            /// <summary>Vectors of nonnegative numbers that sum to 1.</summary>
            public static Constraint simplex { get; } = new Simplex();

            /// <summary>Lower triangular square matrices.</summary>
            public static Constraint lower_triangular { get; } = new LowerTriangular();

            /// <summary>Lower triangular square matrices with a positive diagonal.</summary>
            public static Constraint lower_cholesky { get; } = new LowerCholesky();

            /// <summary>Lower triangular square matrices with a positive diagonal and rows of length 1.</summary>
            public static Constraint corr_cholesky { get; } = new CorrCholesky();

            /// <summary>Square matrices.</summary>
            public static Constraint square { get; } = new Square();

            /// <summary>Symmetric matrices.</summary>
            public static Constraint symmetric { get; } = new Symmetric();

            /// <summary>Symmetric matrices without negative eigenvalues.</summary>
            public static Constraint positive_semidefinite { get; } = new PositiveSemidefinite();

            /// <summary>Symmetric matrices with positive eigenvalues.</summary>
            public static Constraint positive_definite { get; } = new PositiveDefinite();

            /// <summary>Takes <paramref name="reinterpreted_batch_ndims"/> batch dimensions for dimensions of one value, all of which must satisfy the constraint.</summary>
            public static Constraint independent(Constraint base_constraint, int reinterpreted_batch_ndims) => new IndependentConstraint(base_constraint, reinterpreted_batch_ndims);

            /// <summary>Whole numbers from the lower to the upper bound.</summary>
            public static Constraint integer_interval(Tensor lower_bound, Tensor upper_bound) => new IntegerInterval(lower_bound, upper_bound);

            /// <summary>Numbers above the bound.</summary>
            public static Constraint greater_than(Tensor lower_bound) => new GreaterThan(lower_bound);

            /// <summary>Numbers from the bound.</summary>
            public static Constraint greater_than_eq(Tensor lower_bound) => new GreaterThanEq(lower_bound);

            /// <summary>Numbers below the bound.</summary>
            public static Constraint less_than(Tensor upper_bound) => new LessThan(upper_bound);

            /// <summary>Nonnegative counts with a sum up to the bound.</summary>
            public static Constraint multinomial(Tensor upper_bound) => new Multinomial(upper_bound);

            /// <summary>Numbers from the lower to the upper bound.</summary>
            public static Constraint interval(Tensor lower_bound, Tensor upper_bound) => new Interval(lower_bound, upper_bound);

            /// <summary>Numbers from the lower bound to below the upper one.</summary>
            public static Constraint half_open_interval(Tensor lower_bound, Tensor upper_bound) => new HalfOpenInterval(lower_bound, upper_bound);

            /// <summary>Constraints of consecutive parts of one dimension, as <c>torch.cat</c> joins them.</summary>
            public static Constraint cat(IReadOnlyList<Constraint> cseq, long dim = 0, IReadOnlyList<long>? lengths = null) => new Cat(cseq, dim, lengths);

            /// <summary>Constraints of the slices of one dimension, as <c>torch.stack</c> joins them.</summary>
            public static Constraint stack(IReadOnlyList<Constraint> cseq, long dim = 0) => new Stack(cseq, dim);

            /// <summary>Whether the region depends on other parameters.</summary>
            public static bool is_dependent(Constraint constraint) => constraint is Dependent;
        }
    }
}
