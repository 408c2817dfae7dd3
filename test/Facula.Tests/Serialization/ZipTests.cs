using System.IO.Compression;
using Facula.Serialization;

namespace Facula.Tests.Serialization;

public class ZipTests
{
    private static byte[] Archive(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        var writer = new ZipWriter(ByteSink.To(stream));
        foreach (var (name, content) in entries)
            writer.AddStored(name, content);
        writer.Finish();
        return stream.ToArray();
    }

    [Fact]
    public void Written_archives_are_aligned_and_read_by_the_framework_and_by_us()
    {
        var random = new Random(1);
        var entries = Enumerable.Range(0, 20).Select(i =>
        {
            var content = new byte[random.Next(300)];
            random.NextBytes(content);
            return ($"archive/ü{new string('x', i)}", content);
        }).ToArray();
        byte[] bytes = Archive(entries);
        using var framework = new ZipArchive(new MemoryStream(bytes));
        var ours = new ZipReader(new MemoryByteSource("x.zip", bytes), 0, 1);
        Assert.Equal(entries.Length, framework.Entries.Count);
        foreach (var (name, content) in entries)
        {
            using Stream read = framework.GetEntry(name)!.Open();
            var copy = new MemoryStream();
            read.CopyTo(copy);
            Assert.Equal(content, copy.ToArray());
            Assert.Equal(content, ours.ReadAll(ours.Find(name)!, 1000));
            Assert.Equal(0, ours.Find(name)!.DataOffset % 64);
        }
    }

    [Fact]
    public void More_than_65535_entries_need_zip64()
    {
        byte[] bytes = Archive([.. Enumerable.Range(0, 66_000).Select(i => ($"{i}", new byte[] { (byte)i }))]);
        var reader = new ZipReader(new MemoryByteSource("x.zip", bytes), 0, 1);
        Assert.Equal(66_000, reader.Entries.Count);
        using var framework = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(66_000, framework.Entries.Count);
    }

    [Fact]
    public void Entries_beyond_four_gigabytes_need_zip64()
    {
        using var folder = new TemporaryFolder();
        const long Size = (4L << 30) + 12345;
        AtomicFile.Write(folder["big.zip"], handle =>
        {
            // The payloads are holes of the file system, so the test writes next to nothing.
            var sink = new FileSink(handle);
            var writer = new ZipWriter(sink);
            writer.BeginStored("a/big", Size, crc: 0);
            sink.Skip(Size);
            writer.AddStored("a/small", "behind the border"u8);
            writer.Finish();
        }, sync: false);
        using var source = FileByteSource.Open(folder["big.zip"]);
        var reader = new ZipReader(source, 0, 1);
        Assert.Equal(Size, reader.Find("a/big")!.Size);
        Assert.Equal("behind the border"u8.ToArray(), reader.ReadAll(reader.Find("a/small")!, 100));
        using var framework = ZipFile.OpenRead(folder["big.zip"]);
        Assert.Equal(Size, framework.GetEntry("a/big")!.Length);
        using var text = new StreamReader(framework.GetEntry("a/small")!.Open());
        Assert.Equal("behind the border", text.ReadToEnd());
    }

    [Fact]
    public void Damage_overlap_and_false_sizes_are_refused()
    {
        byte[] good = Archive(("a", "hello hello"u8.ToArray()), ("b", "world"u8.ToArray()));
        Refused(good, "checksum", bytes => bytes[bytes.AsSpan().IndexOf("hello"u8)] ^= 1);
        Refused(good, "named", bytes => bytes[bytes.AsSpan().LastIndexOf("b"u8)] = (byte)'a');
        int second = good.AsSpan(4).IndexOf("PK\x03\x04"u8) + 4;
        int central = good.AsSpan().IndexOf("PK\x01\x02"u8);
        int centralSecond = good.AsSpan(central + 4).IndexOf("PK\x01\x02"u8) + central + 4;
        Refused(good, "overlap", bytes => BitConverter.TryWriteBytes(bytes.AsSpan(centralSecond + 42), 0));
        Refused(good, "overlap", bytes => BitConverter.TryWriteBytes(bytes.AsSpan(centralSecond + 42), second - 1));
    }

    [Fact]
    public void Bombs_are_refused_before_they_unfold()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("a/data.pkl").Open();
            for (int i = 0; i < 100; i++)
                entry.Write(new byte[1 << 20]);
        }
        var source = new MemoryByteSource("bomb.pt", stream.ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => TorchZip.Read(source));
        Assert.Contains("inflates from", error.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    private static void Refused(byte[] good, string reason, Action<byte[]> damage)
    {
        byte[] bytes = [.. good];
        damage(bytes);
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            var reader = new ZipReader(new MemoryByteSource("bad.zip", bytes), 0, 1);
            foreach (ZipEntry entry in reader.Entries)
                reader.ReadAll(entry, 100);
        });
        Assert.Contains(reason, error.Message);
        Assert.StartsWith("bad.zip: offset ", error.Message);
    }
}
