using static Facula.torch;

namespace Facula.Tests.Distributions;

/// <summary>Gives each test a default generator of its own, so that tests beside it do not draw from its seed.</summary>
public abstract class OwnGenerator : IDisposable
{
    protected OwnGenerator() => Generator.UseOnThisThread(new Generator());

    public void Dispose()
    {
        Generator.UseOnThisThread(null);
        GC.SuppressFinalize(this);
    }
}
