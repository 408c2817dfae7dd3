using static Facula.torch;

namespace Facula.Benchmarks.Sweep;

/// <summary>Three tensors of any numbers (x, y, z), one of numbers inside (0, 1), or small and positive where the type has no fractions (u); <see cref="Python"/> makes the same.</summary>
internal sealed class Operands
{
    public Operands(string type, long n)
    {
        ScalarType dtype = Type(type);
        (X, Y, Z, U) = type switch
        {
            "bool" => (Bits(n), Bits(n), Bits(n), Bits(n)),
            "uint8" or "int32" or "int64" => (Whole(0, 100), Whole(1, 100), Whole(1, 4), Whole(1, 8)),
            _ => (Real(), Real(), Real(), rand(n).to(dtype) * 0.9 + 0.05),
        };
        Tensor Whole(long low, long high) => randint(low, high, [n], dtype: dtype);
        Tensor Real() => dtype.is_complex ? randn(n, dtype: dtype) : randn(n).to(dtype);
    }

    public Tensor X { get; }

    public Tensor Y { get; }

    public Tensor Z { get; }

    public Tensor U { get; }

    /// <summary>The lines that build them on the other side.</summary>
    public static string Python(string type, long n) => type switch
    {
        "bool" => $"x, y, z, u = (torch.rand({n}) > 0.5 for _ in range(4))",
        "uint8" or "int32" or "int64" => $"x, y, z, u = (torch.randint(a, b, ({n},), dtype=torch.{type}) for a, b in ((0, 100), (1, 100), (1, 4), (1, 8)))",
        "complex64" or "complex128" => $"x, y, z = (torch.randn({n}, dtype=torch.{type}) for _ in range(3)); u = (torch.rand({n}) * 0.9 + 0.05).to(torch.{type})",
        _ => $"x, y, z = (torch.randn({n}).to(torch.{type}) for _ in range(3)); u = torch.rand({n}).to(torch.{type}) * 0.9 + 0.05",
    };

    /// <summary>A tensor of that type: small whole numbers where it has no fractions.</summary>
    public static Tensor Matrix(string type, params ReadOnlySpan<long> shape) =>
        type is "uint8" or "int32" or "int64" ? randint(0, 9, new Size(shape), dtype: Type(type))
        : Type(type).is_complex || type == "float64" ? randn(new Size(shape), dtype: Type(type)) : randn(new Size(shape)).to(Type(type));

    private static ScalarType Type(string name) => name switch
    {
        "bool" => torch.@bool, "uint8" => uint8, "int32" => int32, "int64" => int64, "float16" => float16, "bfloat16" => bfloat16,
        "float32" => float32, "float64" => float64, "complex64" => complex64, "complex128" => complex128,
        _ => throw new ArgumentException($"no type {name}"),
    };

    private static Tensor Bits(long n) => rand(n) > 0.5;
}
