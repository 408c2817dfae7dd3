namespace Facula;

public static partial class torch
{
    /// <summary>The order of a tensor's dimensions in memory.</summary>
    public readonly struct MemoryFormat : IEquatable<MemoryFormat>
    {
        private readonly byte _kind;

        internal MemoryFormat(byte kind) => _kind = kind;

        /// <summary>Strides of a dense tensor of this format like <paramref name="tensor"/>; null means row-major.</summary>
        internal Size? DenseStrides(Tensor tensor)
        {
            switch (_kind)
            {
                case 0: return null;
                case 1: return tensor.IsContiguous || !tensor.IsDense ? Preserved(tensor) : tensor.StridesRef;
                case 2: return Permuted(tensor, 4, [0, 2, 3, 1]);
                default: return Permuted(tensor, 5, [0, 2, 3, 4, 1]);
            }
        }

        internal bool Matches(Tensor tensor) => _kind switch
        {
            0 => tensor.Stored().IsContiguous,
            1 => true,
            _ => SameLayout(tensor, DenseStrides(tensor)!.Value),
        };

        private static bool SameLayout(Tensor tensor, in Size strides)
        {
            for (int i = 0; i < tensor.Rank; i++)
                if (tensor.Sizes[i] != 1 && tensor.Strides[i] != strides[i]) return false;
            return true;
        }

        // A tensor with gaps or repeats: keep the order of its dimensions, densely.
        private static Size? Preserved(Tensor tensor) =>
            !tensor.IsContiguous && PointwiseOrder.Strides(tensor.SizesRef, [tensor]) is { Rank: > 0 } strides ? (Size?)strides : null;

        private static Size? Permuted(Tensor tensor, int rank, int[] order)
        {
            if (tensor.Rank != rank) throw new TorchException($"required rank {rank} tensor to use channels_last{(rank == 5 ? "_3d" : "")} format");
            return Dense(tensor.SizesRef, order);
        }

        private static Size Dense(in Size sizes, int[] order)
        {
            Span<long> strides = stackalloc long[sizes.Rank];
            long stride = 1;
            for (int i = order.Length - 1; i >= 0; i--)
            {
                strides[order[i]] = stride;
                stride *= Math.Max(1, sizes[order[i]]);
            }
            return new Size(strides);
        }

        public bool Equals(MemoryFormat other) => _kind == other._kind;
        public override bool Equals(object? obj) => obj is MemoryFormat other && Equals(other);
        public override int GetHashCode() => _kind;
        public static bool operator ==(MemoryFormat left, MemoryFormat right) => left.Equals(right);
        public static bool operator !=(MemoryFormat left, MemoryFormat right) => !left.Equals(right);

        public override string ToString() => "torch." + _kind switch { 0 => "contiguous_format", 1 => "preserve_format", 2 => "channels_last", _ => "channels_last_3d" };
    }

    public static MemoryFormat contiguous_format => new(0);
    public static MemoryFormat preserve_format => new(1);
    public static MemoryFormat channels_last => new(2);
    public static MemoryFormat channels_last_3d => new(3);
}
