using System.Buffers.Binary;
using System.Text.Json;

namespace Facula.Serialization;

/// <summary>One tensor of a safetensors file: where it stands, in bytes from the start of the file.</summary>
internal sealed record SafeTensorsEntry(string Name, StoredType Type, long[] Sizes, long Begin, long End);

/// <summary>The header of a safetensors file, checked against the file: no holes, no overlaps, no duplicates, every byte accounted for.</summary>
internal sealed class SafeTensorsHeader
{
    public const int LongestHeader = 100_000_000;
    private const int LengthBytes = 8;
    private const int DeepestJson = 4;
    private const int HighestRank = 64;

    private SafeTensorsHeader(List<SafeTensorsEntry> entries, OrderedDictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>The tensors in the order in which the header names them.</summary>
    public IReadOnlyList<SafeTensorsEntry> Entries { get; }

    public OrderedDictionary<string, string> Metadata { get; }

    /// <summary>Whether the file begins like one of this format: a plausible length and an opening brace.</summary>
    public static bool LooksLike(ByteSource source)
    {
        if (source.Length < LengthBytes + 2)
            return false;
        Span<byte> start = stackalloc byte[LengthBytes + 1];
        source.Read(0, start);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        return start[LengthBytes] == '{' && length <= LongestHeader;
    }

    public static SafeTensorsHeader Read(ByteSource source)
    {
        if (source.Length < LengthBytes)
            throw source.Corrupt(0, $"a safetensors file begins with 8 bytes of length, and this one has {source.Length} bytes");
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        source.Read(0, lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > LongestHeader || length > (ulong)(source.Length - LengthBytes))
            throw source.Corrupt(0, $"the header is declared with {length} bytes; the file has {source.Length}, and {LongestHeader} is the limit");
        byte[] json = source.Slice(LengthBytes, (long)length).ToArray();
        if (json.Length == 0 || json[0] != '{')
            throw source.Corrupt(LengthBytes, "the header does not begin with '{'");
        if (!System.Text.Unicode.Utf8.IsValid(json))
            throw source.Corrupt(LengthBytes, "the header is not valid UTF-8");
        return new Parser(source, LengthBytes + (long)length).Parse(json);
    }

    /// <summary>The place of the parser in the file, for its messages, and the start of the data.</summary>
    private sealed class Parser(ByteSource source, long dataStart)
    {
        private readonly List<SafeTensorsEntry> _entries = [];
        private readonly HashSet<string> _names = [];
        private readonly OrderedDictionary<string, string> _metadata = [];
        private long _at;

        public SafeTensorsHeader Parse(byte[] json)
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestJson });
            try
            {
                Next(ref reader);
                while (Next(ref reader) != JsonTokenType.EndObject)
                    ParseMember(ref reader);
                // Only spaces may follow, and reading on finds anything else.
                while (reader.Read())
                    throw Corrupt("text follows the header object");
            }
            catch (JsonException exception)
            {
                _at = reader.BytesConsumed;
                throw Corrupt($"the header is not the JSON expected: {exception.Message}");
            }
            catch (InvalidOperationException)
            {
                throw Corrupt("a string of the header is not valid Unicode");
            }
            CheckCoverage();
            return new SafeTensorsHeader(_entries, _metadata);
        }

        private InvalidDataException Corrupt(string reason) => source.Corrupt(LengthBytes + _at, reason);

        private JsonTokenType Next(ref Utf8JsonReader reader)
        {
            bool more = reader.Read();
            _at = reader.TokenStartIndex;
            return more ? reader.TokenType : throw Corrupt("the header ends early");
        }

        private void ParseMember(ref Utf8JsonReader reader)
        {
            string name = reader.GetString()!;
            if (!_names.Add(name))
                throw Corrupt($"'{name}' appears twice");
            if (Next(ref reader) != JsonTokenType.StartObject)
                throw Corrupt($"'{name}' is not an object");
            if (name == "__metadata__")
                ParseMetadata(ref reader);
            else
                ParseTensor(ref reader, name);
        }

        private void ParseMetadata(ref Utf8JsonReader reader)
        {
            while (Next(ref reader) != JsonTokenType.EndObject)
            {
                string key = reader.GetString()!;
                if (Next(ref reader) != JsonTokenType.String || !_metadata.TryAdd(key, reader.GetString()!))
                    throw Corrupt($"metadata '{key}' is not a string, or appears twice");
            }
        }

        private void ParseTensor(ref Utf8JsonReader reader, string name)
        {
            string? type = null;
            long[]? sizes = null, offsets = null;
            while (Next(ref reader) != JsonTokenType.EndObject)
            {
                string key = reader.GetString()!;
                JsonTokenType value = Next(ref reader);
                if (key == "dtype" && type is null && value == JsonTokenType.String)
                    type = reader.GetString();
                else if (key == "shape" && sizes is null && value == JsonTokenType.StartArray)
                    sizes = ParseNumbers(ref reader);
                else if (key == "data_offsets" && offsets is null && value == JsonTokenType.StartArray)
                    offsets = ParseNumbers(ref reader);
                else
                    throw Corrupt($"tensor '{name}' has a field '{key}' that is unknown, repeated or of a wrong type");
            }
            if (type is null || sizes is null || offsets is not [long begin, long end])
                throw Corrupt($"tensor '{name}' needs dtype, shape and two data_offsets");
            if (!SafeTensorsTypes.TryParse(type, out StoredType stored))
                throw Corrupt($"tensor '{name}' has the unknown dtype '{type}'");
            long bytes = ByteCount(name, sizes, stored.Size());
            if (begin > end || end > source.Length - dataStart || end - begin != bytes)
                throw Corrupt($"tensor '{name}' of {bytes} bytes has the range {begin} to {end}, and there are {source.Length - dataStart} bytes of data");
            _entries.Add(new SafeTensorsEntry(name, stored, sizes, dataStart + begin, dataStart + end));
        }

        private long[] ParseNumbers(ref Utf8JsonReader reader)
        {
            var numbers = new List<long>();
            while (Next(ref reader) != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                    throw Corrupt("a size or offset is not a natural number of 63 bits");
                if (numbers.Count == HighestRank)
                    throw Corrupt($"a shape has more than {HighestRank} dimensions");
                numbers.Add(number);
            }
            return [.. numbers];
        }

        private long ByteCount(string name, long[] sizes, int elementSize)
        {
            try
            {
                return sizes.Aggregate((long)elementSize, (bytes, size) => checked(bytes * size));
            }
            catch (OverflowException)
            {
                throw Corrupt($"the size of tensor '{name}' overflows 64 bits");
            }
        }

        private void CheckCoverage()
        {
            long at = dataStart;
            foreach (SafeTensorsEntry entry in _entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
            {
                if (entry.Begin != at)
                    throw source.Corrupt(entry.Begin, $"tensor '{entry.Name}' overlaps another one or leaves a hole before it");
                at = entry.End;
            }
            if (at != source.Length)
                throw source.Corrupt(at, $"{source.Length - at} bytes belong to no tensor");
        }
    }
}
