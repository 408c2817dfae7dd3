using System.IO.Compression;
using System.Text.Json;

namespace Facula.Tests.Serialization;

/// <summary>The recorded files of suite "serialization": bytes, and what reading them gives or that they must be refused.</summary>
internal static class GoldenFiles
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static IReadOnlyList<JsonElement> Cases { get; } = Read();

    public static JsonElement Find(string file) => Cases.First(item => item.GetProperty("file").GetString() == file);

    public static byte[] Bytes(JsonElement item) => item.GetProperty("bytes").GetBytesFromBase64();

    private static IReadOnlyList<JsonElement> Read()
    {
        using var file = File.OpenRead(Path.Join(RepositoryRoot, "test", "golden", "serialization.jsonl.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var cases = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
            cases.Add(JsonDocument.Parse(line).RootElement);
        return cases;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Join(folder, "Facula.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("the tests must run inside the repository");
    }
}
