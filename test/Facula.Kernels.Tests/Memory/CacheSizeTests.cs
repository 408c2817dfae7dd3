namespace Facula.Kernels.Tests;

public class CacheSizeTests
{
    private const string Caches = "/sys/devices/system/cpu/cpu0/cache";

    [Fact]
    public void The_second_level_has_a_plausible_size() => Assert.InRange(CacheSize.SecondLevel, 128 << 10, 256L << 20);

    /// <summary>Linux reads the same leaves of the processor, where it is Intel's or AMD's; under some hypervisors it tells nothing.</summary>
    [Fact]
    public void The_second_level_is_as_large_as_the_system_says()
    {
        if (!System.Runtime.Intrinsics.X86.X86Base.IsSupported || !Directory.Exists(Caches)) return;
        foreach (string cache in Directory.GetDirectories(Caches, "index*"))
        {
            if (Read(cache, "level") != "2" || Read(cache, "type") == "Instruction" || !Read(cache, "size").EndsWith('K')) continue;
            long kilobytes = long.Parse(Read(cache, "size")[..^1]);
            if (kilobytes >= 128) Assert.Equal(kilobytes << 10, CacheSize.SecondLevel);
        }
    }

    private static string Read(string cache, string what) => File.ReadAllText(Path.Combine(cache, what)).Trim();
}
