namespace Facula.Kernels;

/// <summary>Work that falls into numbered chunks which may run in any order and on any thread.</summary>
/// <remarks>All threads share one instance, so <see cref="Run"/> must not change the body's own fields.</remarks>
public interface IParallelBody
{
    /// <summary>Does one chunk.</summary>
    void Run(int chunk);
}
