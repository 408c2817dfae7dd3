using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>Copies a matrix into panels: within one, the elements of each step of k lie side by side.</summary>
/// <remarks>Rows of A and columns of B are "lines" here; a panel holds so many of them, and a last one is filled up with zeros.</remarks>
internal static unsafe class GemmPacking<T> where T : unmanaged
{
    /// <summary>Packs <paramref name="lines"/> lines of <paramref name="k"/> elements; panels are <paramref name="panelStride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(T* source, nint lineStride, nint kStride, nint lines, nint k, int panel, T* destination, nint panelStride)
    {
        if (lineStride == 1)
        {
            CopySteps(source, kStride, lines, k, panel, destination, panelStride);
            return;
        }
        for (nint line = 0; line < lines; line += panel)
        {
            int count = (int)Math.Min(panel, lines - line);
            T* from = source + line * lineStride;
            int done = kStride == 1 ? TransposeLines(from, lineStride, count, k, panel, destination) : 0;
            if (done < count)
                Gather(from + done * lineStride, lineStride, kStride, count - done, k, panel, destination + done);
            if (count < panel)
                ZeroTail(k, panel, count, destination);
            destination += panelStride;
        }
    }

    // Each step of k is read whole and spread over all panels, so that the source is walked in order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopySteps(T* source, nint kStride, nint lines, nint k, int panel, T* destination, nint panelStride)
    {
        nint whole = lines / panel;
        int rest = (int)(lines - whole * panel);
        nint panelBytes = panel * sizeof(T), ahead = 8 * kStride * sizeof(T);
        for (nint step = 0; step < k; step++)
        {
            byte* from = (byte*)source;
            byte* to = (byte*)destination;
            for (nint i = 0; i < whole; i++)
            {
                if (Sse.IsSupported)
                {
                    // The steps may be pages apart, where no processor looks ahead by itself.
                    Sse.Prefetch0(from + ahead);
                    if (panelBytes > 64)
                        Sse.Prefetch0(from + ahead + 64);
                }
                Copy(from, to, panelBytes);
                from += panelBytes;
                to += panelStride * sizeof(T);
            }
            if (rest > 0)
            {
                Clear(to, panelBytes);
                Copy(from, to, rest * sizeof(T));
            }
            source += kStride;
            destination += panel;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* from, byte* to, nint bytes)
    {
        for (; bytes >= 64; bytes -= 64, from += 64, to += 64)
        {
            Vector256.Load(from).Store(to);
            Vector256.Load(from + 32).Store(to + 32);
        }
        if ((bytes & 32) != 0)
        {
            Vector256.Load(from).Store(to);
            from += 32;
            to += 32;
        }
        if ((bytes & 16) != 0)
        {
            Vector128.Load(from).Store(to);
            from += 16;
            to += 16;
        }
        for (nint i = 0; i < (bytes & 15); i += sizeof(T))
            *(T*)(to + i) = *(T*)(from + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(byte* to, nint bytes)
    {
        for (; bytes >= 32; bytes -= 32, to += 32)
            Vector256<byte>.Zero.Store(to);
        if ((bytes & 16) != 0)
        {
            Vector128<byte>.Zero.Store(to);
            to += 16;
        }
        for (nint i = 0; i < (bytes & 15); i++)
            to[i] = 0;
    }

    /// <summary>Element (line, step) goes to destination[step · row + line].</summary>
    public static void Transpose(T* source, nint lineStride, int lines, nint k, int row, T* destination)
    {
        int done = TransposeLines(source, lineStride, lines, k, row, destination);
        if (done < lines)
            Gather(source + done * lineStride, lineStride, 1, lines - done, k, row, destination + done);
    }

    /// <summary>Transposes in registers as many lines as fill blocks, and says how many.</summary>
    private static int TransposeLines(T* source, nint lineStride, int count, nint k, int panel, T* destination)
    {
        int line = 0;
        if (sizeof(T) == 4)
        {
            for (; Avx2.IsSupported && line + 8 <= count; line += 8)
                GemmTranspose.Lines8((float*)source + line * lineStride, lineStride, k, panel, (float*)destination + line);
            for (; line + 4 <= count; line += 4)
                GemmTranspose.Lines4((float*)source + line * lineStride, lineStride, k, panel, (float*)destination + line);
        }
        else if (sizeof(T) == 8)
        {
            for (; Avx2.IsSupported && line + 4 <= count; line += 4)
                GemmTranspose.Lines4((double*)source + line * lineStride, lineStride, k, panel, (double*)destination + line);
            for (; line + 2 <= count; line += 2)
                GemmTranspose.Lines2((double*)source + line * lineStride, lineStride, k, panel, (double*)destination + line);
        }
        return line;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(T* source, nint lineStride, nint kStride, int count, nint k, int panel, T* destination)
    {
        for (int line = 0; line < count; line++)
        {
            T* from = source + line * lineStride, to = destination + line;
            for (nint step = k; step > 0; step--)
            {
                *to = *from;
                from += kStride;
                to += panel;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ZeroTail(nint k, int panel, int count, T* destination)
    {
        for (nint step = 0; step < k; step++)
        {
            int i = count;
            for (; i + Vector256<T>.Count <= panel; i += Vector256<T>.Count)
                Vector256<T>.Zero.Store(destination + i);
            for (; i < panel; i++)
                destination[i] = default;
            destination += panel;
        }
    }
}
