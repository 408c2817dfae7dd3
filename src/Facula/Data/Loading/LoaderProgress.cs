namespace Facula.Modules;

/// <summary>How far a loader's passes have come; what a checkpoint needs to go on in the middle of one.</summary>
internal sealed class LoaderProgress
{
    /// <summary>Passes that went to their end.</summary>
    public long Epoch { get; set; }

    /// <summary>Batches of the pass under way that have been handed out.</summary>
    public long Position { get; set; }

    /// <summary>The states of the default generator and of the loader's own at the start of the pass.</summary>
    public Tensor? DefaultState { get; set; }

    public Tensor? OwnState { get; set; }

    /// <summary>Whether the next pass is to take up the one that a checkpoint interrupted.</summary>
    public bool Resuming { get; set; }

    public void Advance() => Position++;

    public void Finish()
    {
        Epoch++;
        Position = 0;
        DefaultState = OwnState = null;
    }
}
