using System.IO.Compression;
using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden;

/// <summary>One recorded fact.</summary>
public sealed class GoldenCase(JsonElement json)
{
    /// <summary>All of the case.</summary>
    public JsonElement Json => json;
    public string Suite { get; } = json.GetProperty("suite").GetString()!;
    public string Name { get; } = json.GetProperty("name").GetString()!;
    public string Id { get; } = json.TryGetProperty("id", out JsonElement id) ? id.GetString()! : "";
    public string Subject => Suite + "/" + Name;
    public string Target => Text("target") ?? "";
    public string Kind => Text("kind") ?? "";

    public bool Has(string name) => json.TryGetProperty(name, out _);
    public JsonElement Get(string name) => json.GetProperty(name);
    public string? Text(string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    public double Number(string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : 0;

    /// <summary>The decoded positional arguments.</summary>
    public List<object?> Arguments() => Has("args") ? [.. Get("args").EnumerateArray().Select(x => Values.Decode(x))] : [];

    /// <summary>The decoded keyword arguments.</summary>
    public List<(string Name, object? Value)> Keywords() => Has("kwargs") ? [.. Get("kwargs").EnumerateObject().Select(p => (p.Name, Values.Decode(p.Value)))] : [];

    /// <summary>A call's decoded keyword arguments, of any JSON object.</summary>
    public static List<(string Name, object? Value)> Keywords(JsonElement keywords, Func<string, object?>? variables = null) =>
        [.. keywords.EnumerateObject().Select(p => (p.Name, Values.Decode(p.Value, variables)))];

    /// <summary>Names of the positional arguments, where PyTorch has them.</summary>
    public string[]? ArgumentNames() => json.TryGetProperty("argnames", out JsonElement names) && names.ValueKind == JsonValueKind.Array
        ? [.. names.EnumerateArray().Select(x => x.GetString()!)] : null;

    /// <summary>The cases of a file, one JSON object per line.</summary>
    public static IEnumerable<GoldenCase> Load(string path)
    {
        using var file = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (file.ReadLine() is { } line)
            if (line.Length > 0) yield return new GoldenCase(JsonDocument.Parse(line).RootElement);
    }

    /// <summary>Seeds the default generator.</summary>
    public static void Seed(JsonElement seed) => Binder.Invoke(new PythonCall("torch.manual_seed", [seed.TryGetInt64(out long s) ? s : unchecked((long)seed.GetUInt64())], []));
}
