using Facula.Serialization;

namespace Facula.Tests.Serialization;

public class Crc32Tests
{
    private static uint Naive(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    [Fact]
    public void Check_value_of_the_standard() => Assert.Equal(0xCBF43926u, Crc32.Compute("123456789"u8));

    [Fact]
    public void Every_length_equals_the_bitwise_definition()
    {
        var bytes = new byte[1500];
        new Random(5).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(Naive(0, bytes.AsSpan(0, length)), Crc32.Compute(bytes.AsSpan(0, length)));
            uint head = Crc32.Compute(bytes.AsSpan(0, length));
            Assert.Equal(Naive(0, bytes), Crc32.Append(head, bytes.AsSpan(length)));
            Assert.Equal(Naive(0, bytes), Crc32.Combine(head, Crc32.Compute(bytes.AsSpan(length)), bytes.Length - length));
        }
    }
}
