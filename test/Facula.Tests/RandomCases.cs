using FsCheck;

namespace Facula.Tests;

/// <summary>Random cases that are the same in every run, so that a build which passed once passes again; FACULA_EXPLORE=N draws N times as many new ones.</summary>
internal static class RandomCases
{
    private static readonly int s_explore = int.TryParse(Environment.GetEnvironmentVariable("FACULA_EXPLORE"), out int times) ? times : 0;

    /// <summary>Checks a property; a failure prints the smallest case found and the seed that leads to it.</summary>
    public static void Check(Property property, int tests)
    {
        Config config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);
        config = s_explore > 0 ? config.WithMaxTest(tests * s_explore) : config.WithMaxTest(tests).WithReplay(20260401, 1);
        FsCheck.Check.One(config, property);
    }
}
