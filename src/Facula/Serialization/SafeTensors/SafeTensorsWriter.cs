using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Facula.Serialization;

/// <summary>A contiguous little-endian array to be written.</summary>
internal sealed record StoredArray(string Name, StoredType Type, long[] Sizes, ByteSource Data);

/// <summary>Writes safetensors files: the header padded so that the data begins on a 64-byte border, then the tensors.</summary>
internal static class SafeTensorsWriter
{
    private const int Alignment = 64;

    public static void Write(ByteSink sink, IEnumerable<StoredArray> tensors, IEnumerable<KeyValuePair<string, string>>? metadata)
    {
        // Larger elements first keep every tensor aligned to its own elements without holes, which the format forbids.
        StoredArray[] ordered = [.. tensors.OrderByDescending(tensor => tensor.Type.Size())];
        var header = new ArrayBufferWriter<byte>();
        WriteHeader(header, ordered, metadata);
        int padding = -(8 + header.WrittenCount) & (Alignment - 1);
        if (header.WrittenCount + padding > SafeTensorsHeader.LongestHeader)
            throw new ArgumentException($"safetensors: the header of {header.WrittenCount} bytes is longer than the format's limit of {SafeTensorsHeader.LongestHeader}");
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);
        sink.Expect(8 + header.WrittenCount + ordered.Sum(tensor => tensor.Data.Length));
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.WrittenCount);
        sink.Write(length);
        sink.Write(header.WrittenSpan);
        foreach (StoredArray tensor in ordered)
            sink.Write(tensor.Data);
    }

    private static void WriteHeader(ArrayBufferWriter<byte> buffer, StoredArray[] tensors, IEnumerable<KeyValuePair<string, string>>? metadata)
    {
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        if (metadata is not null && metadata.Any())
        {
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
        }
        var names = new HashSet<string>();
        long at = 0;
        foreach (StoredArray tensor in tensors)
        {
            if (tensor.Name == "__metadata__" || !names.Add(tensor.Name))
                throw new ArgumentException($"safetensors: a tensor cannot be named '{tensor.Name}', or two are");
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", SafeTensorsTypes.Name(tensor.Type)
                ?? throw new ArgumentException($"safetensors: the format has no dtype for {tensor.Type.TorchName()} of tensor '{tensor.Name}'"));
            json.WriteStartArray("shape");
            foreach (long size in tensor.Sizes)
                json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(at);
            json.WriteNumberValue(at += tensor.Data.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
