using System.Numerics;
using System.Runtime.CompilerServices;
using Facula.Ops;

using Facula.Kernels;

namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A 0-dim tensor that stands for a number in type promotion.</summary>
        internal static Tensor FromNumber(Scalar number)
        {
            Tensor tensor = FromScalar(number, number.Type);
            tensor.IsWrappedNumber = true;
            return tensor;
        }

        /// <summary>A 0-dim tensor of the dtype.</summary>
        internal static Tensor FromScalar(Scalar number, ScalarType dtype, Device? device = null)
        {
            Tensor tensor = Allocate(default, dtype, device);
            tensor.FillRaw(number);
            return tensor;
        }

        public static implicit operator Tensor(Scalar number) => FromNumber(number);

        /// <summary>Sets every element, unrecorded.</summary>
        internal void FillRaw(Scalar value)
        {
            if (Numel == 0) return;
            if (Numel == 1)
            {
                SetElement(0, value);
                return;
            }
            if (IsContiguous && !value.IsComplex && value.ToDouble() == 0 && !double.IsNegative(value.ToDouble()))
            {
                ZeroRaw();
                return;
            }
            Tensor one = Allocate(default, DType);
            one.SetElement(0, value);
            Copying.Copy(one, this);
        }

        private unsafe void ZeroRaw()
        {
            const long Grain = 1 << 18;
            byte zero = 0;
            fixed (byte* p = &StoredReference)
                MapLoop.Contiguous(default(ConvertMap<byte, byte>), &zero, 0, p, 1, Numel * DType.itemsize, Grain);
            GC.KeepAlive(this);
        }

        /// <summary>Copies elements, broadcast and converted, unrecorded.</summary>
        internal void CopyRaw(Tensor source) => Copying.Copy(source, this);

        /// <summary>Gives the tensor another row-major shape and the memory for it, unrecorded.</summary>
        internal void ResizeRaw(Size sizes)
        {
            long bytes = (_offset + sizes.numel()) * DType.itemsize;
            if (bytes > _storage.Bytes) _storage.Grow(bytes);
            SetGeometry(sizes, sizes.ContiguousStrides(), _offset);
        }

        /// <summary>The element at a distance from the first, in elements of storage.</summary>
        internal Scalar GetElement(long position)
        {
            Scalar stored = GetStored(position);
            return IsConjugated ? Complex.Conjugate(stored.ToComplex()) : stored;
        }

        private Scalar GetStored(long position)
        {
            ref byte at = ref Unsafe.Add(ref StoredReference, (nint)(position * DType.itemsize));
            return _code switch
            {
                TypeCode.Float32 => Unsafe.As<byte, float>(ref at),
                TypeCode.Float64 => Unsafe.As<byte, double>(ref at),
                TypeCode.Int64 => Unsafe.As<byte, long>(ref at),
                TypeCode.Int32 => Unsafe.As<byte, int>(ref at),
                TypeCode.Int16 => Unsafe.As<byte, short>(ref at),
                TypeCode.Int8 => Unsafe.As<byte, sbyte>(ref at),
                TypeCode.UInt8 => at,
                TypeCode.Bool => at != 0,
                TypeCode.Float16 => Unsafe.As<byte, Half>(ref at),
                TypeCode.BFloat16 => Unsafe.As<byte, BFloat16>(ref at),
                TypeCode.Complex64 => Unsafe.As<byte, Complex64>(ref at),
                _ => Unsafe.As<byte, Complex>(ref at),
            };
        }

        /// <summary>Writes the element at a distance from the first, converted.</summary>
        internal void SetElement(long position, Scalar value)
        {
            if (IsConjugated) value = Complex.Conjugate(value.ToComplex());
            ref byte at = ref Unsafe.Add(ref StoredReference, (nint)(position * DType.itemsize));
            switch (_code)
            {
                case TypeCode.Float32: Unsafe.As<byte, float>(ref at) = value.ToSingle(); break;
                case TypeCode.Float64: Unsafe.As<byte, double>(ref at) = value.ToDouble(); break;
                case TypeCode.Int64: Unsafe.As<byte, long>(ref at) = value.ToInt64(); break;
                case TypeCode.Int32: Unsafe.As<byte, int>(ref at) = (int)value.ToInt64(); break;
                case TypeCode.Int16: Unsafe.As<byte, short>(ref at) = (short)value.ToInt64(); break;
                case TypeCode.Int8: Unsafe.As<byte, sbyte>(ref at) = (sbyte)value.ToInt64(); break;
                case TypeCode.UInt8: at = (byte)value.ToInt64(); break;
                case TypeCode.Bool: at = value.ToBoolean() ? (byte)1 : (byte)0; break;
                case TypeCode.Float16: Unsafe.As<byte, Half>(ref at) = (Half)value.ToSingle(); break;
                case TypeCode.BFloat16: Unsafe.As<byte, BFloat16>(ref at) = (BFloat16)value.ToSingle(); break;
                case TypeCode.Complex64: Unsafe.As<byte, Complex64>(ref at) = (Complex64)value.ToComplex(); break;
                default: Unsafe.As<byte, Complex>(ref at) = value.ToComplex(); break;
            }
        }

        /// <summary>The only element, as a number.</summary>
        public Scalar item()
        {
            if (Numel != 1) throw new ArgumentException("only one element tensors can be converted to Python scalars");
            return GetElement(0);
        }

        /// <summary>The only element; T must be the dtype's own .NET type.</summary>
        public T item<T>() where T : unmanaged
        {
            if (Numel != 1) throw new ArgumentException("only one element tensors can be converted to Python scalars");
            RequireElementType<T>();
            return Unsafe.As<byte, T>(ref (IsConjugated ? Copying.Converted(this, DType) : this).Reference);
        }

        internal void RequireElementType<T>() where T : unmanaged
        {
            if (typeof(T) != DType.ElementType)
                throw new ArgumentException($"the elements are {DType} ({DType.ElementType.Name}), not {typeof(T).Name}; convert with .to({ScalarType.Of(typeof(T))})");
        }

        public static explicit operator double(Tensor tensor) => tensor.item().ToDouble();
        public static explicit operator float(Tensor tensor) => tensor.item().ToSingle();
        public static explicit operator long(Tensor tensor) => tensor.item().ToInt64();
        public static explicit operator int(Tensor tensor) => tensor.item().ToInt32();
        public static explicit operator bool(Tensor tensor) => tensor.Truth();
        public static explicit operator Complex(Tensor tensor) => tensor.item().ToComplex();

        /// <summary>Python's <c>bool(x)</c>: for tensors of one element.</summary>
        internal bool Truth()
        {
            if (Numel == 0) return false;
            if (Numel > 1) throw new TorchException("Boolean value of Tensor with more than one value is ambiguous");
            return GetElement(0).ToBoolean();
        }

        /// <summary>The elements in row-major order as a new array; T must be the dtype's own .NET type.</summary>
        public unsafe T[] ToArray<T>() where T : unmanaged
        {
            RequireElementType<T>();
            T[] array = GC.AllocateUninitializedArray<T>(checked((int)Numel));
            Tensor dense = IsContiguous ? this : Copying.Converted(this, DType);
            fixed (byte* source = &dense.Reference)
            fixed (T* target = array)
                Buffer.MemoryCopy(source, target, Numel * sizeof(T), Numel * sizeof(T));
            GC.KeepAlive(dense);
            return array;
        }

        /// <summary>The same memory outside the graph; in-place writes are noticed by both.</summary>
        public Tensor detach() => Alias(_sizes, StridesRef, _offset);

        /// <summary>Takes this tensor out of the graph.</summary>
        public Tensor detach_()
        {
            if (_base is not null)
                throw new TorchException("Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and hence detach_() cannot be called on these gradients. To fix this error, please refer to the Optimizer.zero_grad() function in torch/optim/optimizer.py as a solution.");
            if (_autograd is not null) (_autograd.GradFn, _autograd.RequiresGrad, _autograd.OutputIndex) = (null, false, 0);
            return this;
        }

        /// <summary>The same memory outside the graph and with a version count of its own; assigning replaces memory and shape.</summary>
        public Tensor data
        {
            get => new(Shared(), _sizes, StridesRef, _offset, DType, null, new VersionCounter()) { IsConjugated = IsConjugated };
            set => TakeFrom(value);
        }

        /// <summary>This clone with an autograd record of its own.</summary>
        internal Tensor WithOwnAutograd()
        {
            if (_autograd is { } meta)
                _autograd = new AutogradMeta { GradFn = meta.GradFn, OutputIndex = meta.OutputIndex, RequiresGrad = meta.RequiresGrad, Accumulator = meta.Accumulator };
            _viewVersion = Version;
            return this;
        }

        /// <summary>Copies the elements of <paramref name="other"/>, broadcast and converted, into this tensor.</summary>
        public Tensor copy_(Tensor other, bool non_blocking = false) => Ops.Copy.CallInPlace(this, other);

        /// <summary>Sets every element to the value.</summary>
        public Tensor fill_(Scalar value)
        {
            NumberRange.Require(value, DType);
            return Fill.CallInPlace(this, FromScalar(value, DType));
        }

        /// <summary>Sets every element to the 0-dim tensor's value.</summary>
        public Tensor fill_(Tensor value) => Fill.CallInPlace(this, value);

        /// <summary>Sets every element to 0.</summary>
        public Tensor zero_() => fill_(0);

        /// <summary>The tensor itself if its elements lie in the format's order (row-major unless said otherwise) and are no conjugate view, else a copy that does.</summary>
        public Tensor contiguous(MemoryFormat? memory_format = null) =>
            !IsConjugated && is_contiguous(memory_format) ? this : Ops.Clone.Call(this, memory_format ?? contiguous_format);

        /// <summary>The tensor in the dtype: itself when it has it already.</summary>
        public Tensor to(ScalarType dtype, bool non_blocking = false, bool copy = false, MemoryFormat? memory_format = null) =>
            InFormat(dtype == DType && !copy ? this : ToCopy.Call(this, dtype, device), memory_format);

        private static Tensor InFormat(Tensor tensor, MemoryFormat? format) =>
            format is { } wanted && wanted != preserve_format ? tensor.contiguous(wanted) : tensor;

        /// <summary>The tensor on the device, and in the dtype when one is given.</summary>
        public Tensor to(Device device, ScalarType? dtype = null, bool non_blocking = false, bool copy = false, MemoryFormat? memory_format = null)
        {
            ScalarType type = dtype ?? DType;
            return InFormat(device.Kind == this.device.Kind && type == DType && !copy ? this : ToCopy.Call(this, type, device), memory_format);
        }

        /// <summary>The tensor with the dtype and device of another.</summary>
        public Tensor to(Tensor other, bool non_blocking = false, bool copy = false, MemoryFormat? memory_format = null) =>
            to(other.device, other.dtype, non_blocking, copy, memory_format);
    }
}
