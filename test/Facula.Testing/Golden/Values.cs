using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden;

/// <summary>Decodes the values of golden cases.</summary>
public static class Values
{
    private static readonly string[] s_kinds = ["t", "i", "f", "b", "s", "tu", "l", "none", "dtype", "d", "c", "sl", "ellipsis", "memory_format", "device", "layout", "np", "obj", "attr", "named", "sp", "var"];

    /// <summary>The key that says what a value is.</summary>
    public static string Kind(JsonElement value)
    {
        foreach (JsonProperty property in value.EnumerateObject())
            if (Array.IndexOf(s_kinds, property.Name) >= 0) return property.Name;
        throw new UnsupportedException($"value of an unknown kind: {value}");
    }

    /// <summary>The value; <paramref name="variables"/> answers the variables of programs.</summary>
    public static object? Decode(JsonElement value, Func<string, object?>? variables = null)
    {
        string kind = Kind(value);
        JsonElement body = value.GetProperty(kind);
        switch (kind)
        {
            case "none": return null;
            case "b": return body.GetBoolean();
            case "i": return body.TryGetInt64(out long integer) ? (object)integer : BigInteger.Parse(body.GetRawText());
            case "f": return Real(body);
            case "c": return new Complex(Real(body[0]), Real(body[1]));
            case "s": return body.GetString();
            case "t": return Tensors.Decode(body);
            case "np": return Tensors.ToArray(Tensors.Decode(body));
            case "tu" when value.TryGetProperty("size", out _): return new Size(body.EnumerateArray().Select(x => x.GetProperty("i").GetInt64()).ToArray());
            case "tu": return new PyList(body.EnumerateArray().Select(x => Decode(x, variables)), isTuple: true);
            case "l": return new PyList(body.EnumerateArray().Select(x => Decode(x, variables)), isTuple: false);
            case "d": return new PyDict(body.EnumerateArray().Select(x => (Decode(x[0], variables), Decode(x[1], variables))));
            case "dtype": return Tensors.Type(body.GetString()!);
            case "device": return new Device(body.GetString()!);
            case "layout": return body.GetString() == "strided" ? torch.strided : throw new UnsupportedException($"layout {body} does not exist");
            case "memory_format":
                return body.GetString() switch
                {
                    "contiguous_format" => torch.contiguous_format,
                    "preserve_format" => torch.preserve_format,
                    "channels_last" => torch.channels_last,
                    _ => torch.channels_last_3d,
                };
            case "ellipsis": return PyEllipsis.Instance;
            case "sl": return new PySlice(Decode(body[0]), Decode(body[1]), Decode(body[2]));
            case "named": return NamedFunctions.Find(body.GetString()!);
            case "var": return (variables ?? throw new UnsupportedException("a variable outside a program"))(body.GetString()!);
            case "obj":
                return Binder.Invoke(new PythonCall(body.GetProperty("cls").GetString()!,
                    [.. body.GetProperty("args").EnumerateArray().Select(x => Decode(x, variables))],
                    [.. body.GetProperty("kwargs").EnumerateObject().Select(p => (p.Name, Decode(p.Value, variables)))]));
            case "attr": return Binder.Invoke(new PythonCall(body.GetString()!, [], []));
            default:
                JsonElement size = body.GetProperty("size");
                return Binder.Invoke(new PythonCall("torch.sparse_coo_tensor",
                    [Decode(body.GetProperty("indices")), Decode(body.GetProperty("values")), new PyList(size.EnumerateArray().Select(x => (object?)x.GetInt64()), true)], []));
        }
    }

    /// <summary>A float, which JSON cannot always write.</summary>
    public static double Real(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, _ => double.NegativeInfinity }
        : value.GetDouble();
}

/// <summary>Tensors of golden cases, built and read without the operations under test.</summary>
public static class Tensors
{
    private static readonly Dictionary<string, ScalarType> s_types = new()
    {
        ["float16"] = torch.float16, ["bfloat16"] = torch.bfloat16, ["float32"] = torch.float32, ["float64"] = torch.float64,
        ["uint8"] = torch.uint8, ["int8"] = torch.int8, ["int16"] = torch.int16, ["int32"] = torch.int32, ["int64"] = torch.int64,
        ["bool"] = torch.@bool, ["complex64"] = torch.complex64, ["complex128"] = torch.complex128,
    };

    /// <summary>The dtype of that name.</summary>
    public static ScalarType Type(string name) => s_types.TryGetValue(name, out ScalarType type) ? type : throw new UnsupportedException($"dtype {name} does not exist");

    /// <summary>The tensor as recorded: elements, strides, requires_grad, Parameter or not.</summary>
    public static Tensor Decode(JsonElement body)
    {
        ScalarType dtype = Type(body.GetProperty("dtype").GetString()!);
        long[] shape = Longs(body.GetProperty("shape"));
        byte[] data = body.TryGetProperty("data", out JsonElement text) ? text.GetBytesFromBase64() : new byte[shape.Aggregate(1L, (a, b) => a * b) * dtype.itemsize];
        Tensor tensor;
        if (body.TryGetProperty("strides", out JsonElement given))
        {
            Size strides = new(Longs(given));
            tensor = Tensor.Allocate([Tensor.Extent(new Size(shape), strides)], dtype);
            Bytes(tensor, tensor.Numel).Clear();
            tensor = tensor.Alias(new Size(shape), strides, 0);
        }
        else tensor = Tensor.Allocate(new Size(shape), dtype);
        Write(tensor, data);
        if (body.TryGetProperty("param", out JsonElement parameter) && parameter.GetBoolean())
        {
            bool wants = body.TryGetProperty("requires_grad", out JsonElement r) && r.GetBoolean();
            return (Tensor)Binder.Invoke(new PythonCall("Facula.Modules.Parameter", [tensor], [("requires_grad", wants)]))!;
        }
        if (body.TryGetProperty("requires_grad", out JsonElement needs) && needs.GetBoolean()) tensor.requires_grad_();
        return tensor;
    }

    private static long[] Longs(JsonElement list) => [.. list.EnumerateArray().Select(x => x.GetInt64())];

    private static Span<byte> Bytes(Tensor tensor, long elements) => MemoryMarshal.CreateSpan(ref tensor.Reference, checked((int)(elements * tensor.dtype.itemsize)));

    private static void Write(Tensor tensor, byte[] data)
    {
        if (tensor.Numel == 0) return;
        int item = tensor.dtype.itemsize;
        if (tensor.IsContiguous)
        {
            data.AsSpan().CopyTo(Bytes(tensor, tensor.Numel));
            return;
        }
        Span<byte> target = Bytes(tensor, Tensor.Extent(tensor.shape, tensor.stride()));
        long k = 0;
        foreach (long position in Positions(tensor)) data.AsSpan((int)(k++ * item), item).CopyTo(target[(int)(position * item)..]);
    }

    /// <summary>The elements' bytes in row-major order.</summary>
    public static byte[] Read(Tensor tensor)
    {
        if (tensor.Numel == 0) return [];
        tensor = tensor.detach().resolve_conj();
        int item = tensor.dtype.itemsize;
        if (tensor.IsContiguous) return Bytes(tensor, tensor.Numel).ToArray();
        var data = new byte[tensor.Numel * item];
        long k = 0;
        ref byte start = ref tensor.Reference;
        foreach (long position in Positions(tensor))
            MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.Add(ref tensor.Reference, (nint)(position * item)), item).CopyTo(data.AsSpan((int)(k++ * item)));
        GC.KeepAlive(tensor);
        return data;
    }

    // Distances from the first element, in row-major order of the indices.
    private static List<long> Positions(Tensor tensor)
    {
        var positions = new List<long> { 0 };
        long[] shape = tensor.shape.ToArray(), strides = tensor.stride().ToArray();
        for (int d = 0; d < shape.Length; d++)
        {
            var next = new List<long>(positions.Count * (int)shape[d]);
            foreach (long p in positions)
                for (long i = 0; i < shape[d]; i++) next.Add(p + i * strides[d]);
            positions = next;
        }
        return positions;
    }

    /// <summary>The elements in double precision.</summary>
    public static Complex[] Widen(ScalarType dtype, byte[] data)
    {
        int item = dtype.itemsize;
        var wide = new Complex[data.Length / item];
        for (int i = 0; i < wide.Length; i++)
        {
            ReadOnlySpan<byte> at = data.AsSpan(i * item, item);
            wide[i] = dtype.ToString() switch
            {
                "torch.float32" => BitConverter.ToSingle(at),
                "torch.float64" => BitConverter.ToDouble(at),
                "torch.float16" => (double)BitConverter.ToHalf(at),
                "torch.bfloat16" => BitConverter.Int32BitsToSingle(BitConverter.ToInt16(at) << 16),
                "torch.complex64" => new Complex(BitConverter.ToSingle(at), BitConverter.ToSingle(at[4..])),
                _ => new Complex(BitConverter.ToDouble(at), BitConverter.ToDouble(at[8..])),
            };
        }
        return wide;
    }

    /// <summary>The elements as a typed array of the same shape.</summary>
    public static Array ToArray(Tensor tensor)
    {
        byte[] data = Read(tensor);
        Array array = Array.CreateInstance(tensor.dtype.ElementType, tensor.shape.ToArray() is { Length: > 0 } shape ? shape : [1]);
        data.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), data.Length));
        return array;
    }
}
