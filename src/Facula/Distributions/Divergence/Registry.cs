namespace Facula;

public static partial class torch
{
    public static partial class distributions
    {
        /// <summary>The Kullback–Leibler divergence KL(p ‖ q), of shape batch.</summary>
        public static Tensor kl_divergence(Distribution p, Distribution q) => Divergences.Find(p.GetType(), q.GetType()) is { } divergence
            ? divergence(p, q)
            : throw new NotSupportedException($"No KL(p || q) is implemented for p type {p.GetType().Name} and q type {q.GetType().Name}");

        /// <summary>Registers the divergence of a pair of distribution types; the most derived pair that fits is taken.</summary>
        public static void register_kl<TP, TQ>(Func<TP, TQ, Tensor> divergence) where TP : Distribution where TQ : Distribution => Divergences.Register(divergence);

        /// <summary><c>torch.distributions.kl</c>: divergences between distributions.</summary>
        public static class kl
        {
            /// <summary>The Kullback–Leibler divergence KL(p ‖ q), of shape batch.</summary>
            public static Tensor kl_divergence(Distribution p, Distribution q) => distributions.kl_divergence(p, q);

            /// <summary>Registers the divergence of a pair of distribution types.</summary>
            public static void register_kl<TP, TQ>(Func<TP, TQ, Tensor> divergence) where TP : Distribution where TQ : Distribution => Divergences.Register(divergence);
        }
    }
}

/// <summary>The table of divergences by pairs of types.</summary>
internal static partial class Divergences
{
    private static readonly Dictionary<(Type P, Type Q), Func<distributions.Distribution, distributions.Distribution, Tensor>> s_registered = [];
    private static readonly Dictionary<(Type P, Type Q), Func<distributions.Distribution, distributions.Distribution, Tensor>?> s_found = [];

    static Divergences()
    {
        SameFamily();
        Unbounded();
        OfBeta();
        OfPositive();
        OfReal();
        OfUniform();
        OfComposed();
    }

    internal static void Register<TP, TQ>(Func<TP, TQ, Tensor> divergence) where TP : distributions.Distribution where TQ : distributions.Distribution
    {
        lock (s_registered)
        {
            s_registered[(typeof(TP), typeof(TQ))] = (p, q) => divergence((TP)p, (TQ)q);
            s_found.Clear();
        }
    }

    /// <summary>The divergence of the most derived registered pair; null when there is none.</summary>
    internal static Func<distributions.Distribution, distributions.Distribution, Tensor>? Find(Type p, Type q)
    {
        lock (s_registered)
        {
            if (s_found.TryGetValue((p, q), out Func<distributions.Distribution, distributions.Distribution, Tensor>? known)) return known;
            (Type P, Type Q)[] matches = [.. s_registered.Keys.Where(k => k.P.IsAssignableFrom(p) && k.Q.IsAssignableFrom(q))];
            if (matches.Length == 0) return s_found[(p, q)] = null;
            // By the first type, then the second; and the other way round, which must lead to the same.
            (Type P, Type Q) left = matches.Aggregate((a, b) => Precedes(b.P, b.Q, a.P, a.Q) ? b : a), right = matches.Aggregate((a, b) => Precedes(b.Q, b.P, a.Q, a.P) ? b : a);
            if (left != right)
                torch.warnings.warn($"Ambiguous kl_divergence({p.Name}, {q.Name}). Please register_kl({left.P.Name}, {right.Q.Name})");
            return s_found[(p, q)] = s_registered[left];
        }
    }

    private static bool Precedes(Type first, Type second, Type otherFirst, Type otherSecond) =>
        first == otherFirst ? second != otherSecond && otherSecond.IsAssignableFrom(second) : otherFirst.IsAssignableFrom(first);

    private static Tensor InfiniteLike(Tensor tensor) => torch.full_like(tensor, double.PositiveInfinity);

    private static Tensor Infinite(Tensor result, Tensor where) => result.masked_fill(where, double.PositiveInfinity);

    private static Tensor XLogX(Tensor x) => x * x.log();
}
