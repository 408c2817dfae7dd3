using Facula.Serialization;

namespace Facula.Tests.Serialization;

public class ByteSourceStreamTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 10).Select(i => (byte)i)];

    private static ByteSourceStream Stream() => new(new MemoryByteSource("memory", Content));

    [Fact]
    public void Reads_from_any_position_to_the_end()
    {
        using ByteSourceStream stream = Stream();
        Assert.Equal(3, stream.Seek(3, SeekOrigin.Begin));
        Assert.Equal(5, stream.Seek(2, SeekOrigin.Current));
        Assert.Equal(8, stream.Seek(-2, SeekOrigin.End));
        var rest = new byte[5];
        Assert.Equal(2, stream.Read(rest));
        Assert.Equal(Content[8..], rest[..2]);
        Assert.Equal(20, stream.Seek(20, SeekOrigin.Begin));
        Assert.Equal(0, stream.Read(rest));
        Assert.Throws<IOException>(() => stream.Seek(-1, SeekOrigin.Begin));
    }

    [Fact]
    public void Changes_are_refused_with_the_reason()
    {
        using ByteSourceStream stream = Stream();
        Assert.False(stream.CanWrite);
        Assert.Contains("cannot change", Assert.Throws<NotSupportedException>(() => stream.SetLength(1)).Message);
        Assert.Contains("cannot change", Assert.Throws<NotSupportedException>(() => stream.Write(Content, 0, 1)).Message);
    }
}
