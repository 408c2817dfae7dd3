using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Facula.Benchmarks;

/// <summary>What the race ran on.</summary>
internal static class Machine
{
    /// <summary>The processor's name.</summary>
    public static string Cpu()
    {
        const string info = "/proc/cpuinfo";
        string? model = null, number = null;
        if (File.Exists(info))
        {
            foreach (string line in File.ReadLines(info))
            {
                if (model is null && line.StartsWith("model name", StringComparison.Ordinal)) model = line[(line.IndexOf(':') + 1)..].Trim();
                if (number is null && line.StartsWith("model\t", StringComparison.Ordinal)) number = line[(line.IndexOf(':') + 1)..].Trim();
                if (line.Length == 0) break;
            }
        }
        // Virtual machines hide the product's name; the model number at least tells the generation.
        string name = model is null ? RuntimeInformation.ProcessArchitecture.ToString() : number is null ? model : $"{model}, model {number}";
        return IsWithoutAvx512 ? name + ", without AVX-512" : name;
    }

    /// <summary>Whether both sides do without AVX-512, since the processor has none or DOTNET_EnableAVX512=0 hides it.</summary>
    public static bool IsWithoutAvx512 => X86Base.IsSupported && !Avx512F.IsSupported;

    /// <summary>A name for files made from the processor's.</summary>
    public static string Slug(string cpu) =>
        string.Join('-', new string([.. cpu.ToLowerInvariant().Replace("(r)", "").Replace("(tm)", "").Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Multiply-adds per second that one thread reaches in registers at this moment, in GFLOP/s: the ceiling of the products.</summary>
    public static double PeakGflops()
    {
        double best = 0;
        for (int i = 0; i < 20; i++)
        {
            long start = Stopwatch.GetTimestamp();
            const int rounds = 200000;
            int lanes = Avx512F.IsSupported ? Wide(rounds) : Narrow(rounds);
            best = Math.Max(best, rounds * 12.0 * lanes * 2 / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Wide(int rounds)
    {
        Vector512<float> x = Vector512.Create(0.9999f), y = Vector512.Create(1e-7f);
        Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int n = 0; n < rounds; n++)
        {
            a = Avx512F.FusedMultiplyAdd(a, x, y); b = Avx512F.FusedMultiplyAdd(b, x, y); c = Avx512F.FusedMultiplyAdd(c, x, y);
            d = Avx512F.FusedMultiplyAdd(d, x, y); e = Avx512F.FusedMultiplyAdd(e, x, y); f = Avx512F.FusedMultiplyAdd(f, x, y);
            g = Avx512F.FusedMultiplyAdd(g, x, y); h = Avx512F.FusedMultiplyAdd(h, x, y); i = Avx512F.FusedMultiplyAdd(i, x, y);
            j = Avx512F.FusedMultiplyAdd(j, x, y); k = Avx512F.FusedMultiplyAdd(k, x, y); l = Avx512F.FusedMultiplyAdd(l, x, y);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l) == 1 ? 1 : 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Narrow(int rounds)
    {
        Vector256<float> x = Vector256.Create(0.9999f), y = Vector256.Create(1e-7f);
        Vector256<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int n = 0; n < rounds; n++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y); b = Vector256.FusedMultiplyAdd(b, x, y); c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y); e = Vector256.FusedMultiplyAdd(e, x, y); f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y); h = Vector256.FusedMultiplyAdd(h, x, y); i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y); k = Vector256.FusedMultiplyAdd(k, x, y); l = Vector256.FusedMultiplyAdd(l, x, y);
        }
        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l) == 1 ? 1 : 8;
    }
}
