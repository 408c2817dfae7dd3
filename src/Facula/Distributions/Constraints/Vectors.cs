namespace Facula;

public static partial class torch
{
    public static partial class distributions
    {
        public static partial class constraints
        {
            /// <summary>One-hot vectors.</summary>
            public sealed class OneHot : Constraint
            {
                public override bool is_discrete => true;
                public override int event_dim => 1;
                public override Tensor check(Tensor value) => ((value == 0) | (value == 1)).all(-1) & value.sum(-1).eq(1);
            }

            /// <summary>Vectors of nonnegative numbers that sum to 1.</summary>
            public sealed class Simplex : Constraint
            {
                public override int event_dim => 1;
                public override Tensor check(Tensor value) => (value >= 0).all(-1) & ((value.sum(-1) - 1).abs() < 1e-6);
            }

            /// <summary>Nonnegative counts with a sum up to the bound.</summary>
            public sealed class Multinomial(Tensor upper_bound) : Constraint
            {
                /// <summary>The largest sum.</summary>
                public Tensor upper_bound { get; } = upper_bound;

                public override bool is_discrete => true;
                public override int event_dim => 1;
                public override Tensor check(Tensor value) => (value >= 0).all(-1) & (value.sum(-1) <= upper_bound);
            }

            /// <summary>Constraints of consecutive parts of one dimension.</summary>
            public sealed class Cat : Constraint
            {
                internal Cat(IReadOnlyList<Constraint> cseq, long dim, IReadOnlyList<long>? lengths)
                {
                    this.cseq = [.. cseq];
                    this.dim = dim;
                    this.lengths = lengths is null ? [.. cseq.Select(_ => 1L)] : [.. lengths];
                    if (this.lengths.Count != this.cseq.Count) throw new ArgumentException($"there are {this.cseq.Count} constraints and {this.lengths.Count} lengths");
                }

                /// <summary>The constraints of the parts.</summary>
                public IReadOnlyList<Constraint> cseq { get; }

                /// <summary>The dimension that is divided.</summary>
                public long dim { get; }

                /// <summary>The extents of the parts.</summary>
                public IReadOnlyList<long> lengths { get; }

                public override bool is_discrete => cseq.Any(c => c.is_discrete);
                public override int event_dim => cseq.Max(c => c.event_dim);

                public override Tensor check(Tensor value)
                {
                    var checks = new Tensor[cseq.Count];
                    long start = 0;
                    for (int i = 0; i < checks.Length; i++)
                    {
                        checks[i] = cseq[i].check(value.narrow(dim, start, lengths[i]));
                        start += lengths[i];
                    }
                    return torch.cat(checks, dim);
                }
            }

            /// <summary>Constraints of the slices of one dimension.</summary>
            public sealed class Stack : Constraint
            {
                internal Stack(IReadOnlyList<Constraint> cseq, long dim)
                {
                    this.cseq = [.. cseq];
                    this.dim = dim;
                }

                /// <summary>The constraints of the slices.</summary>
                public IReadOnlyList<Constraint> cseq { get; }

                /// <summary>The dimension of the slices.</summary>
                public long dim { get; }

                public override bool is_discrete => cseq.Any(c => c.is_discrete);

                public override int event_dim
                {
                    get
                    {
                        int most = cseq.Max(c => c.event_dim);
                        return dim + most < 0 ? most + 1 : most;
                    }
                }

                public override Tensor check(Tensor value)
                {
                    long count = Math.Min(value.size(dim), cseq.Count);
                    return torch.stack(Enumerable.Range(0, (int)count).Select(i => cseq[i].check(value.select(dim, i))).ToArray(), dim);
                }
            }
        }
    }
}
