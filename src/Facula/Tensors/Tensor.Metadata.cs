namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The extents of the dimensions.</summary>
        public Size shape => _sizes;

        /// <summary>The extents of the dimensions.</summary>
        public Size size() => _sizes;

        /// <summary>The extent of one dimension.</summary>
        public long size(long dim) => _sizes[Ops.Check.Dim(dim, RequireDims())];

        /// <summary>Steps in elements between neighbours along each dimension.</summary>
        public Size stride() => StridesRef;

        /// <summary>Step in elements between neighbours along one dimension.</summary>
        public long stride(long dim) => StridesRef[Ops.Check.Dim(dim, RequireDims())];

        /// <summary>Position of the first element in the storage, in elements.</summary>
        public long storage_offset() => _offset;

        /// <summary>Number of dimensions.</summary>
        public int ndim => _sizes.Rank;

        /// <summary>Number of dimensions.</summary>
        public long dim() => _sizes.Rank;

        /// <summary>Number of dimensions.</summary>
        public long ndimension() => _sizes.Rank;

        /// <summary>Number of elements.</summary>
        public long numel() => Numel;

        /// <summary>Number of elements.</summary>
        public long nelement() => Numel;

        /// <summary>Number of elements.</summary>
        public long NumberOfElements => Numel;

        /// <summary>The extent of the first dimension: Python's <c>len(x)</c>.</summary>
        public long Length => Rank == 0 ? throw new ArgumentException("len() of a 0-d tensor") : _sizes[0];

        /// <summary>The type of the elements.</summary>
        public ScalarType dtype => DType;

        /// <summary>Where the memory lives.</summary>
        public Device device => _storage.Device;

        /// <summary>The kind of <see cref="device"/>.</summary>
        public DeviceType device_type => _storage.Device.Kind;

        /// <summary>Bytes of one element.</summary>
        public int element_size() => DType.itemsize;

        /// <summary>Bytes of one element.</summary>
        public int itemsize => DType.itemsize;

        /// <summary>Bytes of all elements.</summary>
        public long nbytes => Numel * DType.itemsize;

        /// <summary>Whether the tensor is on a CUDA device.</summary>
        public bool is_cuda => device.Kind == DeviceType.CUDA;

        /// <summary>Whether the tensor is on the CPU.</summary>
        public bool is_cpu => device.IsCpu;

        /// <summary>Whether the dtype is a real floating-point type.</summary>
        public bool is_floating_point() => DType.is_floating_point;

        /// <summary>Whether the dtype is complex.</summary>
        public bool is_complex() => DType.is_complex;

        /// <summary>Whether the dtype can hold negative numbers.</summary>
        public bool is_signed() => DType.is_signed;

        /// <summary>Whether the elements lie in memory in the order of the format (row-major unless said otherwise).</summary>
        public bool is_contiguous(MemoryFormat? memory_format = null) => (memory_format ?? contiguous_format).Matches(this);

        /// <summary>
        /// A number for the place of the first element: the same for as long as the memory is, equal for tensors that begin at the same element, 0 without
        /// elements. Memory that the garbage collector may move has no lasting address, so this is none.
        /// </summary>
        public long data_ptr() => Numel == 0 ? 0 : _storage.Place + _offset * itemsize;

        private int RequireDims()
        {
            if (Rank == 0) throw new IndexOutOfRangeException("Dimension specified as 0 but tensor has no dimensions");
            return Rank;
        }

        /// <summary>Whether the elements lie in one piece of memory without holes or overlap, in whatever order.</summary>
        internal bool IsDense
        {
            get
            {
                if (IsContiguous || Numel == 0) return true;
                ReadOnlySpan<long> sizes = Sizes, strides = Strides;
                long expected = 1;
                ulong done = 0;
                for (int found = 0; found < sizes.Length; found++)
                {
                    int next = -1;
                    for (int d = 0; d < sizes.Length; d++)
                        if ((done >> d & 1) == 0 && (sizes[d] == 1 || strides[d] == expected)) next = d;
                    if (next < 0) return false;
                    done |= 1UL << next;
                    expected *= sizes[next];
                }
                return true;
            }
        }
    }
}
