namespace Facula.Transcripts.Tests;

/// <summary>Marks the method that replays a block of the recording.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BlockAttribute(int number) : Attribute
{
    public int Number => number;
}

/// <summary>What the blocks are written with: each of these calls is one step at Python's prompt.</summary>
public abstract class Tutorial
{
    /// <summary>The block being replayed.</summary>
    internal Play Play { get; set; } = null!;

    /// <summary>A step that assigns: it prints nothing.</summary>
    private protected T let<T>(T value)
    {
        Play.Take("");
        return value;
    }

    /// <summary>A step that needs no statement of its own: an import, or a function or class that stands below.</summary>
    private protected void done() => Play.Take("");

    /// <summary>A step whose value the prompt shows; None is not shown.</summary>
    private protected void say(object? value) => Play.Take(value is null ? "" : Prompt.Show(value) + "\n");

    /// <summary>A step that shows values and indices, which PyTorch returns under names.</summary>
    private protected void say(string name, (Tensor values, Tensor indices) result) =>
        Play.Take($"torch.return_types.{name}(\nvalues={result.values},\nindices={result.indices})\n");

    /// <summary>A step that prints by itself, or not at all.</summary>
    private protected void run(Action statement)
    {
        TextWriter console = Console.Out;
        using var printed = new StringWriter { NewLine = "\n" };
        Console.SetOut(printed);
        try
        {
            statement();
        }
        finally
        {
            Console.SetOut(console);
        }
        Play.Take(printed.ToString());
    }

    /// <summary>A step that ends in an error, of which Python shows the last line.</summary>
    private protected void fails(Action statement)
    {
        string printed = "";
        try
        {
            statement();
        }
        catch (Exception error)
        {
            printed = Prompt.Show(error, Play.Expected) + "\n";
        }
        Play.Take(printed);
    }
}
