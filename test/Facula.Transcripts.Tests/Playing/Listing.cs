namespace Facula.Transcripts.Tests;

/// <summary>Why the text of a step is not compared in full, and how much of it is.</summary>
/// <param name="Reason">What a reader of the table wants to know.</param>
/// <param name="NotToBeMatched">Whether the recording itself says that the text depends on Python, NumPy, CUDA or chance.</param>
/// <param name="Lines">The leading lines that are compared.</param>
/// <param name="Digits">The significant digits to which the numbers in those lines are compared; 0: the text as it stands.</param>
public sealed record Listing(string Reason, bool NotToBeMatched = true, int Lines = 0, int Digits = 0);

/// <summary>The one table of steps whose text is not compared, or not all of it.</summary>
internal static class Listings
{
    private static readonly Listing s_uninitialised = new("values of uninitialised memory");
    private static readonly Listing s_cuda = new("the message of a build without CUDA");
    private static readonly Listing s_type = new("type(x): Python's class names");
    private static readonly Listing s_numpy = new("the text of a NumPy array");
    private static readonly Listing s_dynamic = new("an AttributeError of Python's tuple: C# refuses the line when it compiles", NotToBeMatched: false);

    private static readonly Listing s_blas = new(
        "last digits of float32 sums that PyTorch leaves to the BLAS it is linked with, and prints differently on another processor itself; 6 digits are compared",
        NotToBeMatched: false, Lines: int.MaxValue, Digits: 6);

    private static readonly Dictionary<(int Block, int Step), Listing> s_table = new()
    {
        [(4, 13)] = s_numpy,
        [(5, 11)] = s_blas,
        [(9, 4)] = s_blas,
        [(11, 14)] = new("chaotic training: from epoch 149 PyTorch's own losses depend on the processor (0.0095 to 0.0121 there); the lines before are compared", Lines: 2, Digits: 4),
        [(11, 16)] = new("the outcome of chaotic training"),
        [(14, 1)] = s_uninitialised,
        [(14, 2)] = s_uninitialised,
        [(15, 0)] = s_uninitialised,
        [(26, 1)] = s_uninitialised,
        [(26, 3)] = s_type,
        [(27, 1)] = s_cuda,
        [(29, 1)] = s_cuda,
        [(30, 0)] = s_cuda,
        [(31, 1)] = s_cuda,
        [(59, 3)] = s_dynamic,
        [(62, 2)] = s_numpy,
        [(62, 3)] = s_numpy,
        [(87, 3)] = s_blas,
        [(89, 11)] = new("the mean of standardised numbers is 0 but for rounding; its rounding is not PyTorch's", NotToBeMatched: false),
        [(103, 2)] = s_type,
    };

    public static IReadOnlyDictionary<(int Block, int Step), Listing> Table => s_table;
}
