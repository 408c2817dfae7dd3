using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

public static unsafe partial class PickKernels
{
    /// <summary>Row and column of each true byte of a matrix, in order, pair by pair; the destination has room for <paramref name="found"/> pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Coordinates(byte* mask, long rows, long columns, long* destination, long found)
    {
        long* end = destination + 2 * found;
        Vector512<long> low = Vector512.Create(8L, 0, 8, 1, 8, 2, 8, 3), high = Vector512.Create(8L, 4, 8, 5, 8, 6, 8, 7);
        for (long row = 0; row < rows; row++, mask += columns)
        {
            long column = 0;
            if (Avx512F.IsSupported)
            {
                Vector512<long> place = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7), rowLanes = Vector512.Create(row);
                // Whole vectors are stored, of which only the chosen pairs count.
                for (; column <= columns - 8 && destination <= end - 16; column += 8, place += Vector512.Create(8L))
                {
                    ulong bytes = *(ulong*)(mask + column);
                    if (bytes == 0) continue;
                    Vector512<long> empty = Vector512.Equals(Avx512F.ConvertToVector512Int64(Vector128.CreateScalarUnsafe(bytes).AsByte()), Vector512<long>.Zero);
                    Vector512<long> chosen = Avx512F.Compress(Vector512<long>.Zero, ~empty, place);
                    Avx512F.PermuteVar8x64x2(chosen, low, rowLanes).Store(destination);
                    Avx512F.PermuteVar8x64x2(chosen, high, rowLanes).Store(destination + 8);
                    destination += 2 * (8 - BitOperations.PopCount(empty.ExtractMostSignificantBits()));
                }
            }
            for (; column < columns; column++)
            {
                if (mask[column] == 0) continue;
                (destination[0], destination[1]) = (row, column);
                destination += 2;
            }
        }
    }
}
