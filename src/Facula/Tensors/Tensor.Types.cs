namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Uninitialised memory of the default type: <c>torch.Tensor(2, 3)</c>.</summary>
        public Tensor(long size0, long? size1 = null, long? size2 = null, long? size3 = null, long? size4 = null, long? size5 = null)
            : this(Allocate(LegacyTypes.Sizes(size0, size1, size2, size3, size4, size5), Defaults.DType))
        {
        }

        /// <summary>An empty tensor of the default type.</summary>
        public Tensor() : this(Allocate([0], Defaults.DType))
        {
        }

        /// <summary>A tensor of the numbers, in the default type.</summary>
        public Tensor(ReadOnlySpan<double> data) : this(tensor(data))
        {
        }

        /// <summary>A 2-dim tensor of the rows, in the default type.</summary>
        public Tensor(ReadOnlySpan<double[]> data) : this(tensor(data))
        {
        }

        /// <summary>The old name of the tensor's type, such as <c>torch.FloatTensor</c>.</summary>
        public string type() => (is_cuda ? "torch.cuda." : "torch.") + DType.LegacyName + "Tensor";

        /// <summary>The tensor in the dtype.</summary>
        public Tensor type(ScalarType dtype, bool non_blocking = false) => to(dtype, non_blocking);

        /// <summary>The tensor in the dtype of that old name, such as <c>torch.LongTensor</c>.</summary>
        public Tensor type(string dtype, bool non_blocking = false) => to(LegacyTypes.Parse(dtype), non_blocking);

        /// <summary>A copy of the data, in this tensor's dtype unless said otherwise.</summary>
        public Tensor new_tensor(Array data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            tensor(data, dtype ?? DType, device ?? this.device, requires_grad);

        /// <summary>A tensor of the numbers, in this tensor's dtype unless said otherwise.</summary>
        public Tensor new_tensor(ReadOnlySpan<double> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            tensor(data, dtype ?? DType, device ?? this.device, requires_grad);

        /// <summary>A 2-dim tensor of the rows, in this tensor's dtype unless said otherwise.</summary>
        public Tensor new_tensor(ReadOnlySpan<double[]> data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            tensor(data, dtype ?? DType, device ?? this.device, requires_grad);

        /// <summary>A 0-dim tensor of the number, in this tensor's dtype unless said otherwise.</summary>
        public Tensor new_tensor(Scalar data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            tensor(data, dtype ?? DType, device ?? this.device, requires_grad);

        /// <summary>The tensor in the dtype of another.</summary>
        public Tensor type_as(Tensor other) => to(other.dtype);

        /// <summary>The tensor in bool.</summary>
        public Tensor @bool(MemoryFormat? memory_format = null) => to(ScalarType.Bool, memory_format: memory_format);

        /// <summary>The tensor in uint8.</summary>
        public Tensor @byte(MemoryFormat? memory_format = null) => to(ScalarType.Byte, memory_format: memory_format);

        /// <summary>The tensor in int8.</summary>
        public Tensor @char(MemoryFormat? memory_format = null) => to(ScalarType.Int8, memory_format: memory_format);

        /// <summary>The tensor in int16.</summary>
        public Tensor @short(MemoryFormat? memory_format = null) => to(ScalarType.Int16, memory_format: memory_format);

        /// <summary>The tensor in int32.</summary>
        public Tensor @int(MemoryFormat? memory_format = null) => to(ScalarType.Int32, memory_format: memory_format);

        /// <summary>The tensor in int64.</summary>
        public Tensor @long(MemoryFormat? memory_format = null) => to(ScalarType.Int64, memory_format: memory_format);

        /// <summary>The tensor in float16.</summary>
        public Tensor half(MemoryFormat? memory_format = null) => to(ScalarType.Float16, memory_format: memory_format);

        /// <summary>The tensor in bfloat16.</summary>
        public Tensor bfloat16(MemoryFormat? memory_format = null) => to(ScalarType.BFloat16, memory_format: memory_format);

        /// <summary>The tensor in float32.</summary>
        public Tensor @float(MemoryFormat? memory_format = null) => to(ScalarType.Float32, memory_format: memory_format);

        /// <summary>The tensor in float64.</summary>
        public Tensor @double(MemoryFormat? memory_format = null) => to(ScalarType.Float64, memory_format: memory_format);

        /// <summary>The tensor in complex64.</summary>
        public Tensor cfloat(MemoryFormat? memory_format = null) => to(ScalarType.ComplexFloat32, memory_format: memory_format);

        /// <summary>The tensor in complex128.</summary>
        public Tensor cdouble(MemoryFormat? memory_format = null) => to(ScalarType.ComplexFloat64, memory_format: memory_format);

        /// <summary>The tensor in the memory of the CPU.</summary>
        public Tensor cpu(MemoryFormat? memory_format = null) => to(CPU);

        /// <summary>The tensor in the memory of a GPU.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA);

        /// <summary>Whether both have the same shape.</summary>
        public bool is_same_size(Tensor other) => _sizes == other._sizes;

        /// <summary>Whether the tensor shares this one's shape, strides, offset and memory.</summary>
        public bool is_set_to(Tensor tensor) =>
            ReferenceEquals(_storage, tensor._storage) && _offset == tensor._offset && _sizes == tensor._sizes && _strides == tensor._strides;
    }
}
