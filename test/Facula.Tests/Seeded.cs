namespace Facula.Tests;

/// <summary>Tests that seed the default generator, which is one for the process: they run alone.</summary>
[CollectionDefinition("Seeded", DisableParallelization = true)]
public sealed class Seeded;
