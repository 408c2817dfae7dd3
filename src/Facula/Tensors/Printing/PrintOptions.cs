namespace Facula;

/// <summary>How tensors print; one set for the process, as in PyTorch.</summary>
internal sealed record PrintOptions(int Precision, long Threshold, int EdgeItems, int LineWidth, bool? Scientific)
{
    internal static readonly PrintOptions Default = new(4, 1000, 3, 80, null);
    private static readonly PrintOptions s_short = Default with { Precision = 2, EdgeItems = 2 };
    private static readonly PrintOptions s_full = Default with { Threshold = long.MaxValue };

    internal static PrintOptions Current { get; set; } = Default;

    internal static PrintOptions Profile(string name) => name.ToLowerInvariant() switch
    {
        "default" => Default,
        "short" => s_short,
        "full" => s_full,
        _ => throw new ArgumentException($"unknown print profile '{name}'; expected default, short or full"),
    };
}

public static partial class torch
{
    /// <summary>
    /// Sets how tensors print: digits after the point, the number of elements from which the middle is left out, how many stay at each edge,
    /// characters per line, a named profile (<c>default</c>, <c>short</c>, <c>full</c>), and whether to force or forbid scientific notation.
    /// </summary>
    public static void set_printoptions(int? precision = null, double? threshold = null, int? edgeitems = null, int? linewidth = null, string? profile = null, bool? sci_mode = null)
    {
        PrintOptions options = profile is null ? PrintOptions.Current : PrintOptions.Profile(profile) with { Scientific = PrintOptions.Current.Scientific };
        PrintOptions.Current = options with
        {
            Precision = precision ?? options.Precision,
            Threshold = threshold is { } limit ? limit >= long.MaxValue ? long.MaxValue : (long)limit : options.Threshold,
            EdgeItems = edgeitems ?? options.EdgeItems,
            LineWidth = linewidth ?? options.LineWidth,
            Scientific = sci_mode,      // PyTorch resets it with every call
        };
    }

    /// <summary>Writes the values to the console as Python's <c>print</c> does: separated by blanks, numbers and lists in Python's form.</summary>
    public static void print(params ReadOnlySpan<object?> values)
    {
        var texts = new string[values.Length];
        for (int i = 0; i < texts.Length; i++) texts[i] = PythonText.Str(values[i]);
        Console.WriteLine(string.Join(' ', texts));
    }
}
