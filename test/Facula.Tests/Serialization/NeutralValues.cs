using System.Numerics;
using System.Text.Json;
using Facula.Serialization;

namespace Facula.Tests.Serialization;

/// <summary>Reads any file into the neutral model and compares that with recorded values.</summary>
internal static class NeutralValues
{
    public static object? Read(ByteSource source, string format) => format switch
    {
        "torch-zip" => Loaded(TorchZip.Read(source)),
        "torch-legacy" => Loaded(TorchLegacy.Read(source)),
        "safetensors" => SafeTensorsHeader.Read(source),
        "npy" => ReadNpy(source),
        "npz" => ReadNpz(source),
        _ => throw new ArgumentException(format),
    };

    public static object? ReadAny(ByteSource source) => FileForms.Detect(source) switch
    {
        FileForm.TorchZip => Read(source, "torch-zip"),
        FileForm.TorchLegacy => Read(source, "torch-legacy"),
        FileForm.SafeTensors => Read(source, "safetensors"),
        FileForm.Npy => Read(source, "npy"),
        FileForm.Npz => Read(source, "npz"),
        _ => (object?)TorchSharpFormat.TryReadModule(source) ?? TorchSharpFormat.TryReadTensor(source),
    };

    // Reads every byte that loading would read.
    private static object? Loaded(CheckpointContent content)
    {
        foreach (StorageRecord storage in content.Storages)
        {
            uint crc = 0;
            storage.Data!.Walk(chunk => crc = Crc32.Append(crc, chunk));
            content.Verify(storage, crc);
        }
        return content.Root;
    }

    private static (NpyHeader, byte[]) ReadNpy(ByteSource source)
    {
        NpyHeader header = NpyHeader.Read(source);
        return (header, source.Slice(header.DataOffset, header.ByteCount).ToArray());
    }

    private static Dictionary<string, (NpyHeader, byte[])> ReadNpz(ByteSource source)
    {
        var archive = new NpzArchive(source);
        return archive.Names.ToDictionary(name => name, name =>
        {
            var (header, data) = archive.Open(name);
            return (header, data.ToArray());
        });
    }

    /// <summary>The elements of a tensor in row-major order, little-endian.</summary>
    public static byte[] Elements(TensorRecord tensor)
    {
        int size = tensor.Type.Size();
        byte[] data = tensor.Storage.Data!.ToArray();
        var result = new byte[tensor.Count * size];
        var index = new long[tensor.Sizes.Length];
        for (long i = 0; i < tensor.Count; i++)
        {
            long at = tensor.Offset;
            for (int d = 0; d < index.Length; d++)
                at += index[d] * tensor.Strides[d];
            data.AsSpan((int)at * size, size).CopyTo(result.AsSpan((int)i * size));
            for (int d = index.Length - 1; d >= 0 && ++index[d] == tensor.Sizes[d]; d--)
                index[d] = 0;
        }
        if (tensor.Storage.BigEndian)
            ByteOrder.Swap(result, tensor.Type.SwapUnit());
        return result;
    }

    /// <summary>Null when equal, else where and how they differ.</summary>
    public static string? Difference(JsonElement expected, object? actual)
    {
        JsonProperty form = expected.EnumerateObject().First();
        return form.Name switch
        {
            "none" => actual is null ? null : Differ(),
            "b" => actual is bool flag && flag == form.Value.GetBoolean() ? null : Differ(),
            "i" => Integer(actual) is { } number && number == BigInteger.Parse(form.Value.GetRawText()) ? null : Differ(),
            "f" => actual is double number && BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits(Float(form.Value)) ? null : Differ(),
            "s" => actual is string text && text == form.Value.GetString() ? null : Differ(),
            "dtype" => actual is PyDType type && type.Type.TorchName() == form.Value.GetString() ? null : Differ(),
            "t" => actual is TensorRecord tensor ? TensorDifference(expected, tensor) : Differ(),
            "l" => actual is PyList list ? Sequence(form.Value, list.Items) : Differ(),
            "tu" when expected.TryGetProperty("size", out _) => actual is PySize size ? Sequence(form.Value, [.. size.Sizes]) : Differ(),
            "tu" => actual is PyTuple tuple ? Sequence(form.Value, tuple.Items) : Differ(),
            "d" => actual is PyDict dict ? Entries(form.Value, dict) : Differ(),
            _ => $"unknown form {form.Name}",
        };

        string Differ() => $"expected {expected.GetRawText()[..Math.Min(80, expected.GetRawText().Length)]}, got {actual?.GetType().Name} {actual}";
    }

    private static BigInteger? Integer(object? value) => value switch { long number => number, BigInteger number => number, _ => null };

    private static double Float(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch { "nan" => BitConverter.Int64BitsToDouble(0x7ff8000000000000), "inf" => double.PositiveInfinity, _ => double.NegativeInfinity }
        : value.GetDouble();

    private static string? Sequence(JsonElement expected, IReadOnlyList<object?> actual)
    {
        if (expected.GetArrayLength() != actual.Count)
            return $"expected {expected.GetArrayLength()} items, got {actual.Count}";
        return expected.EnumerateArray().Zip(actual, Difference).FirstOrDefault(difference => difference is not null);
    }

    private static string? Sequence(JsonElement expected, object?[] actual) => Sequence(expected, (IReadOnlyList<object?>)actual);

    private static string? Entries(JsonElement expected, PyDict actual) =>
        Sequence(expected, [.. actual.Items.Select(item => (object?)new PyTuple([item.Key.Value, item.Value]))], asPairs: true);

    private static string? Sequence(JsonElement expected, List<object?> actual, bool asPairs)
    {
        if (!asPairs || expected.GetArrayLength() != actual.Count)
            return $"expected {expected.GetArrayLength()} entries, got {actual.Count}";
        int i = 0;
        foreach (JsonElement pair in expected.EnumerateArray())
        {
            var items = ((PyTuple)actual[i++]!).Items;
            if ((Difference(pair[0], items[0]) ?? Difference(pair[1], items[1])) is { } difference)
                return difference;
        }
        return null;
    }

    public static string? TensorDifference(JsonElement expected, TensorRecord tensor)
    {
        JsonElement body = expected.GetProperty("t");
        bool Flag(string name) => body.TryGetProperty(name, out JsonElement value) && value.GetBoolean();
        if (tensor.Type.TorchName() != body.GetProperty("dtype").GetString())
            return $"dtype {tensor.Type}";
        if (!tensor.Sizes.SequenceEqual(body.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())))
            return $"shape [{string.Join(", ", tensor.Sizes)}]";
        if (tensor.RequiresGrad != Flag("requires_grad") || tensor.IsParameter != Flag("param"))
            return "requires_grad or param";
        return Elements(tensor).AsSpan().SequenceEqual(body.GetProperty("data").GetBytesFromBase64()) ? null : "elements";
    }
}
