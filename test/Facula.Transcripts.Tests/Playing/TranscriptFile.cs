using System.Text.Json;

namespace Facula.Transcripts.Tests;

/// <summary>One line at Python's prompt and exactly what it printed.</summary>
public sealed record Step(string Python, string Prints);

/// <summary>A snippet of a tutorial: its steps ran in order, after <c>torch.manual_seed(Seed)</c>.</summary>
public sealed record Block(string Source, string About, long Seed, Step[] Steps);

/// <summary>The recorded tutorials.</summary>
internal static class TranscriptFile
{
    private sealed record Content(string MadeWith, Block[] Blocks);

    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static readonly Block[] Blocks = Read();

    private static Block[] Read()
    {
        using Stream file = typeof(TranscriptFile).Assembly.GetManifestResourceStream("tutorials.json")!;
        return JsonSerializer.Deserialize<Content>(file, s_options)!.Blocks;
    }
}
