using System.Globalization;
using System.Text.RegularExpressions;

namespace Facula.Transcripts.Tests;

/// <summary>Compares as much of a listed step as its entry in the table asks for.</summary>
internal static partial class TextComparison
{
    public static bool Agree(string expected, string printed, Listing listing)
    {
        string[] left = expected.Split('\n'), right = printed.Split('\n');
        if (listing.Lines > 0 && left.Length != right.Length) return false;
        for (int i = 0; i < Math.Min(listing.Lines, left.Length); i++)
            if (listing.Digits == 0 ? left[i] != right[i] : !AgreeTo(listing.Digits, left[i], right[i])) return false;
        return true;
    }

    private static bool AgreeTo(int digits, string expected, string printed)
    {
        double[] left = Numbers(expected), right = Numbers(printed);
        if (left.Length != right.Length || Number().Replace(expected, "#") != Number().Replace(printed, "#")) return false;
        double tolerance = 0.5 * Math.Pow(10, 1 - digits);
        return left.Zip(right).All(p => Math.Abs(p.First - p.Second) <= tolerance * Math.Abs(p.First));
    }

    private static double[] Numbers(string text) => [.. Number().Matches(text).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"-?\d+(\.\d*)?(e[-+]\d+)?")]
    private static partial Regex Number();
}
