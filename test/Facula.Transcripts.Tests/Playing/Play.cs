using System.Text;

namespace Facula.Transcripts.Tests;

/// <summary>How a step ended.</summary>
public enum Outcome { NotReached, Matched, Different, Listed }

/// <summary>One block being replayed: each call of a step method below is the next step of the recording.</summary>
public sealed class Play(int number, Block block)
{
    private readonly Outcome[] _outcomes = new Outcome[block.Steps.Length];
    private readonly StringBuilder _report = new();
    private int _next;

    public int Number => number;
    public IReadOnlyList<Outcome> Outcomes => _outcomes;
    public string Report => _report.ToString();

    /// <summary>What the next step must print; empty behind the last one.</summary>
    public string Expected => _next < block.Steps.Length ? block.Steps[_next].Prints : "";

    /// <summary>Takes the next step with what it printed.</summary>
    public void Take(string printed)
    {
        if (_next == block.Steps.Length)
        {
            Note("more steps than the recording has", "", printed);
            throw new InvalidOperationException($"block {number} has only {block.Steps.Length} steps");
        }
        Step step = block.Steps[_next];
        Listing? listing = Listings.Table.GetValueOrDefault((number, _next));
        bool equal = listing is null ? printed == step.Prints : TextComparison.Agree(step.Prints, printed, listing);
        _outcomes[_next] = !equal ? Outcome.Different : listing is null ? Outcome.Matched : Outcome.Listed;
        if (!equal) Note("prints something else", step.Prints, printed);
        _next++;
    }

    /// <summary>Notes the end of the block's method: all steps taken, or the exception that ended it.</summary>
    public void End(Exception? error)
    {
        if (error is not null) Note("throws", Expected, error.ToString());
        else if (_next < block.Steps.Length) Note("has no C# step", Expected, "");
    }

    private void Note(string what, string expected, string found)
    {
        string python = _next < block.Steps.Length ? block.Steps[_next].Python : "";
        _report.AppendLine($"step {number}.{_next} {what}\n>>> {python}\n--- PyTorch\n{expected}\n--- Facula\n{found}");
    }
}
