namespace Facula.Kernels.Tests;

/// <summary>Seeds of random cases: the same in every run, so that a build which passed once passes again; FACULA_EXPLORE=N draws N times as many new ones.</summary>
internal static class RandomSeeds
{
    private static readonly int s_explore = int.TryParse(Environment.GetEnvironmentVariable("FACULA_EXPLORE"), out int times) ? times : 0;

    public static IEnumerable<int> Draw(int count) => s_explore > 0 ? Enumerable.Range(Random.Shared.Next(1 << 30), count * s_explore) : Enumerable.Range(0, count);

    public static T Pick<T>(this Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];
}
