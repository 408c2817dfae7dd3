using static Facula.torch;

namespace Facula.Benchmarks.Sweep;

/// <summary>Rows over data in common: forward alone, or forward without a graph and then with the derivatives of the leaves.</summary>
internal static class Trained
{
    /// <summary>Adds rows that are timed as they stand.</summary>
    public static void Plain<TData>(WorkloadList list, string group, string setup, (string python, Func<TData, object> run)[] cases) where TData : new()
    {
        foreach ((string python, var run) in cases)
            list.Sweep(group, python, setup, python, () =>
            {
                var data = new TData();
                return () => run(data);
            });
    }

    /// <summary>Adds each row twice: forward, and forward with a backward pass of ones into the leaves.</summary>
    public static void Both<TData>(WorkloadList list, string group, string setup, string leaves, Func<TData, Tensor[]> leavesOf, (string python, Func<TData, Tensor> run)[] cases) where TData : new()
    {
        foreach ((string python, var run) in cases)
        {
            list.Sweep(group, python + " fwd", setup, $"without_grad(lambda: {python})()", () =>
            {
                var data = new TData();
                return () => { using (no_grad()) run(data); };
            });
            list.Sweep(group, python + " fwdbwd", setup, $"backward({python}, {leaves})", () =>
            {
                var data = new TData();
                Tensor[] tracked = leavesOf(data);
                return () => Networks.Backward(run(data), tracked);
            });
        }
    }
}
