using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Facula.Kernels.RealLoops;

namespace Facula.Kernels;

/// <summary>How far two poles are apart, without cancellation.</summary>
internal interface IPoleGap
{
    static abstract double Between(double pole, double origin);

    static abstract Vector512<double> Between(Vector512<double> pole, Vector512<double> origin);
}

/// <summary>Poles at the numbers themselves: the symmetric eigenvalue problem.</summary>
internal readonly struct PlainGap : IPoleGap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Between(double pole, double origin) => pole - origin;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Between(Vector512<double> pole, Vector512<double> origin) => pole - origin;
}

/// <summary>Poles at the squares of numbers: the singular value problem.</summary>
internal readonly struct SquareGap : IPoleGap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Between(double pole, double origin) => (pole - origin) * (pole + origin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Between(Vector512<double> pole, Vector512<double> origin) => (pole - origin) * (pole + origin);
}

/// <summary>
/// The roots of 1/ρ + Σ zⱼ²/(pⱼ − x) = 0, one behind each pole: the heart of divide and conquer. A root is held as its distance from the
/// nearer pole, so that its distance from every pole has full accuracy.
/// </summary>
/// <remarks>
/// The iteration replaces the sum by two poles beside the root (Ren-Cang Li, "Solving secular equations stably and efficiently"), within a
/// bracket. Vectors come from weights computed back from the roots (Gu and Eisenstat), which makes them orthogonal however exact the roots are.
/// </remarks>
internal unsafe struct SecularEquation<TGap> : IDisposable where TGap : struct, IPoleGap
{
    private const double Epsilon = 1.1102230246251565e-16;
    // Where the poles stand that fill up vectors; the others are of size 1.
    private const double FarAway = 1e100;

    private readonly Scratch _memory;
    private readonly double* _gaps;
    private int _padded;

    public SecularEquation(int capacity)
    {
        int padded = (capacity + 7) & -8;
        _memory = Scratch.Rent<double>(5L * padded + capacity / 2 + 8);
        Poles = (double*)_memory.Pointer;
        Weights = Poles + padded;
        Shifts = Weights + padded;
        Products = Shifts + padded;
        _gaps = Products + padded;
        Origins = (int*)(_gaps + padded);
    }

    /// <summary>The numbers whose poles these are, ascending and distinct.</summary>
    public double* Poles { get; }
    /// <summary>The numbers z.</summary>
    public double* Weights { get; }
    /// <summary>Root i, less pole number Origins[i].</summary>
    public double* Shifts { get; }
    public int* Origins { get; }
    /// <summary>Afterwards the numbers z that have exactly these roots, without their signs and a common factor.</summary>
    public double* Products { get; }
    public int Count { get; private set; }

    /// <summary>Finds all roots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(int count, double rho)
    {
        Count = count;
        _padded = (count + 7) & -8;
        // Beyond the end a pole far away without weight.
        for (int j = count; j < _padded; j++)
        {
            Poles[j] = FarAway;
            Weights[j] = 0;
        }

        for (int i = 0; i < count; i++)
            FindRoot(i, rho);
        FindWeights();
    }

    private readonly record struct Sums(double Value, double Below, double SlopeBelow, double SlopeAbove, double Size);

    /// <summary>The sum at a distance from the origin: terms up to <paramref name="split"/> count as below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly Sums Evaluate(double shift, int split, double inverse)
    {
        Vector512<double> at = Vector512.Create(shift), below = default, above = default, slopeBelow = default, slopeAbove = default;
        int boundary = (split + 1) & -8, j = 0;
        for (; j < boundary; j += 8)
        {
            Vector512<double> z = Vector512.Load(Weights + j), t = z / (Vector512.Load(_gaps + j) - at);
            below = Fma(z, t, below);
            slopeBelow = Fma(t, t, slopeBelow);
        }

        if (j <= split)
        {
            Vector512<double> z = Vector512.Load(Weights + j), t = z / (Vector512.Load(_gaps + j) - at);
            Vector512<double> mask = Vector512.LessThanOrEqual(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)(split - j)));
            Vector512<double> inner = Vector512.ConditionalSelect(mask, t, Vector512<double>.Zero), outer = t - inner;
            below = Fma(z, inner, below);
            slopeBelow = Fma(inner, inner, slopeBelow);
            above = z * outer;
            slopeAbove = outer * outer;
            j += 8;
        }

        for (; j < _padded; j += 8)
        {
            Vector512<double> z = Vector512.Load(Weights + j), t = z / (Vector512.Load(_gaps + j) - at);
            above = Fma(z, t, above);
            slopeAbove = Fma(t, t, slopeAbove);
        }

        double low = Vector512.Sum(below), high = Vector512.Sum(above);
        return new Sums(inverse + low + high, low, Vector512.Sum(slopeBelow), Vector512.Sum(slopeAbove), inverse + Math.Abs(low) + Math.Abs(high));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SetOrigin(int origin)
    {
        Vector512<double> pole = Vector512.Create(Poles[origin]);
        for (int j = 0; j < _padded; j += 8)
            TGap.Between(Vector512.Load(Poles + j), pole).Store(_gaps + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FindRoot(int i, double rho)
    {
        double inverse = 1 / rho, shift, low, high;
        bool last = i == Count - 1;
        // The two poles beside the root; behind the last pole the two before it.
        int left = last ? Math.Max(i - 1, 0) : i, right = last ? i : i + 1, origin = i, split = last ? i - 1 : i;
        SetOrigin(origin);
        if (last)
        {
            double sum = 0;
            for (int j = 0; j < Count; j++)
                sum += Weights[j] * Weights[j];
            low = 0;
            high = rho * sum * (1 + 4 * Epsilon);
            shift = Count == 1 ? rho * sum : 0.5 * high;
        }
        else
        {
            shift = StartInside(i, inverse, ref origin, out low, out high);
        }

        double before = double.PositiveInfinity;
        bool exactWeight = true;
        for (int step = 0; step < 80 && Count > 1; step++)
        {
            Sums sums = Evaluate(shift, split, inverse);
            double f = sums.Value, slope = sums.SlopeBelow + sums.SlopeAbove;
            if (Math.Abs(f) <= Epsilon * (8 * sums.Size + Math.Abs(shift) * slope) || !(high - low > 2 * Epsilon * Math.Max(Math.Abs(low), Math.Abs(high))))
                break;
            if (f < 0)
                low = shift;
            else
                high = shift;
            // Keep the nearer pole's true weight while that is quick, else match both slopes.
            if (Math.Abs(f) > 0.1 * before)
                exactWeight = !exactWeight;
            before = Math.Abs(f);

            double first = _gaps[left] - shift, second = _gaps[right] - shift, c;
            if (!exactWeight || last)
            {
                c = f - first * sums.SlopeBelow - second * sums.SlopeAbove;
            }
            else if (origin == left)
            {
                double own = Weights[left] / first;
                c = f - second * slope - (first - second) * own * own;
            }
            else
            {
                double own = Weights[right] / second;
                c = f - first * slope - (second - first) * own * own;
            }

            double a = (first + second) * f - first * second * slope, b = first * second * f, root = Math.Sqrt(Math.Abs(a * a - 4 * b * c)), change;
            if (last)
                change = c == 0 ? high - shift : a >= 0 ? (a + root) / (2 * Math.Abs(c)) : 2 * b / (a - root);
            else
                change = c == 0 ? b / a : a <= 0 ? (a - root) / (2 * c) : 2 * b / (a + root);
            if (!(f * change < 0))
                change = -f / slope;
            double next = shift + change;
            shift = next > low && next < high ? next : 0.5 * (low + high);
        }

        Shifts[i] = shift;
        Origins[i] = origin;
    }

    /// <summary>Chooses the nearer pole as origin and solves for the two poles beside the root, the others' sum taken from the middle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly double StartInside(int i, double inverse, ref int origin, out double low, out double high)
    {
        double gap = _gaps[i + 1], middle = 0.5 * gap;
        double f = Evaluate(middle, i, inverse).Value;
        double left = Weights[i] * Weights[i], right = Weights[i + 1] * Weights[i + 1];
        double c = f + left / middle - right / (gap - middle), a, b;
        if (f > 0)
        {
            low = 0;
            high = middle;
            a = c * gap + left + right;
            b = left * gap;
            double root = Math.Sqrt(Math.Abs(a * a - 4 * b * c)), start = a > 0 ? 2 * b / (a + root) : (a - root) / (2 * c);
            return start > low && start < high ? start : 0.5 * (low + high);
        }

        origin = i + 1;
        SetOrigin(origin);
        low = -middle;
        high = 0;
        a = c * gap - left - right;
        b = right * gap;
        double other = Math.Sqrt(Math.Abs(a * a + 4 * b * c)), begin = a < 0 ? 2 * b / (a - other) : -(a + other) / (2 * c);
        return begin > low && begin < high ? begin : 0.5 * (low + high);
    }

    /// <summary>zⱼ² ∝ Π (rootᵢ − pⱼ) / Π (pᵢ − pⱼ), root by root, so that the partial products stay near 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FindWeights()
    {
        for (int j = 0; j < _padded; j += 8)
            Vector512<double>.One.Store(Products + j);
        Vector512<double> places = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        for (int i = 0; i < Count; i++)
        {
            Vector512<double> origin = Vector512.Create(Poles[Origins[i]]), shift = Vector512.Create(Shifts[i]), own = Vector512.Create(Poles[i]);
            for (int j = 0; j < _padded; j += 8)
            {
                Vector512<double> pole = Vector512.Load(Poles + j), distance = TGap.Between(pole, origin) - shift;
                Vector512<double> mask = Vector512.Equals(places, Vector512.Create((double)(i - j)));
                Vector512<double> under = Vector512.ConditionalSelect(mask, -Vector512<double>.One, TGap.Between(pole, own));
                (Vector512.Load(Products + j) * (distance / under)).Store(Products + j);
            }
        }

        for (int j = 0; j < Count; j++)
            Products[j] = Math.Sqrt(Math.Abs(Products[j]));
    }

    /// <summary>Copies poles and corrected weights, those at <paramref name="places"/> in this order, then poles far away without weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void CopyGrouped(int* places, int padded, double* poles, double* weights)
    {
        for (int i = 0; i < padded; i++)
        {
            int from = i < Count ? places[i] : Count - 1;
            poles[i] = i < Count ? Poles[from] : FarAway;
            weights[i] = i < Count ? Math.CopySign(Products[from], Weights[from]) : 0;
        }
    }

    public readonly void Dispose() => _memory.Dispose();
}
