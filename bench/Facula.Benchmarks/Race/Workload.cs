namespace Facula.Benchmarks;

/// <summary>One workload: <see cref="Open"/> builds the data and answers the work that is timed.</summary>
/// <param name="Name">The name that both sides know it by.</param>
/// <param name="Group">The line of the goals that it belongs to.</param>
/// <param name="Open">Builds it; null when Facula cannot run it yet.</param>
internal sealed record Workload(string Name, string Group, Func<Action>? Open)
{
    /// <summary>A training step, whose peak memory is compared as well.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Not on the list of the race, but raced with <c>--extra</c>.</summary>
    public bool IsExtra { get; init; }

    /// <summary>Part of the short race.</summary>
    public bool IsQuick { get; init; }

    /// <summary>What the other side is told to run; null when it knows the workload by name.</summary>
    public PeerCode? Code { get; init; }
}

/// <summary>A workload as Python source: lines that build the data, and the expression that is timed.</summary>
internal sealed record PeerCode(string Setup, string Work);

/// <summary>The workloads in the order of the race.</summary>
internal sealed class WorkloadList
{
    private readonly List<Workload> _all = [];

    public IReadOnlyList<Workload> All => _all;

    public void Add(string group, string name, Func<Action> open, bool quick = false, bool extra = false, bool training = false) =>
        _all.Add(new Workload(name, group, open) { IsQuick = quick, IsExtra = extra, IsTraining = training });

    /// <summary>Adds a workload of the sweep, which states both sides in one place.</summary>
    public void Sweep(string group, string name, string setup, string work, Func<Action> open) =>
        _all.Add(new Workload(name, group, open) { Code = new PeerCode(setup, work) });

    /// <summary>Many short workloads over types, shapes and functions that the race leaves out.</summary>
    public static WorkloadList Sweep()
    {
        var list = new WorkloadList();
        Benchmarks.Sweep.Pointwise.AddTo(list);
        Benchmarks.Sweep.Layouts.AddTo(list);
        Benchmarks.Sweep.Reductions.AddTo(list);
        Benchmarks.Sweep.Images.AddTo(list);
        Benchmarks.Sweep.Selections.AddTo(list);
        Benchmarks.Sweep.Distances.AddTo(list);
        Benchmarks.Sweep.Corners.AddTo(list);
        Benchmarks.Sweep.Structures.AddTo(list);
        Benchmarks.Sweep.Seldom.AddTo(list);
        Benchmarks.Sweep.Lines.AddTo(list);
        Benchmarks.Sweep.Assignments.AddTo(list);
        Benchmarks.Sweep.Objectives.AddTo(list);
        Benchmarks.Sweep.OtherTypes.AddTo(list);
        Benchmarks.Sweep.Products.AddTo(list);
        Benchmarks.Sweep.Decompositions.AddTo(list);
        Benchmarks.Sweep.Networks.AddTo(list);
        Benchmarks.Sweep.Convolutions.AddTo(list);
        Benchmarks.Sweep.Creation.AddTo(list);
        return list;
    }

    public static WorkloadList Everything()
    {
        var list = new WorkloadList();
        Workloads.Overhead.AddTo(list);
        Workloads.Products.AddTo(list);
        Workloads.Convolutions.AddTo(list);
        Workloads.Training.AddTo(list);
        Workloads.Recurrent.AddTo(list);
        Workloads.Attention.AddTo(list);
        Workloads.Elementwise.AddTo(list);
        Workloads.Layers.AddTo(list);
        Workloads.Million.AddTo(list);
        Workloads.Matrices.AddTo(list);
        Workloads.Optimizers.AddTo(list);
        Workloads.DataAndFiles.AddTo(list);
        Workloads.Networks.AddTo(list);
        return list;
    }
}
