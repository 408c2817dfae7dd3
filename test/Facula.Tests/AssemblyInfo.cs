// Most tests seed and draw from the one default generator, as programs do.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
