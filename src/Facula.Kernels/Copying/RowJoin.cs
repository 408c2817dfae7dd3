using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>Rows side by side: each row of the result is made of a row of every part, one behind the other.</summary>
/// <remarks>The result is written once, in order. Part after part would pass over its memory as many times, each time in pieces.</remarks>
public static unsafe class RowJoin
{
    private const long BytesPerChunk = 128 << 10;
    private const long LongPiece = 16 << 10;
    private const long NearResult = 1 << 20;

    /// <summary>Part p has rows of lengths[p] &gt; 0 bytes, dense; rows of the destination begin <paramref name="step"/> bytes apart.</summary>
    public static void Run(byte** parts, long* lengths, int count, byte* destination, long step, long rows)
    {
        long width = 0;
        for (int p = 0; p < count; p++) width += lengths[p];
        long bytes = width * rows;
        if (bytes == 0) return;
        var body = new Body { Parts = parts, Lengths = lengths, Destination = destination, Step = step, Width = width, Bytes = bytes };
        body.PerChunk = (Math.Max(BytesPerChunk, (bytes + 63) / 64) + 63) & -64;
        WorkerPool.Run((int)((bytes + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct Body : IParallelBody
    {
        public byte** Parts;
        public long* Lengths;
        public byte* Destination;
        public long Step, Width, Bytes, PerChunk;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            bool far = RowCopy.IsFar<byte>(Bytes);
            long left = Math.Min(PerChunk, Bytes - chunk * PerChunk);
            (long row, long within) = Math.DivRem(chunk * PerChunk, Width);
            byte* to = Destination + row * Step + within;
            int part = 0;
            while (within >= Lengths[part]) within -= Lengths[part++];
            while (true)
            {
                long length = Lengths[part], bytes = Math.Min(length - within, left);
                // The system's copy does not read the lines that it writes, which pays for long pieces while the result may still be in a near cache.
                if (bytes >= LongPiece && Bytes <= NearResult) Buffer.MemoryCopy(Parts[part] + row * length + within, to, bytes, bytes);
                // One row; that the next would follow it at once is where the lines ahead are looked for.
                else RowCopy.Rows(Parts[part] + row * length + within, bytes, to, bytes, bytes, 1, far);
                left -= bytes;
                if (left == 0) return;
                to += bytes;
                within = 0;
                part++;
                // Behind the last part of a row the next row begins.
                if (to != Destination + row * Step + Width) continue;
                part = 0;
                to = Destination + ++row * Step;
            }
        }
    }
}
