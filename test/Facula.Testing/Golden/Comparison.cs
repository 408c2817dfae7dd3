using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden;

/// <summary>Compares results with recorded values.</summary>
public static class Comparison
{
    /// <summary>Whether a tensor must also have the recorded strides, where it has more than one element along them.</summary>
    public static bool WithStrides { get; set; }

    /// <summary>Null when the result matches, else what differs.</summary>
    public static string? Compare(JsonElement expected, object? actual, double rtol, double atol, string mode = "default", string path = "out")
    {
        string kind = Values.Kind(expected);
        JsonElement body = expected.GetProperty(kind);
        // Where Python's form of the result depends on flags, ours keeps one type: members not asked for are null, one tensor is a list of one.
        if (kind is "tu" && Python.Items(actual) is { } members && members.Count > body.GetArrayLength() && members.Contains(null))
            actual = new PyList(members.Where(m => m is not null), true);
        if (kind is "t" && actual is not Tensor && Python.Items(actual)?.Where(m => m is not null).ToList() is [Tensor only]) actual = only;
        switch (kind)
        {
            case "t": return CompareTensor(body, actual, rtol, atol, mode, path);
            case "sp": return CompareTensor(Dense(body), actual is Tensor t && Binder.Exists("Tensor.to_dense") ? NamedFunctions.Call("Tensor.to_dense", t) : actual, rtol, atol, mode, path);
            case "np":
                return actual is Array array ? CompareTensor(body, Flat(array, body), rtol, atol, mode, path) : $"{path}: expected an array, got {Name(actual)}";
            case "tu" or "l":
                if (Python.Items(actual) is not { } items || items.Count != body.GetArrayLength())
                    return $"{path}: expected a sequence of {body.GetArrayLength()}, got {Name(actual)}{(Python.Items(actual) is { } some ? $" of {some.Count}" : "")}";
                if (expected.TryGetProperty("fields", out JsonElement fields) && actual is PyList { Fields: { } names }
                    && !fields.EnumerateArray().Select(f => f.GetString()).SequenceEqual(names))
                    return $"{path}: the fields are {string.Join(", ", names)}, expected {fields}";
                for (int i = 0; i < items.Count; i++)
                    if (Compare(body[i], items[i], rtol, atol, mode, $"{path}.{i}") is { } difference) return difference;
                return null;
            case "d": return CompareMapping(body, actual, rtol, atol, mode, path);
            case "none": return actual is null ? null : $"{path}: expected None, got {Name(actual)}";
            case "b":
                return actual is bool b ? b == body.GetBoolean() ? null : $"{path}: expected {body}, got {b}" : Number(expected, actual, rtol, atol, path);
            case "i" or "f" or "c": return Number(expected, actual, rtol, atol, path);
            case "s": return (actual as string) == body.GetString() ? null : $"{path}: expected \"{body.GetString()}\", got {(actual is string s ? $"\"{s}\"" : Name(actual))}";
            case "dtype": return actual is ScalarType type && type == Tensors.Type(body.GetString()!) ? null : $"{path}: expected torch.{body}, got {actual}";
            case "device": return actual is Device device && device == new Device(body.GetString()!) ? null : $"{path}: expected {body}, got {actual}";
            case "layout": return actual?.ToString() == "torch." + body.GetString() ? null : $"{path}: expected torch.{body}, got {actual}";
            case "memory_format": return actual is MemoryFormat && Equals(actual, Values.Decode(expected)) ? null : $"{path}: expected torch.{body}, got {actual}";
            default: throw new UnsupportedException($"a result of kind {kind}");
        }
    }

    private static string Name(object? value) => value is null ? "None" : value.GetType().Name;

    private static string? CompareMapping(JsonElement body, object? actual, double rtol, double atol, string mode, string path)
    {
        if (Python.Entries(actual) is not { } entries) return $"{path}: expected a dictionary, got {Name(actual)}";
        if (entries.Count != body.GetArrayLength()) return $"{path}: expected {body.GetArrayLength()} entries, got {entries.Count}";
        foreach (JsonElement pair in body.EnumerateArray())
        {
            object? key = Values.Decode(pair[0]);
            int at = entries.ToList().FindIndex(e => SameKey(Plain(e.Key), key));
            if (at < 0) return $"{path}: no key {key}";
            if (Compare(pair[1], entries[at].Value, rtol, atol, mode, $"{path}.{key}") is { } difference) return difference;
        }
        return null;
    }

    private static bool SameKey(object? left, object? right) => Python.Items(left) is { } a && Python.Items(right) is { } b
        ? a.Count == b.Count && a.Zip(b).All(p => SameKey(Plain(p.First), Plain(p.Second)))
        : Equals(left, right);

    private static object? Plain(object? key) => key is int i ? (long)i : key is Scalar { IsInteger: true } s ? s.ToInt64() : key;

    private static string? CompareTensor(JsonElement body, object? actual, double rtol, double atol, string mode, string path)
    {
        if (actual is not Tensor tensor) return $"{path}: expected a tensor, got {Name(actual)}";
        ScalarType dtype = Tensors.Type(body.GetProperty("dtype").GetString()!);
        string shape = body.GetProperty("shape").GetRawText().Replace(" ", "");
        string own = "[" + string.Join(",", tensor.shape.ToArray()) + "]";
        if (tensor.dtype != dtype || own != shape) return $"{path}: expected {dtype}{shape}, got {tensor.dtype}{own}";
        if (WithStrides && tensor.numel() > 0)
        {
            long[] strides = tensor.stride().ToArray();
            long[] recorded = body.TryGetProperty("strides", out JsonElement given) ? [.. given.EnumerateArray().Select(s => s.GetInt64())] : tensor.SizesRef.ContiguousStrides().ToArray();
            for (int d = 0; d < strides.Length; d++)
                if (tensor.shape[d] > 1 && strides[d] != recorded[d]) return $"{path}: expected strides [{string.Join(',', recorded)}], got [{string.Join(',', strides)}]";
        }
        if (mode == "meta" || !body.TryGetProperty("data", out JsonElement data)) return null;
        byte[] expected = data.GetBytesFromBase64(), got = Tensors.Read(tensor);
        if (expected.AsSpan().SequenceEqual(got)) return null;
        if (!dtype.IsDifferentiable) return $"{path}: values differ{First(expected, got, dtype)}";
        Complex[] e = Tensors.Widen(dtype, expected), a = Tensors.Widen(dtype, got);
        if (mode is "abs" or "eig")
        {
            e = Absolute(e);
            a = Absolute(a);
            if (mode == "eig" && tensor.ndim > 0) SortRows(e, a, (int)tensor.shape[-1]);
        }
        return Close(e, a, rtol, atol, path);
    }

    private static string First(byte[] expected, byte[] got, ScalarType dtype)
    {
        int item = dtype.itemsize;
        for (int i = 0; i < expected.Length; i += item)
        {
            ReadOnlySpan<byte> e = expected.AsSpan(i, item), g = got.AsSpan(i, item);
            if (!e.SequenceEqual(g)) return $" (element {i / item}: expected {Integer(e)}, got {Integer(g)})";
        }
        return "";
    }

    private static long Integer(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        1 => (sbyte)bytes[0],
        2 => BitConverter.ToInt16(bytes),
        4 => BitConverter.ToInt32(bytes),
        _ => BitConverter.ToInt64(bytes),
    };

    private static Complex[] Absolute(Complex[] values) => [.. values.Select(v => new Complex(Complex.Abs(v), 0))];

    private static void SortRows(Complex[] e, Complex[] a, int length)
    {
        for (int start = 0; start + length <= e.Length && length > 0; start += length)
        {
            Array.Sort(e, start, length, Comparer<Complex>.Create((x, y) => x.Real.CompareTo(y.Real)));
            Array.Sort(a, start, length, Comparer<Complex>.Create((x, y) => x.Real.CompareTo(y.Real)));
        }
    }

    /// <summary>Null when all elements agree, else the largest difference.</summary>
    public static string? Close(Complex[] expected, Complex[] actual, double rtol, double atol, string path)
    {
        double worst = 0;
        int at = -1;
        for (int i = 0; i < expected.Length; i++)
        {
            Complex e = expected[i], a = actual[i];
            if (e == a || (IsNaN(e) && IsNaN(a))) continue;
            bool finite = IsFinite(e) && IsFinite(a);
            double difference = finite ? Complex.Abs(a - e) : double.PositiveInfinity;
            if (finite && difference <= atol + rtol * Complex.Abs(e)) continue;
            if (at >= 0 && difference <= worst) continue;
            worst = difference;
            at = i;
        }
        if (at < 0) return null;
        return string.Create(CultureInfo.InvariantCulture, $"{path}: element {at} is {Show(actual[at])}, expected {Show(expected[at])} (rtol {rtol:g}, atol {atol:g})");
    }

    private static string Show(Complex value) => value.Imaginary == 0
        ? value.Real.ToString("R", CultureInfo.InvariantCulture)
        : $"({value.Real.ToString("R", CultureInfo.InvariantCulture)}, {value.Imaginary.ToString("R", CultureInfo.InvariantCulture)})";

    private static bool IsNaN(Complex value) => double.IsNaN(value.Real) || double.IsNaN(value.Imaginary);
    private static bool IsFinite(Complex value) => double.IsFinite(value.Real) && double.IsFinite(value.Imaginary);

    private static string? Number(JsonElement expected, object? actual, double rtol, double atol, string path)
    {
        object? wanted = Values.Decode(expected);
        if (AsComplex(actual) is not { } got) return $"{path}: expected a number, got {Name(actual)}";
        if (wanted is long integer && Whole(actual) is { } own) return own == integer ? null : $"{path}: expected {integer}, got {own}";
        return Close([AsComplex(wanted)!.Value], [got], rtol, atol, path);
    }

    private static long? Whole(object? value) => value switch
    {
        long l => l,
        int i => i,
        Scalar { IsInteger: true } s => s.ToInt64(),
        _ => null,
    };

    private static Complex? AsComplex(object? value) => value switch
    {
        bool b => b ? 1 : 0,
        long l => l,
        int i => i,
        uint u => u,
        ulong u => u,
        double d => d,
        float f => f,
        BigInteger n => (double)n,
        Complex c => c,
        Scalar s => s.ToComplex(),
        _ => null,
    };

    // The array's elements as a tensor of the recorded shape, if it has that many.
    private static object? Flat(Array array, JsonElement body)
    {
        Tensor tensor = Literals.Share(array);
        long[] shape = [.. body.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64())];
        return shape.Length == 0 && tensor.Numel == 1 ? tensor.Alias(default, default, 0) : tensor;
    }

    private static JsonElement Dense(JsonElement sparse)
    {
        JsonElement values = sparse.GetProperty("values").GetProperty("t"), indices = sparse.GetProperty("indices").GetProperty("t");
        long[] size = [.. sparse.GetProperty("size").EnumerateArray().Select(x => x.GetInt64())];
        byte[] index = indices.GetProperty("data").GetBytesFromBase64(), data = values.GetProperty("data").GetBytesFromBase64();
        int sparseDims = indices.GetProperty("shape")[0].GetInt32();
        long count = indices.GetProperty("shape")[1].GetInt64();
        int item = Tensors.Type(values.GetProperty("dtype").GetString()!).itemsize;
        long row = size.Skip(sparseDims).Aggregate(1L, (a, b) => a * b) * item;
        var dense = new byte[size.Aggregate(1L, (a, b) => a * b) * item];
        for (long k = 0; k < count; k++)
        {
            long at = 0;
            for (int d = 0; d < sparseDims; d++) at = at * size[d] + BitConverter.ToInt64(index, (int)((d * count + k) * 8));
            data.AsSpan((int)(k * row), (int)row).CopyTo(dense.AsSpan((int)(at * row)));
        }
        string json = $"{{\"dtype\":\"{values.GetProperty("dtype").GetString()}\",\"shape\":[{string.Join(",", size)}],\"data\":\"{System.Convert.ToBase64String(dense)}\"}}";
        return JsonDocument.Parse(json).RootElement;
    }
}
