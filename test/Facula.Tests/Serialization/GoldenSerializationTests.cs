using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Facula.Serialization;

namespace Facula.Tests.Serialization;

public class GoldenSerializationTests
{
    public static TheoryData<string> Names => [.. GoldenFiles.Cases.Select(item => item.GetProperty("name").GetString()!).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recorded_file_reads_as_recorded_or_is_refused(string name)
    {
        string folder = Directory.CreateTempSubdirectory("facula").FullName;
        try
        {
            var failures = GoldenFiles.Cases.Where(item => item.GetProperty("name").GetString() == name)
                .Select(item => (File: item.GetProperty("file").GetString(), Failure: Check(item, folder)))
                .Where(result => result.Failure is not null).ToList();
            Assert.True(failures.Count == 0, string.Join('\n', failures));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Check(JsonElement item, string folder)
    {
        string path = Path.Join(folder, item.GetProperty("file").GetString());
        File.WriteAllBytes(path, GoldenFiles.Bytes(item));
        using ByteSource source = FileByteSource.Open(path);
        string format = item.GetProperty("format").GetString()!;
        if (item.TryGetProperty("error", out _))
            return CheckRefused(item, source, format);
        object? value = NeutralValues.Read(source, format);
        return value switch
        {
            SafeTensorsHeader header => CheckSafeTensors(item, source, header),
            (NpyHeader header, byte[] data) => CheckArray(item.GetProperty("array"), header, data),
            Dictionary<string, (NpyHeader, byte[])> arrays => item.GetProperty("arrays").EnumerateObject()
                .Select(array => CheckArray(array.Value, arrays[array.Name].Item1, arrays[array.Name].Item2)).FirstOrDefault(failure => failure is not null),
            _ => NeutralValues.Difference(item.GetProperty("content"), value),
        };
    }

    private static string? CheckRefused(JsonElement item, ByteSource source, string format)
    {
        // Both the reader of the format and the detection by content must refuse the file, with few bytes of memory.
        foreach (Func<object?> read in (Func<object?>[])[() => NeutralValues.Read(source, format), () => NeutralValues.ReadAny(source)])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read();
                if (!item.TryGetProperty("may_load", out _))
                    return $"was accepted: {item.GetProperty("reason")}";
            }
            catch (InvalidDataException exception)
            {
                if (!exception.Message.StartsWith(source.Name, StringComparison.Ordinal) || !exception.Message.Contains("offset "))
                    return $"the message does not name file and offset: {exception.Message}";
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > 2 * source.Length + (4 << 20))
                return $"{allocated} bytes were allocated for a file of {source.Length}";
        }
        return null;
    }

    private static string? CheckSafeTensors(JsonElement item, ByteSource source, SafeTensorsHeader header)
    {
        JsonElement[] expected = [.. item.GetProperty("content").GetProperty("d").EnumerateArray()];
        if (expected.Length != header.Entries.Count)
            return $"{header.Entries.Count} tensors";
        foreach (var (pair, entry) in expected.Zip(header.Entries))
        {
            if (pair[0].GetProperty("s").GetString() != entry.Name)
                return $"name {entry.Name}";
            var storage = new StorageRecord("0", "cpu", entry.End - entry.Begin) { Data = source.Slice(entry.Begin, entry.End - entry.Begin) };
            var strides = new long[entry.Sizes.Length];
            long stride = 1;
            for (int d = strides.Length - 1; d >= 0; d--)
                (strides[d], stride) = (stride, stride * entry.Sizes[d]);
            var tensor = new TensorRecord { Storage = storage, Type = entry.Type, Offset = 0, Sizes = entry.Sizes, Strides = strides };
            if (NeutralValues.TensorDifference(pair[1], tensor) is { } difference)
                return $"{entry.Name}: {difference}";
        }
        var metadata = item.GetProperty("metadata").EnumerateObject().Select(entry => (entry.Name, entry.Value.GetString()!));
        return metadata.SequenceEqual(header.Metadata.Select(entry => (entry.Key, entry.Value))) ? null : "metadata";
    }

    private static string? CheckArray(JsonElement expected, NpyHeader header, byte[] data)
    {
        string code = expected.GetProperty("np_dtype").GetString()!;
        if ((header.BigEndian ? ">" : "") + NumpyTypes.Code(header.Type) != code)
            return $"dtype {header.Type}";
        if (!header.Sizes.SequenceEqual(expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())))
            return "shape";
        if (header.BigEndian)
            ByteOrder.Swap(data, header.Type.SwapUnit());
        string[] values = [.. expected.GetProperty("values").EnumerateArray().Select(value => value.GetString()!)];
        for (int i = 0; i < values.Length; i++)
        {
            int at = header.FortranOrder ? FortranIndex(i, header.Sizes) : i;
            if (!Element(header.Type, data, at).Equals(Parse(header.Type, values[i])))
                return $"element {i}: {Element(header.Type, data, at)} for {values[i]}";
        }
        return null;
    }

    private static int FortranIndex(int rowMajor, long[] sizes)
    {
        int at = 0;
        for (int d = sizes.Length - 1; d >= 0; d--)
        {
            int stride = (int)sizes.Take(d).Aggregate(1L, (product, size) => product * size);
            at += rowMajor % (int)sizes[d] * stride;
            rowMajor /= (int)sizes[d];
        }
        return at;
    }

    private static object Element(StoredType type, byte[] data, int index) => type switch
    {
        StoredType.Bool => data[index] != 0,
        StoredType.Int8 => (BigInteger)(sbyte)data[index],
        StoredType.UInt8 => (BigInteger)data[index],
        StoredType.Int16 => (BigInteger)At<short>(data, index),
        StoredType.UInt16 => (BigInteger)At<ushort>(data, index),
        StoredType.Int32 => (BigInteger)At<int>(data, index),
        StoredType.UInt32 => (BigInteger)At<uint>(data, index),
        StoredType.Int64 => (BigInteger)At<long>(data, index),
        StoredType.UInt64 => (BigInteger)At<ulong>(data, index),
        StoredType.Float16 => (double)At<Half>(data, index),
        StoredType.Float32 => (double)At<float>(data, index),
        StoredType.Float64 => At<double>(data, index),
        StoredType.Complex64 => new Complex(At<float>(data, 2 * index), At<float>(data, 2 * index + 1)),
        _ => new Complex(At<double>(data, 2 * index), At<double>(data, 2 * index + 1)),
    };

    private static T At<T>(byte[] data, int index) where T : unmanaged => MemoryMarshal.Cast<byte, T>(data)[index];

    private static object Parse(StoredType type, string text)
    {
        if (type == StoredType.Bool)
            return text == "True";
        if (type is StoredType.Complex64 or StoredType.Complex128)
        {
            string body = text.Trim('(', ')', 'j');
            int split = body.LastIndexOfAny(['+', '-']);
            if (split > 0 && body[split - 1] == 'e')
                split = body.LastIndexOfAny(['+', '-'], split - 1);
            return new Complex(double.Parse(body[..split], CultureInfo.InvariantCulture), double.Parse(body[split..], CultureInfo.InvariantCulture));
        }
        return type is StoredType.Float16 or StoredType.Float32 or StoredType.Float64
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : BigInteger.Parse(text, CultureInfo.InvariantCulture);
    }
}
