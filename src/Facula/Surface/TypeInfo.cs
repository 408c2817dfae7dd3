namespace Facula;

public static partial class torch
{
    /// <summary>π.</summary>
    public const double pi = Math.PI;

    /// <summary>Euler's number.</summary>
    public const double e = Math.E;

    /// <summary>Positive infinity.</summary>
    public const double inf = double.PositiveInfinity;

    /// <summary>Not a number.</summary>
    public const double nan = double.NaN;

    /// <summary>The limits of a floating-point type.</summary>
    public static FloatInfo finfo(ScalarType? type = null) => new(type ?? get_default_dtype());

    /// <summary>The limits of an integer type.</summary>
    public static IntegerInfo iinfo(ScalarType type) => new(type);

    /// <summary>Whether the object is a tensor.</summary>
    public static bool is_tensor(object? obj) => obj is Tensor;

    /// <summary>The name of the object's type; of a tensor its old type name.</summary>
    public static string typename(object o) => o is Tensor tensor ? tensor.type() : o.GetType().FullName ?? o.GetType().Name;

    /// <summary>Number of elements.</summary>
    public static long numel(Tensor input) => input.numel();

    /// <summary>Whether the dtype is a real floating-point type.</summary>
    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    /// <summary>Whether the dtype is complex.</summary>
    public static bool is_complex(Tensor input) => input.is_complex();

    /// <summary>Whether the dtype can hold negative numbers.</summary>
    public static bool is_signed(Tensor input) => input.is_signed();

    /// <summary>Whether the one element is not zero.</summary>
    public static bool is_nonzero(Tensor input)
    {
        if (input.Numel == 0) throw new TorchException("Boolean value of Tensor with no values is ambiguous");
        return input.Truth();
    }

    /// <summary>Whether values of one type may be stored in the other by the rules of promotion.</summary>
    public static bool can_cast(ScalarType @from, ScalarType to) => Promotion.CanCast(@from, to);

    /// <summary>The smallest type that holds both.</summary>
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => Promotion.Promote(type1, type2);

    /// <summary>The dtype of arithmetic on the two.</summary>
    public static ScalarType result_type(Tensor tensor, Tensor other) => Promotion.ResultType(tensor, other);

    /// <summary>The dtype of arithmetic on the two.</summary>
    public static ScalarType result_type(Tensor tensor, Scalar other) => Promotion.ResultType(tensor, other);

    /// <summary>The dtype of arithmetic on the two.</summary>
    public static ScalarType result_type(Scalar scalar, Tensor tensor) => Promotion.ResultType(tensor, scalar);

    /// <summary>The dtype of arithmetic on the two.</summary>
    public static ScalarType result_type(Scalar scalar1, Scalar scalar2) => Promotion.ResultType(Tensor.FromNumber(scalar1), scalar2);

    /// <summary>The common shape of several that broadcast.</summary>
    public static Size broadcast_shapes(params ReadOnlySpan<Dims> shapes)
    {
        Size common = default;
        foreach (Dims given in shapes)
        {
            Size shape = given.ToArray();
            for (int i = 0; i < shape.Rank; i++)
                if (shape[i] < 0) throw new TorchException($"Trying to create tensor with negative dimension ({shape[i]}): ({shape[i]})");
            try
            {
                common = Broadcasting.Shape(common, shape);
            }
            catch (TorchException)
            {
                throw new TorchException("Shape mismatch: objects cannot be broadcast to a single shape");
            }
        }
        return common;
    }
}

/// <summary>The limits of a floating-point type: what <c>torch.finfo</c> answers.</summary>
public sealed class FloatInfo
{
    private readonly ScalarType _type;

    internal FloatInfo(ScalarType type)
    {
        if (!type.IsDifferentiable) throw new ArgumentException($"torch.finfo() requires a floating point input type. Use torch.iinfo to handle '{type}'");
        _type = type.ToReal();
    }

    /// <summary>Bits of a number.</summary>
    public int bits => _type.itemsize * 8;

    /// <summary>The distance from 1 to the next number.</summary>
    public double eps => Pick(double.BitIncrement(1) - 1, 1.1920928955078125e-07, 0.0009765625, 0.0078125);

    /// <summary>The largest number.</summary>
    public double max => Pick(double.MaxValue, float.MaxValue, 65504, 3.3895313892515355e+38);

    /// <summary>The smallest number.</summary>
    public double min => -max;

    /// <summary>The smallest positive normal number.</summary>
    public double tiny => Pick(2.2250738585072014e-308, 1.1754943508222875e-38, 6.103515625e-05, 1.1754943508222875e-38);

    /// <summary>The smallest positive normal number.</summary>
    public double smallest_normal => tiny;

    /// <summary>The decimal resolution.</summary>
    public double resolution => Pick(1e-15, 1e-06, 0.001, 0.01);

    /// <summary>The name of the type.</summary>
    public string dtype => _type.ToString()["torch.".Length..];

    private double Pick(double ofDouble, double ofFloat, double ofHalf, double ofBFloat16) => _type.Code switch
    {
        TypeCode.Float64 => ofDouble,
        TypeCode.Float32 => ofFloat,
        TypeCode.Float16 => ofHalf,
        _ => ofBFloat16,
    };

    public override string ToString() =>
        $"finfo(resolution={PythonText.Float(resolution)}, min={PythonText.Float(min)}, max={PythonText.Float(max)}, eps={PythonText.Float(eps)}, smallest_normal={PythonText.Float(tiny)}, tiny={PythonText.Float(tiny)}, dtype={dtype})";
}

/// <summary>The limits of an integer type: what <c>torch.iinfo</c> answers.</summary>
public sealed class IntegerInfo
{
    private readonly ScalarType _type;

    internal IntegerInfo(ScalarType type)
    {
        if (!type.IsIntegral) throw new ArgumentException($"torch.iinfo() requires an integer input type. Use torch.finfo to handle '{type}'");
        _type = type;
    }

    /// <summary>Bits of a number.</summary>
    public int bits => _type.itemsize * 8;

    /// <summary>The largest number.</summary>
    public long max => _type == ScalarType.Byte ? byte.MaxValue : long.MaxValue >> (64 - bits);

    /// <summary>The smallest number.</summary>
    public long min => _type == ScalarType.Byte ? 0 : long.MinValue >> (64 - bits);

    /// <summary>The name of the type.</summary>
    public string dtype => _type.ToString()["torch.".Length..];

    public override string ToString() => $"iinfo(min={min}, max={max}, dtype={dtype})";
}
