namespace Facula;

public static partial class torch
{
    /// <summary>How a tensor's elements are laid out; all tensors here are strided.</summary>
    public readonly struct Layout : IEquatable<Layout>
    {
        public bool Equals(Layout other) => true;
        public override bool Equals(object? obj) => obj is Layout;
        public override int GetHashCode() => 0;
        public static bool operator ==(Layout left, Layout right) => true;
        public static bool operator !=(Layout left, Layout right) => false;

        public override string ToString() => "torch.strided";
    }

    /// <summary>The layout of dense tensors.</summary>
    public static Layout strided => default;

    public partial class Tensor
    {
        /// <summary>The layout: always <see cref="strided"/>.</summary>
        public Layout layout => strided;
    }
}
