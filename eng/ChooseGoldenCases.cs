// Chooses the cases that the repository carries: dotnet run eng/ChooseGoldenCases.cs -- FROM TO
// Of every subject the smallest case of each kind (dtype, variant, form, gradients, strides, errors) stays; the other, small suites stay whole.
#:property PublishAot=false
using System.IO.Compression;
using System.Text;
using System.Text.Json;

string from = args[0], to = args[1];
Directory.CreateDirectory(to);
long total = 0;
foreach (string path in Directory.GetFiles(from, "*.jsonl.gz").Order(StringComparer.Ordinal))
{
    string suite = Path.GetFileName(path)[..^".jsonl.gz".Length];
    List<string> lines = [];
    using (var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress)))
        while (reader.ReadLine() is { } line) lines.Add(line);
    int[] kept = suite == "ops" ? Representative(lines) : [.. Enumerable.Range(0, lines.Count)];
    string target = Path.Combine(to, suite + ".jsonl.gz");
    using (var writer = new StreamWriter(new GZipStream(File.Create(target), CompressionLevel.SmallestSize), new UTF8Encoding(false)))
        foreach (int i in kept) writer.Write(lines[i] + "\n");
    long bytes = new FileInfo(target).Length;
    total += bytes;
    Console.WriteLine($"{suite}: {kept.Length} of {lines.Count} cases, {bytes} bytes");
}
Console.WriteLine($"{total} bytes in all");

static int[] Representative(List<string> lines)
{
    var smallest = new Dictionary<string, int>();
    for (int i = 0; i < lines.Count; i++)
    {
        using JsonDocument json = JsonDocument.Parse(lines[i]);
        JsonElement c = json.RootElement;
        string Text(string name) => c.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        string Flag(string name) => c.TryGetProperty(name, out _) ? name : "";
        string message = c.TryGetProperty("error", out JsonElement error) ? error.GetProperty("regex").GetString()! : "";
        string keywords = c.TryGetProperty("kwargs", out JsonElement given) && given.ValueKind == JsonValueKind.Object
            ? string.Join(",", given.EnumerateObject().Select(p => p.Name)) : "";
        string key = string.Join("|", Text("name"), Text("target"), Text("variant"), Text("dtype"), Text("kind"), Flag("grads"), Flag("gradgrad"), Flag("views"), message, keywords);
        if (!smallest.TryGetValue(key, out int before) || lines[i].Length < lines[before].Length) smallest[key] = i;
    }
    return [.. smallest.Values.Order()];
}
