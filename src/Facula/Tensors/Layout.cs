namespace Facula;

public static partial class torch
{
    /// <summary>How a tensor's elements are laid out.</summary>
    public readonly struct Layout : IEquatable<Layout>
    {
        private readonly bool _sparse;

        internal Layout(bool sparse) => _sparse = sparse;

        public bool Equals(Layout other) => _sparse == other._sparse;
        public override bool Equals(object? obj) => obj is Layout other && Equals(other);
        public override int GetHashCode() => _sparse ? 1 : 0;
        public static bool operator ==(Layout left, Layout right) => left.Equals(right);
        public static bool operator !=(Layout left, Layout right) => !left.Equals(right);

        public override string ToString() => _sparse ? "torch.sparse_coo" : "torch.strided";
    }

    /// <summary>The layout of dense tensors.</summary>
    public static Layout strided => default;

    /// <summary>The layout of tensors made of coordinates and values.</summary>
    public static Layout sparse_coo => new(sparse: true);

    public partial class Tensor
    {
        /// <summary>The layout: <see cref="strided"/> or <see cref="sparse_coo"/>.</summary>
        public Layout layout => is_sparse ? sparse_coo : strided;
    }
}
