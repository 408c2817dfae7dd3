using System.Text;
using Facula.Serialization;

namespace Facula.Tests.Serialization;

public class AtomicFileTests
{
    private static void Write(string path, string text, bool fail = false) => AtomicFile.Write(path, handle =>
    {
        RandomAccess.Write(handle, Encoding.UTF8.GetBytes(text), 0);
        if (fail)
            throw new InvalidOperationException("the writer gives up");
    });

    [Fact]
    public void Failure_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Write(folder["a.pt"], "old");
        Assert.Throws<InvalidOperationException>(() => Write(folder["a.pt"], "half", fail: true));
        Assert.Equal("old", File.ReadAllText(folder["a.pt"]));
        Assert.Equal([folder["a.pt"]], Directory.GetFileSystemEntries(folder.Root));
        Write(folder["a.pt"], "new");
        Assert.Equal("new", File.ReadAllText(folder["a.pt"]));
    }

    [Fact]
    public void Rights_and_links_survive()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        Write(folder["real.pt"], "old");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(folder["real.pt"], Mode);
        File.CreateSymbolicLink(folder["link.pt"], folder["real.pt"]);
        Write(folder["link.pt"], "new");
        Assert.Equal("new", File.ReadAllText(folder["real.pt"]));
        Assert.Equal(folder["real.pt"], new FileInfo(folder["link.pt"]).LinkTarget);
        Assert.Equal(Mode, File.GetUnixFileMode(folder["real.pt"]));
    }

    [Fact]
    public void Readers_of_the_old_file_keep_it()
    {
        using var folder = new TemporaryFolder();
        Write(folder["a.pt"], "old content");
        using MappedByteSource mapped = MappedByteSource.Open(folder["a.pt"]);
        Write(folder["a.pt"], "new");
        Assert.Equal("old content", Encoding.UTF8.GetString(mapped.ToArray()));
    }
}
