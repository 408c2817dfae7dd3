using System.Numerics;

namespace Facula;

/// <summary>TorchSharp's conversions of one-element tensors to numbers.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The only element as a float.</summary>
    public static float ToSingle(this Tensor value) => value.item().ToSingle();

    /// <summary>The only element as a double.</summary>
    public static double ToDouble(this Tensor value) => value.item().ToDouble();

    /// <summary>The only element as an int.</summary>
    public static int ToInt32(this Tensor value) => value.item().ToInt32();

    /// <summary>The only element as a long.</summary>
    public static long ToInt64(this Tensor value) => value.item().ToInt64();

    /// <summary>The only element as a short.</summary>
    public static short ToInt16(this Tensor value) => checked((short)value.item().ToInt64());

    /// <summary>The only element as a byte.</summary>
    public static byte ToByte(this Tensor value) => checked((byte)value.item().ToInt64());

    /// <summary>The only element as an sbyte.</summary>
    public static sbyte ToSByte(this Tensor value) => checked((sbyte)value.item().ToInt64());

    /// <summary>The only element as a Half.</summary>
    public static Half ToHalf(this Tensor value) => (Half)value.item().ToDouble();

    /// <summary>The only element as a bool.</summary>
    public static bool ToBoolean(this Tensor value) => value.item().ToBoolean();

    /// <summary>The only element as a complex number.</summary>
    public static Complex ToComplexFloat64(this Tensor value) => value.item().ToComplex();

    /// <summary>The only element as a number of its own type.</summary>
    public static Scalar ToScalar(this Tensor value) => value.item();

    /// <summary>With elements of another type.</summary>
    public static Tensor to_type(this Tensor value, ScalarType type) => value.to(type);
}

/// <summary>TorchSharp's way to a <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this bool value) => value;
}
