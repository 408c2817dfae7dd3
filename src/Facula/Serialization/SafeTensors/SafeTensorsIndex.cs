using System.Text.Json;

namespace Facula.Serialization;

/// <summary>The <c>*.safetensors.index.json</c> of a model that is spread over several files: which file holds which tensor.</summary>
internal static class SafeTensorsIndex
{
    private const int LongestIndex = 100_000_000;

    /// <summary>Whether a file is text that begins as such an index does.</summary>
    public static bool LooksLike(ByteSource source)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(source.Length, 16)];
        source.Read(0, start);
        start = start.TrimStart(" \t\r\n"u8);
        return start.Length > 0 && start[0] == '{' && source.Length <= LongestIndex;
    }

    /// <summary>Tensor names and file names; a file name is one in the folder of the index, never a path.</summary>
    public static OrderedDictionary<string, string> Read(ByteSource source)
    {
        if (source.Length > LongestIndex)
            throw source.Corrupt(0, $"the index has {source.Length} bytes; {LongestIndex} is the limit");
        var map = new OrderedDictionary<string, string>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(source.ToArray(), new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("weight_map", out JsonElement weights)
                || weights.ValueKind != JsonValueKind.Object)
                throw source.Corrupt(0, "the index has no object 'weight_map'");
            foreach (JsonProperty weight in weights.EnumerateObject())
            {
                if (weight.Value.ValueKind != JsonValueKind.String || !map.TryAdd(weight.Name, weight.Value.GetString()!))
                    throw source.Corrupt(0, $"the file of tensor '{weight.Name}' is not a string, or the tensor appears twice");
            }
        }
        catch (JsonException exception)
        {
            throw source.Corrupt(exception.BytePositionInLine ?? 0, $"the index is not valid JSON: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            throw source.Corrupt(0, "a string of the index is not valid Unicode");
        }
        if (map.Values.FirstOrDefault(IsPath) is { } path)
            throw source.Corrupt(0, $"'{path}' is not a plain file name");
        return map;
    }

    private static bool IsPath(string name) => name.Length == 0 || name is "." or ".." || name.AsSpan().ContainsAny('/', '\\', ':') || name.Contains('\0');
}
