using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Facula.Kernels;

/// <summary>A few lines of a matrix side by side, transposed in registers: element (line, step) goes to destination[step · panel + line].</summary>
/// <remarks>The unpacking instructions are written for each processor: composed from halves they cost six times as much.</remarks>
internal static unsafe class GemmTranspose
{
    /// <summary>Eight lines of floats; needs AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lines8(float* source, nint lineStride, nint k, int panel, float* destination)
    {
        float* s4 = source + 4 * lineStride;
        nint stride2 = 2 * lineStride, stride3 = 3 * lineStride, step = 0;
        for (; step + 8 <= k; step += 8)
        {
            // Lines l and l + 4 meet in one register while they are loaded, so that no later step crosses its halves.
            float* from = source + step, from4 = s4 + step;
            if ((step & 8) == 0)
                PrefetchLines(from4 + 4 * lineStride, lineStride, 8);
            var a0 = Pair(from, from4);
            var a1 = Pair(from + lineStride, from4 + lineStride);
            var a2 = Pair(from + stride2, from4 + stride2);
            var a3 = Pair(from + stride3, from4 + stride3);
            float* to = destination + step * panel;
            Store4(a0, a1, a2, a3, to, panel, 2 * panel);
            a0 = Pair(from + 4, from4 + 4);
            a1 = Pair(from + lineStride + 4, from4 + lineStride + 4);
            a2 = Pair(from + stride2 + 4, from4 + stride2 + 4);
            a3 = Pair(from + stride3 + 4, from4 + stride3 + 4);
            Store4(a0, a1, a2, a3, to + 4 * panel, panel, 2 * panel);
        }
        for (; step < k; step++)
        {
            float* to = destination + step * panel;
            for (int line = 0; line < 8; line++)
                to[line] = source[line * lineStride + step];
        }
    }

    // The lines that come after these.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchLines(float* source, nint lineStride, int count)
    {
        for (int line = 0; line < count; line++, source += lineStride)
            Sse.Prefetch0(source);
    }

    /// <summary>Four floats of one line and four of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pair(float* low, float* high) => Avx.InsertVector128(Vector128.Load(low).ToVector256Unsafe(), Vector128.Load(high), 1);

    /// <summary>Four by four transposed in each half: the results lie at 0, one, two and two + one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store4(Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3, float* to, nint one, nint two)
    {
        var low01 = Avx.UnpackLow(a0, a1).AsDouble();
        var high01 = Avx.UnpackHigh(a0, a1).AsDouble();
        var low23 = Avx.UnpackLow(a2, a3).AsDouble();
        var high23 = Avx.UnpackHigh(a2, a3).AsDouble();
        Avx.UnpackLow(low01, low23).AsSingle().Store(to);
        Avx.UnpackHigh(low01, low23).AsSingle().Store(to + one);
        Avx.UnpackLow(high01, high23).AsSingle().Store(to + two);
        Avx.UnpackHigh(high01, high23).AsSingle().Store(to + two + one);
    }

    /// <summary>Four lines of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lines4(float* source, nint lineStride, nint k, int panel, float* destination)
    {
        float* s1 = source + lineStride, s2 = s1 + lineStride, s3 = s2 + lineStride;
        nint step = 0;
        for (; step + 4 <= k; step += 4)
        {
            if (Sse.IsSupported && (step & 12) == 0)
                PrefetchLines(source + step + 8 * lineStride, lineStride, 4);
            var r0 = Vector128.Load(source + step);
            var r1 = Vector128.Load(s1 + step);
            var r2 = Vector128.Load(s2 + step);
            var r3 = Vector128.Load(s3 + step);
            var low01 = Low(r0, r1).AsDouble();
            var high01 = High(r0, r1).AsDouble();
            var low23 = Low(r2, r3).AsDouble();
            var high23 = High(r2, r3).AsDouble();
            float* to = destination + step * panel;
            Low(low01, low23).AsSingle().Store(to);
            High(low01, low23).AsSingle().Store(to + panel);
            Low(high01, high23).AsSingle().Store(to + 2 * panel);
            High(high01, high23).AsSingle().Store(to + 3 * panel);
        }
        for (; step < k; step++)
            Vector128.Create(source[step], s1[step], s2[step], s3[step]).Store(destination + step * panel);
    }

    /// <summary>Four lines of doubles; needs AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lines4(double* source, nint lineStride, nint k, int panel, double* destination)
    {
        double* s1 = source + lineStride, s2 = s1 + lineStride, s3 = s2 + lineStride;
        nint step = 0;
        for (; step + 4 <= k; step += 4)
        {
            if ((step & 4) == 0)
                PrefetchLines((float*)(source + step + 4 * lineStride), 2 * lineStride, 4);
            double* to = destination + step * panel;
            var a0 = Pair(source + step, s2 + step);
            var a1 = Pair(s1 + step, s3 + step);
            Avx.UnpackLow(a0, a1).Store(to);
            Avx.UnpackHigh(a0, a1).Store(to + panel);
            a0 = Pair(source + step + 2, s2 + step + 2);
            a1 = Pair(s1 + step + 2, s3 + step + 2);
            Avx.UnpackLow(a0, a1).Store(to + 2 * panel);
            Avx.UnpackHigh(a0, a1).Store(to + 3 * panel);
        }
        for (; step < k; step++)
            Vector256.Create(source[step], s1[step], s2[step], s3[step]).Store(destination + step * panel);
    }

    /// <summary>Two doubles of one line and two of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Pair(double* low, double* high) => Avx.InsertVector128(Vector128.Load(low).ToVector256Unsafe(), Vector128.Load(high), 1);

    /// <summary>Two lines of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lines2(double* source, nint lineStride, nint k, int panel, double* destination)
    {
        double* s1 = source + lineStride;
        nint step = 0;
        for (; step + 2 <= k; step += 2)
        {
            var r0 = Vector128.Load(source + step);
            var r1 = Vector128.Load(s1 + step);
            Low(r0, r1).Store(destination + step * panel);
            High(r0, r1).Store(destination + (step + 1) * panel);
        }
        for (; step < k; step++)
            Vector128.Create(source[step], s1[step]).Store(destination + step * panel);
    }

    // (a0 b0 a1 b1) and (a2 b2 a3 b3).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Low(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0]);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> High(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[1], b[1]);
}
