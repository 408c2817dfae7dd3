using System.Runtime.InteropServices;

namespace Facula.Kernels.Tests.Pointwise;

/// <summary>Results of 33 MiB, from a line's beginning and from elsewhere: those that are written past the caches, and the like of other loops.</summary>
public unsafe class WideStoreTests
{
    // Beyond the size on every processor, and not whole vectors.
    private const int Count = (33 << 20) / sizeof(float) + 13;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void FunctionsOfOneOperand(int start)
    {
        using var x = new Room<float>(Count + start + 1);
        using var y = new Room<float>(Count + start + 1);
        x.Fill(i => i % 1001 - 500);
        y.At[start + Count] = 7;
        MapLoop.Contiguous(default(NumberMap<NegKernel, float>), x.At + 1, 1, y.At + start, 1, Count);
        for (int i = 0; i < Count; i++)
            if (y.At[start + i] != -x.At[i + 1]) Assert.Fail($"element {i} is {y.At[start + i]}");
        Assert.Equal(7, y.At[start + Count]);

        // In place.
        MapLoop.Contiguous(default(NumberMap<NegKernel, float>), x.At, 1, x.At, 1, Count);
        for (int i = 0; i < Count; i++)
            if (x.At[i] != 500 - i % 1001) Assert.Fail($"element {i} is {x.At[i]}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Conversions(int start)
    {
        using var x = new Room<float>(Count);
        using var y = new Room<double>(Count + start + 1);
        x.Fill(i => i % 1001 * 0.1f);
        y.At[start + Count] = 7;
        MapLoop.Contiguous(default(ConvertMap<float, double>), x.At, 1, y.At + start, 1, Count);
        for (int i = 0; i < Count; i++)
            if (y.At[start + i] != x.At[i]) Assert.Fail($"element {i} is {y.At[start + i]}");
        Assert.Equal(7, y.At[start + Count]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 0)]
    [InlineData(5, 1)]
    public void FunctionsOfTwoOperands(int start, int rightStride)
    {
        using var x = new Room<float>(Count);
        using var y = new Room<float>(Count);
        using var sums = new Room<float>(Count + start + 1);
        x.Fill(i => i % 1001);
        y.Fill(i => i % 37);
        sums.At[start + Count] = 7;
        ZipLoop.Contiguous(default(NumberZip<SubKernel, float>), x.At, 1, y.At + 3, rightStride, sums.At + start, 1, Count - 3);
        for (int i = 0; i < Count - 3; i++)
            if (sums.At[start + i] != x.At[i] - y.At[3 + i * rightStride]) Assert.Fail($"element {i} is {sums.At[start + i]}");
        Assert.Equal(7, sums.At[start + Count]);

        // Onto the left operand.
        ZipLoop.Contiguous(default(NumberZip<SubKernel, float>), x.At, 1, y.At, rightStride, x.At, 1, Count);
        for (int i = 0; i < Count; i++)
            if (x.At[i] != i % 1001 - y.At[i * rightStride]) Assert.Fail($"element {i} is {x.At[i]}");
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1000, true)]
    [InlineData(40008, true)]
    [InlineData(1004, false)]
    public void RowsWithARepeatedOperand(int columns, bool column)
    {
        int rows = Count / columns + 1;
        using var x = new Room<float>(rows * columns);
        using var y = new Room<float>(rows + columns);
        using var sums = new Room<float>(rows * columns + 1);
        x.Fill(i => i % 1001);
        y.Fill(i => i % 37);
        sums.At[rows * columns] = 7;
        foreach (bool turned in (bool[])[false, true])
        {
            long[] dense = [columns, 1], repeated = column ? [1, 0] : [0, 1];
            if (turned) ZipLoop.Run(default(NumberZip<SubKernel, float>), y.At, repeated, x.At, dense, sums.At, dense, [rows, columns]);
            else ZipLoop.Run(default(NumberZip<SubKernel, float>), x.At, dense, y.At, repeated, sums.At, dense, [rows, columns]);
            for (int r = 0; r < rows; r++)
                for (int c = 0; c < columns; c++)
                {
                    float difference = x.At[r * columns + c] - y.At[column ? r : c];
                    if (sums.At[r * columns + c] != (turned ? -difference : difference)) Assert.Fail($"row {r}, column {c} is {sums.At[r * columns + c]}");
                }
        }
        Assert.Equal(7, sums.At[rows * columns]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Choices(int yesStride, int noStride)
    {
        using var mask = new Room<bool>(Count);
        using var yes = new Room<float>(Count);
        using var no = new Room<float>(Count);
        using var chosen = new Room<float>(Count + 1);
        mask.Fill(i => i % 3 == 0 || i % 7 == 2);
        yes.Fill(i => i % 1001);
        no.Fill(i => -i % 1003);
        chosen.At[Count] = 7;
        Zip3Loop.Contiguous(default(ChoiceKernel<float>), (byte*)mask.At, 1, yes.At, yesStride, no.At, noStride, chosen.At, Count);
        for (int i = 0; i < Count; i++)
            if (chosen.At[i] != (mask.At[i] ? yes.At[i * yesStride] : no.At[i * noStride])) Assert.Fail($"element {i} is {chosen.At[i]}");
        Assert.Equal(7, chosen.At[Count]);
    }

    // A large work against one of two of its rows.
    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    [InlineData(1000)]
    public void RowsOfNormsAndSoftmax(int count)
    {
        int rows = Count / count + 3;
        using var x = new Room<float>(rows * count);
        using var g = new Room<float>(rows * count);
        using var large = new Room<float>(rows * count);
        using var small = new Room<float>(2 * count);
        using var numbers = new Room<float>(2 * rows + 4);
        float* mean = numbers.At, rstd = mean + rows, mean2 = rstd + rows, rstd2 = mean2 + 2;
        x.Fill(i => i * 37 % 1001 * 0.01f);
        g.Fill(i => i * 53 % 1003 * 0.02f - 5);

        LayerNorm.Forward(x.At, g.At, g.At + 5, large.At, mean, rstd, rows, count, 1e-5);
        Compare((from, to) => LayerNorm.Forward(from, g.At, g.At + 5, to, mean2, rstd2, 2, count, 1e-5));
        LayerNorm.Backward(g.At, x.At, null, mean, rstd, large.At, null, null, rows, count);
        Compare((from, to) => LayerNorm.Backward(g.At + (from - x.At), from, null, mean + (from - x.At) / count, rstd + (from - x.At) / count, to, null, null, 2, count));
        foreach (bool logarithm in (bool[])[false, true])
        {
            Softmax.Forward(x.At, large.At, rows, count, 1, logarithm);
            Compare((from, to) => Softmax.Forward(from, to, 2, count, 1, logarithm));
            Softmax.Backward(g.At, x.At, large.At, rows, count, 1, logarithm);
            Compare((from, to) => Softmax.Backward(g.At + (from - x.At), from, to, 2, count, 1, logarithm));
        }

        void Compare(Work work)
        {
            foreach (int row in (int[])[0, 2, 64, 66, 1000, (rows - 2) & -2])
            {
                work(x.At + row * count, small.At);
                Assert.True(new Span<float>(small.At, 2 * count).SequenceEqual(new Span<float>(large.At + row * count, 2 * count)), $"row {row}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RunningSums(int lines)
    {
        int extent = Count / lines + 7 & -8;
        using var x = new Room<float>(lines * extent);
        using var sums = new Room<float>(lines * extent);
        x.Fill(i => i * 37 % 1001 - 500);
        ScanKernels.Wide<CombineAdd>(x.At, sums.At, lines, extent, 1);
        for (int line = 0; line < lines; line++)
        {
            double sum = 0;
            for (int i = line * extent; i < (line + 1) * extent; i++)
            {
                sum += x.At[i];
                if (sums.At[i] != (float)sum) Assert.Fail($"element {i} is {sums.At[i]}");
            }
        }
    }

    private delegate void Work(float* from, float* to);

    [Fact]
    public void LongPiecesSideBySide()
    {
        const int Rows = 3, First = (6 << 20) + 5, Second = (5 << 20) + 1;
        using var x = new Room<byte>(Rows * First);
        using var y = new Room<byte>(Rows * Second);
        using var joined = new Room<byte>(Rows * (First + Second) + 1);
        x.Fill(i => (byte)(i * 7 + 1));
        y.Fill(i => (byte)(i * 5 + 3));
        joined.At[Rows * (First + Second)] = 7;
        byte** parts = stackalloc byte*[] { x.At, y.At };
        long* lengths = stackalloc long[] { First, Second };
        RowJoin.Run(parts, lengths, 2, joined.At, First + Second, Rows);
        for (int r = 0; r < Rows; r++)
        {
            byte* row = joined.At + (long)r * (First + Second);
            Assert.True(new Span<byte>(x.At + r * First, First).SequenceEqual(new Span<byte>(row, First)));
            Assert.True(new Span<byte>(y.At + r * Second, Second).SequenceEqual(new Span<byte>(row + First, Second)));
        }
        Assert.Equal(7, joined.At[Rows * (First + Second)]);
    }

    private readonly struct Room<T>(int count) : IDisposable where T : unmanaged
    {
        public readonly T* At = (T*)NativeMemory.AlignedAlloc((nuint)count * (nuint)sizeof(T), 64);

        public void Fill(Func<int, T> make)
        {
            for (int i = 0; i < count; i++) At[i] = make(i);
        }

        public void Dispose() => NativeMemory.AlignedFree(At);
    }
}
