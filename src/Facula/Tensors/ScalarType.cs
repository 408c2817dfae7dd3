using System.Numerics;

namespace Facula;

/// <summary>The element types by libtorch's numbers, which file formats store.</summary>
internal enum TypeCode : byte
{
    UInt8 = 0, Int8 = 1, Int16 = 2, Int32 = 3, Int64 = 4,
    Float16 = 5, Float32 = 6, Float64 = 7,
    Complex64 = 9, Complex128 = 10, Bool = 11, BFloat16 = 15,
}

public static partial class torch
{
    /// <summary>The type of a tensor's elements; prints as PyTorch's dtype does (<c>torch.float32</c>).</summary>
    public readonly struct ScalarType : IEquatable<ScalarType>
    {
        internal readonly TypeCode Code;

        internal ScalarType(TypeCode code) => Code = code;

        public static ScalarType Byte => new(TypeCode.UInt8);
        public static ScalarType Int8 => new(TypeCode.Int8);
        public static ScalarType Int16 => new(TypeCode.Int16);
        public static ScalarType Int32 => new(TypeCode.Int32);
        public static ScalarType Int64 => new(TypeCode.Int64);
        public static ScalarType Float16 => new(TypeCode.Float16);
        public static ScalarType Float32 => new(TypeCode.Float32);
        public static ScalarType Float64 => new(TypeCode.Float64);
        public static ScalarType ComplexFloat32 => new(TypeCode.Complex64);
        public static ScalarType ComplexFloat64 => new(TypeCode.Complex128);
        public static ScalarType Bool => new(TypeCode.Bool);
        public static ScalarType BFloat16 => new(TypeCode.BFloat16);

        // One bit or four for each code: asked several times by every operation, these must not be jumps.
        private const int Floats = 1 << (int)TypeCode.Float32 | 1 << (int)TypeCode.Float64 | 1 << (int)TypeCode.Float16 | 1 << (int)TypeCode.BFloat16;
        private const int Complexes = 1 << (int)TypeCode.Complex64 | 1 << (int)TypeCode.Complex128;
        private const ulong LogSizes = 1UL << 4 * (int)TypeCode.Int16 | 2UL << 4 * (int)TypeCode.Int32 | 3UL << 4 * (int)TypeCode.Int64
            | 1UL << 4 * (int)TypeCode.Float16 | 2UL << 4 * (int)TypeCode.Float32 | 3UL << 4 * (int)TypeCode.Float64
            | 3UL << 4 * (int)TypeCode.Complex64 | 4UL << 4 * (int)TypeCode.Complex128 | 1UL << 4 * (int)TypeCode.BFloat16;

        private bool IsOneOf(int types) => (types >> (int)Code & 1) != 0;

        /// <summary>Size of one element in bytes.</summary>
        public int itemsize => 1 << LogSize;

        /// <summary>The logarithm to base 2 of the size of one element.</summary>
        internal int LogSize => (int)(LogSizes >> 4 * (int)Code) & 7;

        /// <summary>Whether the type is a real floating-point type.</summary>
        public bool is_floating_point => IsOneOf(Floats);

        /// <summary>Whether the type is complex.</summary>
        public bool is_complex => IsOneOf(Complexes);

        /// <summary>Whether the type can hold negative numbers.</summary>
        public bool is_signed => Code is not (TypeCode.UInt8 or TypeCode.Bool);

        internal bool IsDifferentiable => IsOneOf(Floats | Complexes);

        internal bool IsIntegral => Code <= TypeCode.Int64;

        /// <summary>float16 and bfloat16: storage whose arithmetic happens in float32.</summary>
        internal bool IsLowPrecision => Code is TypeCode.Float16 or TypeCode.BFloat16;

        /// <summary>The real type of a complex type's parts; the type itself when it is real.</summary>
        internal ScalarType ToReal() => Code switch
        {
            TypeCode.Complex64 => Float32,
            TypeCode.Complex128 => Float64,
            _ => this,
        };

        /// <summary>The complex type whose parts have this type's precision.</summary>
        internal ScalarType ToComplex() => Code switch
        {
            TypeCode.Float64 or TypeCode.Complex128 => ComplexFloat64,
            _ => ComplexFloat32,
        };

        /// <summary>libtorch's name in error messages (<c>Float</c>, <c>Long</c>).</summary>
        internal string LegacyName => Code switch
        {
            TypeCode.UInt8 => "Byte",
            TypeCode.Int8 => "Char",
            TypeCode.Int16 => "Short",
            TypeCode.Int32 => "Int",
            TypeCode.Int64 => "Long",
            TypeCode.Float16 => "Half",
            TypeCode.Float32 => "Float",
            TypeCode.Float64 => "Double",
            TypeCode.Complex64 => "ComplexFloat",
            TypeCode.Complex128 => "ComplexDouble",
            TypeCode.Bool => "Bool",
            _ => "BFloat16",
        };

        /// <summary>C++'s name of the type in error messages (<c>float</c>, <c>int64_t</c>).</summary>
        internal string CName() => Code switch
        {
            TypeCode.Float64 => "double",
            TypeCode.Float32 => "float",
            TypeCode.Int64 => "int64_t",
            TypeCode.Int32 => "int",
            TypeCode.Int16 => "int16_t",
            TypeCode.Int8 => "int8_t",
            TypeCode.UInt8 => "uint8_t",
            TypeCode.Bool => "bool",
            TypeCode.Complex64 => "c10::complex<float>",
            TypeCode.Complex128 => "c10::complex<double>",
            _ => "c10::" + LegacyName,
        };

        /// <summary>C++'s name of the type where PyTorch prints the type itself (<c>float</c>, <c>long int</c>).</summary>
        internal string MetaName() => Code switch
        {
            TypeCode.Int64 => "long int",
            TypeCode.Int16 => "short int",
            TypeCode.Int8 => "signed char",
            TypeCode.UInt8 => "unsigned char",
            _ => CName(),
        };

        internal static ScalarType Of(Type type)
        {
            if (type == typeof(float)) return Float32;
            if (type == typeof(double)) return Float64;
            if (type == typeof(long)) return Int64;
            if (type == typeof(int)) return Int32;
            if (type == typeof(bool)) return Bool;
            if (type == typeof(byte)) return Byte;
            if (type == typeof(sbyte)) return Int8;
            if (type == typeof(short)) return Int16;
            if (type == typeof(Half)) return Float16;
            if (type == typeof(Facula.BFloat16)) return BFloat16;
            if (type == typeof(Complex)) return ComplexFloat64;
            if (type == typeof(Facula.Complex64)) return ComplexFloat32;
            throw new ArgumentException($"can't convert elements of type {type}; the supported types are float, double, int, long, short, sbyte, byte, bool, Half, BFloat16, Complex64 and Complex");
        }

        /// <summary>The .NET type of one element.</summary>
        internal Type ElementType => Code switch
        {
            TypeCode.UInt8 => typeof(byte),
            TypeCode.Int8 => typeof(sbyte),
            TypeCode.Int16 => typeof(short),
            TypeCode.Int32 => typeof(int),
            TypeCode.Int64 => typeof(long),
            TypeCode.Float16 => typeof(Half),
            TypeCode.Float32 => typeof(float),
            TypeCode.Float64 => typeof(double),
            TypeCode.Complex64 => typeof(Facula.Complex64),
            TypeCode.Complex128 => typeof(Complex),
            TypeCode.Bool => typeof(bool),
            _ => typeof(Facula.BFloat16),
        };

        public bool Equals(ScalarType other) => Code == other.Code;
        public override bool Equals(object? obj) => obj is ScalarType other && Equals(other);
        public override int GetHashCode() => (int)Code;
        public static bool operator ==(ScalarType left, ScalarType right) => left.Code == right.Code;
        public static bool operator !=(ScalarType left, ScalarType right) => left.Code != right.Code;

        public override string ToString() => "torch." + Code.ToString().ToLowerInvariant();
    }

    public static ScalarType uint8 => ScalarType.Byte;
    public static ScalarType int8 => ScalarType.Int8;
    public static ScalarType int16 => ScalarType.Int16;
    public static ScalarType @short => ScalarType.Int16;
    public static ScalarType int32 => ScalarType.Int32;
    public static ScalarType @int => ScalarType.Int32;
    public static ScalarType int64 => ScalarType.Int64;
    public static ScalarType @long => ScalarType.Int64;
    public static ScalarType float16 => ScalarType.Float16;
    public static ScalarType half => ScalarType.Float16;
    public static ScalarType bfloat16 => ScalarType.BFloat16;
    public static ScalarType float32 => ScalarType.Float32;
    public static ScalarType @float => ScalarType.Float32;
    public static ScalarType float64 => ScalarType.Float64;
    public static ScalarType @double => ScalarType.Float64;
    public static ScalarType complex64 => ScalarType.ComplexFloat32;
    public static ScalarType cfloat => ScalarType.ComplexFloat32;
    public static ScalarType complex128 => ScalarType.ComplexFloat64;
    public static ScalarType cdouble => ScalarType.ComplexFloat64;
    public static ScalarType @bool => ScalarType.Bool;
}
