using static Facula.torch;
using F = Facula.torch.nn.functional;

namespace Facula.Benchmarks.Sweep;

/// <summary>Functions of each element in the types that the list leaves out.</summary>
internal static class Pointwise
{
    private static readonly (string python, Func<Operands, Tensor> run)[] Real =
    [
        ("torch.sqrt(u)", o => sqrt(o.U)), ("torch.rsqrt(u)", o => rsqrt(o.U)), ("torch.reciprocal(x)", o => reciprocal(o.X)), ("torch.square(x)", o => square(o.X)),
        ("torch.pow(x, 2)", o => pow(o.X, 2)), ("torch.pow(x, 3)", o => pow(o.X, 3)), ("torch.pow(u, 0.5)", o => pow(o.U, 0.5)), ("torch.pow(u, 1.7)", o => pow(o.U, 1.7)),
        ("torch.pow(2, x)", o => pow(2, o.X)), ("torch.pow(u, y)", o => pow(o.U, o.Y)),
        ("torch.abs(x)", o => abs(o.X)), ("torch.neg(x)", o => neg(o.X)), ("torch.sign(x)", o => sign(o.X)), ("torch.floor(x)", o => floor(o.X)), ("torch.round(x)", o => round(o.X)),
        ("torch.trunc(x)", o => trunc(o.X)), ("torch.frac(x)", o => frac(o.X)), ("torch.clamp(x, -0.5, 0.5)", o => clamp(o.X, -0.5, 0.5)),
        ("torch.log1p(u)", o => log1p(o.U)), ("torch.expm1(x)", o => expm1(o.X)), ("torch.log2(u)", o => log2(o.U)), ("torch.log10(u)", o => log10(o.U)), ("torch.exp2(x)", o => exp2(o.X)),
        ("torch.exp(x)", o => exp(o.X)), ("torch.log(u)", o => log(o.U)), ("torch.sin(x)", o => sin(o.X)), ("torch.cos(x)", o => cos(o.X)), ("torch.tan(x)", o => tan(o.X)),
        ("torch.asin(u)", o => asin(o.U)), ("torch.acos(u)", o => acos(o.U)), ("torch.atan(x)", o => atan(o.X)), ("torch.atan2(x, y)", o => atan2(o.X, o.Y)),
        ("torch.sinh(x)", o => sinh(o.X)), ("torch.cosh(x)", o => cosh(o.X)), ("torch.tanh(x)", o => tanh(o.X)), ("torch.asinh(x)", o => asinh(o.X)), ("torch.atanh(u)", o => atanh(o.U)),
        ("torch.sigmoid(x)", o => sigmoid(o.X)), ("torch.logit(u)", o => logit(o.U)), ("torch.erf(x)", o => erf(o.X)), ("torch.erfc(x)", o => erfc(o.X)), ("torch.erfinv(u)", o => erfinv(o.U)),
        ("torch.lgamma(u)", o => lgamma(o.U)), ("torch.digamma(u)", o => digamma(o.U)), ("torch.i0(x)", o => i0(o.X)), ("torch.sinc(x)", o => sinc(o.X)),
        ("torch.heaviside(x, y)", o => heaviside(o.X, o.Y)), ("torch.polygamma(1, u)", o => polygamma(1, o.U)), ("torch.mvlgamma(u + 2, 3)", o => mvlgamma(o.U + 2, 3)), ("torch.frexp(x)[0]", o => frexp(o.X).mantissa),
        ("torch.special.ndtri(u)", o => special.ndtri(o.U)), ("torch.special.log_ndtr(x)", o => special.log_ndtr(o.X)), ("torch.isposinf(x)", o => isposinf(o.X)),
        ("torch.maximum(x, y)", o => maximum(o.X, o.Y)), ("torch.fmin(x, y)", o => fmin(o.X, o.Y)), ("torch.remainder(x, u)", o => remainder(o.X, o.U)), ("torch.fmod(x, u)", o => fmod(o.X, o.U)),
        ("torch.floor_divide(x, u)", o => floor_divide(o.X, o.U)), ("torch.div(x, u)", o => div(o.X, o.U)), ("torch.hypot(x, y)", o => hypot(o.X, o.Y)),
        ("torch.logaddexp(x, y)", o => logaddexp(o.X, o.Y)), ("torch.xlogy(x, u)", o => xlogy(o.X, o.U)), ("torch.copysign(x, y)", o => copysign(o.X, o.Y)),
        ("torch.lerp(x, y, 0.3)", o => lerp(o.X, o.Y, 0.3)), ("torch.lerp(x, y, u)", o => lerp(o.X, o.Y, o.U)),
        ("torch.addcmul(x, y, z, value=0.5)", o => addcmul(o.X, o.Y, o.Z, value: 0.5)), ("torch.addcdiv(x, y, u)", o => addcdiv(o.X, o.Y, o.U)),
        ("torch.isnan(x)", o => isnan(o.X)), ("torch.isfinite(x)", o => isfinite(o.X)), ("torch.nan_to_num(x)", o => nan_to_num(o.X)), ("torch.logical_and(x, y)", o => logical_and(o.X, o.Y)),
        ("torch.eq(x, y)", o => eq(o.X, o.Y)), ("x * 2 + 1", o => o.X * 2 + 1), ("x.masked_fill(x > 0, 0.0)", o => o.X.masked_fill(o.X > 0, 0.0)),
        ("x.masked_fill_(x > 0, 0.0)", o => o.X.masked_fill_(o.X > 0, 0.0)),
        ("F.elu(x)", o => F.elu(o.X)), ("F.leaky_relu(x)", o => F.leaky_relu(o.X)), ("F.silu(x)", o => F.silu(o.X)), ("F.mish(x)", o => F.mish(o.X)), ("F.softplus(x)", o => F.softplus(o.X)),
        ("F.hardswish(x)", o => F.hardswish(o.X)), ("F.logsigmoid(x)", o => F.logsigmoid(o.X)), ("F.gelu(x)", o => F.gelu(o.X)), ("F.gelu(x, approximate='tanh')", o => F.gelu(o.X, approximate: "tanh")),
        ("F.softsign(x)", o => F.softsign(o.X)), ("F.threshold(x, 0.1, 0.0)", o => F.threshold(o.X, 0.1, 0.0)),
    ];

    private static readonly string[] Whole =
    [
        "x + y", "x * y", "x - 3", "x / y", "x // y", "x % y", "x & y", "x ^ y", "~x", "x << z", "x >> z", "torch.abs(x)", "torch.neg(x)", "torch.sign(x)", "torch.clamp(x, 5, 50)",
        "torch.maximum(x, y)", "torch.pow(x, 2)", "torch.logical_and(x, y)", "torch.logical_not(x)", "x == y", "x > 50", "torch.where(x > y, x, y)", "x.masked_fill(x > 50, 0)", "torch.sqrt(x)",
        "x.float()", "x.bool()", "x.sum()", "x.sum(dtype=torch.float32)", "x.max()", "x.argmax()", "x.view(100, -1).sum(0)", "x.view(100, -1).max(1)", "x.cumsum(0)", "x.count_nonzero()", "x.unique()",
    ];

    private static readonly string[] Small = ["torch.sqrt(u)", "torch.abs(x)", "torch.clamp(x, -0.5, 0.5)", "torch.pow(x, 2)", "torch.maximum(x, y)", "torch.addcmul(x, y, z, value=0.5)", "torch.lerp(x, y, 0.3)",
        "torch.isnan(x)", "x * 2 + 1", "torch.floor(x)", "F.silu(x)", "torch.cos(x)", "x.masked_fill(x > 0, 0.0)", "F.leaky_relu(x)"];

    private static readonly string[] Low = ["x + y", "x * 2 + 1", "torch.exp(x)", "torch.tanh(x)", "torch.maximum(x, y)", "x.sum()", "x.float()", "F.gelu(x)", "torch.sqrt(u)", "x > y"];

    private static readonly string[] Logic = ["x & y", "x | y", "x ^ y", "~x", "torch.logical_and(x, y)", "x == y", "x.sum()", "x.any()", "x.all()", "x.float()", "x.long()", "x.nonzero()", "x.view(100, -1).any(1)",
        "x.view(100, -1).all(0)", "x.cumsum(0)", "torch.where(x, y, z)"];

    private static readonly string[] Complex = ["torch.sigmoid(x)", "x * y", "x + y", "x / y", "torch.abs(x)", "torch.exp(x)", "torch.sqrt(x)", "torch.angle(x)", "x.real * 2", "x.sum()", "torch.conj(x).resolve_conj()"];

    // Each stands for all types that it is raced in.
    private static readonly Dictionary<string, Func<Operands, object>> Mixed = new()
    {
        ["x + y"] = o => o.X + o.Y, ["x * y"] = o => o.X * o.Y, ["x - 3"] = o => o.X - 3, ["x / y"] = o => o.X / o.Y, ["x // y"] = o => floor_divide(o.X, o.Y), ["x % y"] = o => o.X % o.Y,
        ["x & y"] = o => o.X & o.Y, ["x | y"] = o => o.X | o.Y, ["x ^ y"] = o => o.X ^ o.Y, ["~x"] = o => ~o.X, ["x << z"] = o => bitwise_left_shift(o.X, o.Z), ["x >> z"] = o => bitwise_right_shift(o.X, o.Z),
        ["torch.clamp(x, 5, 50)"] = o => clamp(o.X, 5, 50), ["torch.logical_not(x)"] = o => logical_not(o.X), ["x == y"] = o => eq(o.X, o.Y), ["x > 50"] = o => o.X > 50, ["x > y"] = o => o.X > o.Y,
        ["torch.where(x > y, x, y)"] = o => where(o.X > o.Y, o.X, o.Y), ["torch.where(x, y, z)"] = o => where(o.X, o.Y, o.Z), ["x.masked_fill(x > 50, 0)"] = o => o.X.masked_fill(o.X > 50, 0),
        ["torch.sqrt(x)"] = o => sqrt(o.X), ["x.float()"] = o => o.X.@float(), ["x.long()"] = o => o.X.@long(), ["x.bool()"] = o => o.X.@bool(), ["x.sum()"] = o => o.X.sum(),
        ["x.sum(dtype=torch.float32)"] = o => o.X.sum(dtype: float32), ["x.max()"] = o => o.X.max(), ["x.argmax()"] = o => o.X.argmax(), ["x.view(100, -1).sum(0)"] = o => o.X.view(100, -1).sum(0),
        ["x.view(100, -1).max(1)"] = o => o.X.view(100, -1).max(1), ["x.view(100, -1).any(1)"] = o => o.X.view(100, -1).any(1), ["x.view(100, -1).all(0)"] = o => o.X.view(100, -1).all(0),
        ["x.cumsum(0)"] = o => o.X.cumsum(0), ["x.count_nonzero()"] = o => o.X.count_nonzero(), ["x.unique()"] = o => o.X.unique(), ["x.any()"] = o => o.X.any(), ["x.all()"] = o => o.X.all(),
        ["x.nonzero()"] = o => o.X.nonzero(), ["torch.angle(x)"] = o => angle(o.X), ["x.real * 2"] = o => o.X.real * 2, ["torch.conj(x).resolve_conj()"] = o => conj(o.X).resolve_conj(),
    };

    public static void AddTo(WorkloadList list)
    {
        Add(list, [.. Real.Select(entry => entry.python)], "float32", 100000);
        Add(list, [.. Real.Select(entry => entry.python)], "float64", 100000);
        Add(list, Small, "float32", 1000);
        Add(list, Small, "float32", 1000000);
        Add(list, Whole, "int64", 100000);
        Add(list, Whole, "int32", 100000);
        Add(list, [.. Whole.Where(python => python is "x + y" or "x * y" or "x & y" or "x // y" or "x > 50" or "x.float()" or "x.sum()" or "x.max()")], "uint8", 100000);
        Add(list, Logic, "bool", 100000);
        // PyTorch has these for bfloat16 alone.
        Add(list, [.. Low, "torch.lerp(x, y, 0.3)", "torch.addcmul(x, y, z, value=0.5)"], "bfloat16", 100000);
        Add(list, Low, "float16", 100000);
        Add(list, Complex, "complex64", 100000);
    }

    private static void Add(WorkloadList list, string[] chosen, string type, long n)
    {
        foreach (string python in chosen)
        {
            Func<Operands, object> run = Mixed.TryGetValue(python, out var found) ? found : Real.Single(entry => entry.python == python).run;
            // PyTorch has some functions only for types with fractions.
            list.Sweep($"{type}, {n}", $"{python} {type} {n}", Operands.Python(type, n), python, () =>
            {
                var operands = new Operands(type, n);
                return () => run(operands);
            });
        }
    }
}
