namespace Facula.Kernels.Tests.Copying;

public class SequenceLoopTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1003)]
    public void Whole_numbers_follow_each_other(int count)
    {
        foreach (long step in (long[])[1, -3, 1L << 40])
        {
            var numbers = new long[count];
            SequenceLoop.Fill(numbers, 5, step);
            Assert.Equal(Enumerable.Range(0, count).Select(i => 5 + i * step), numbers);
        }
    }
}
