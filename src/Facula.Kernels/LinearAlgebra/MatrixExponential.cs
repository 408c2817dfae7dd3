using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facula.Kernels;

/// <summary>
/// eᴬ by a Taylor polynomial of degree 1, 2, 4, 8, 12 or 18 and squaring; few products give each degree (Bader, Blanes and Casas, "Computing
/// the matrix exponential with an optimized Taylor polynomial approximation", Mathematics 7, 2019: their coefficients and bounds).
/// </summary>
public static unsafe class MatrixExponential
{
    private static ReadOnlySpan<double> SingleBounds => [1.192092800768788e-07, 5.978858893805233e-04, 5.116619363445086e-02, 5.800524627688768e-01, 1.461661507209034, 3.010066362817634];
    private static ReadOnlySpan<double> DoubleBounds => [2.220446049250313e-16, 2.580956802971767e-08, 3.397168839976962e-04, 4.991228871115323e-02, 2.996158913811580e-01, 1.090863719290036];

    // Rows: the combinations of I, A, A², A³.
    private static ReadOnlySpan<double> Degree12 =>
    [
        9.0198e-16, 0.46932117595418237389, -0.20099424927047284052, -0.04623946134063071740,
        5.31597895759871264183, 1.19926790417132231573, 0.01179296240992997031, 0.01108844528519167989,
        0.18188869982170434744, 0.05502798439925399070, 0.09351590770535414968, 0.00610700528898058230,
        -2.0861320e-13, -0.13181061013830184015, -0.02027855540589259079, -0.00675951846863086359,
    ];

    // Rows: the combinations of I, A, A², A³, A⁶.
    private static ReadOnlySpan<double> Degree18 =>
    [
        0, -1.00365581030144618291e-01, -8.02924648241156932449e-03, -8.92138498045729985177e-04, 0,
        0, 3.97849749499645077844e-01, 1.36783778460411720168, 4.98289622525382669416e-01, -6.37898194594723280150e-04,
        -1.09676396052962061844e+01, 1.68015813878906206114, 5.71779846478865511061e-02, -6.98210122488052056106e-03, 3.34975017086070470649e-05,
        -9.04316832390810593223e-02, -6.76404519071381882256e-02, 6.75961301770459654925e-02, 2.95552570429315521194e-02, -1.39180257516060693404e-05,
        0, 0, -9.23364619367118555360e-02, -1.69364939002081722752e-02, -1.40086798182036094347e-05,
    ];

    /// <summary>Writes eᴬ; not a number everywhere when A is not finite.</summary>
    public static void Compute<T>(T* a, long n, long stride, T* result, long resultStride) where T : unmanaged, INumberBase<T>
    {
        if (n == 0)
            return;
        double norm = OneNorm(a, (nint)n, (nint)stride);
        if (!double.IsFinite(norm))
        {
            for (long i = 0; i < n; i++)
                new Span<T>(result + i * resultStride, (int)n).Fill(Scalars.Create<T>(double.NaN, double.NaN));
            return;
        }

        new Evaluation<T>((nint)n).Run(a, (nint)stride, norm, result, (nint)resultStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double OneNorm<T>(T* a, nint n, nint stride) where T : unmanaged
    {
        using var memory = Scratch.Rent<double>(n);
        double* sums = (double*)memory.Pointer;
        new Span<double>(sums, (int)n).Clear();
        double largest = 0;
        for (nint i = 0; i < n; i++)
            for (nint j = 0; j < n; j++)
                sums[j] += Scalars.Magnitude(a[i * stride + j]);
        for (nint j = 0; j < n; j++)
            if (!(sums[j] <= largest))
                largest = sums[j];
        return largest;
    }

    /// <summary>The matrices of one evaluation, all n × n with the same pitch.</summary>
    private readonly struct Evaluation<T>(nint n) where T : unmanaged, INumberBase<T>
    {
        private readonly nint _n = n, _pitch = Triangular.Pitch<T>(n);

        public void Run(T* a, nint stride, double norm, T* result, nint resultStride)
        {
            ReadOnlySpan<double> bounds = Scalars.IsSingle<T>() ? SingleBounds : DoubleBounds;
            int squarings = norm > bounds[5] ? (int)Math.Max(0, Math.Ceiling(Math.Log2(norm / bounds[5]))) : 0;
            nint size = _n * _pitch;
            using var memory = Scratch.Rent<T>(9 * size);
            T* x = (T*)memory.Pointer, value = x + size;
            VectorLoops.Copy(a, stride, x, _pitch, _n, _n);
            for (nint i = 0; i < _n; i++)
            {
                new Span<T>(x + i * _pitch + _n, (int)(_pitch - _n)).Clear();
                if (squarings > 0)
                    VectorLoops.ScaleReal(x + i * _pitch, Math.ScaleB(1, -squarings), _n);
            }

            T* free = value + size;
            if (norm <= bounds[0])
                Combine(value, [1, 1], x, null, null, null);
            else if (norm <= bounds[1])
                Two(x, value, free);
            else if (norm <= bounds[2])
                Four(x, value, free);
            else if (norm <= bounds[3])
                Eight(x, value, free);
            else if (norm <= bounds[4])
                Twelve(x, value, free);
            else
                Eighteen(x, value, free);

            for (int i = 0; i < squarings; i++)
            {
                Product(value, value, x, 0);
                T* old = value;
                value = x;
                x = old;
            }

            VectorLoops.Copy(value, _pitch, result, resultStride, _n, _n);
        }

        private void Product(T* left, T* right, T* result, double beta) =>
            MatrixProduct.Multiply(left, _pitch, 1, right, _pitch, 1, result, _pitch, _n, _n, _n, 1, beta);

        /// <summary>result = c₀·I + c₁·first + c₂·second + …; a null matrix ends the sum.</summary>
        private void Combine(T* result, ReadOnlySpan<double> c, T* first, T* second, T* third, T* fourth)
        {
            nint reals = Scalars.IsComplex<T>() ? 2 * _n : _n;
            for (nint i = 0; i < _n; i++)
            {
                nint at = i * _pitch;
                if (Scalars.IsSingle<T>())
                    CombineRow((float*)(result + at), c, (float*)Row(first, at), (float*)Row(second, at), (float*)Row(third, at), (float*)Row(fourth, at), reals);
                else
                    CombineRow((double*)(result + at), c, (double*)Row(first, at), (double*)Row(second, at), (double*)Row(third, at), (double*)Row(fourth, at), reals);
                result[at + i] += Scalars.Create<T>(c[0]);
            }
        }

        private static T* Row(T* matrix, nint at) => matrix == null ? null : matrix + at;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void CombineRow<R>(R* result, ReadOnlySpan<double> c, R* first, R* second, R* third, R* fourth, nint count) where R : unmanaged, INumberBase<R>
        {
            R c1 = R.CreateTruncating(c[1]), c2 = R.Zero, c3 = R.Zero, c4 = R.Zero;
            if (second != null)
                c2 = R.CreateTruncating(c[2]);
            if (third != null)
                c3 = R.CreateTruncating(c[3]);
            if (fourth != null)
                c4 = R.CreateTruncating(c[4]);
            for (nint j = 0; j < count; j++)
            {
                R sum = c1 * first[j];
                if (second != null)
                    sum += c2 * second[j];
                if (third != null)
                    sum += c3 * third[j];
                if (fourth != null)
                    sum += c4 * fourth[j];
                result[j] = sum;
            }
        }

        private void Two(T* x, T* value, T* square)
        {
            Product(x, x, square, 0);
            Combine(value, [1, 1, 0.5], x, square, null, null);
        }

        private void Four(T* x, T* value, T* free)
        {
            T* square = free, factor = free + _n * _pitch;
            Product(x, x, square, 0);
            Combine(factor, [0.5, 1.0 / 6, 1.0 / 24], x, square, null, null);
            Combine(value, [1, 1], x, null, null, null);
            Product(square, factor, value, 1);
        }

        private void Eight(T* x, T* value, T* free)
        {
            double root = Math.Sqrt(177), x3 = 2.0 / 3, x1 = x3 * ((1 + root) / 88), x2 = x3 * ((1 + root) / 352);
            double x4 = (-271 + 29 * root) / (315 * x3), x5 = 11 * (-1 + root) / (1260 * x3), x6 = 11 * (-9 + root) / (5040 * x3);
            double x7 = (89 - root) / (5040 * x3 * x3), y2 = (857 - 58 * root) / 630;
            nint size = _n * _pitch;
            T* square = free, fourth = free + size, left = fourth + size, right = left + size;
            Product(x, x, square, 0);
            Combine(left, [0, x1, x2], x, square, null, null);
            Product(square, left, fourth, 0);
            Combine(left, [0, x3, 1], square, fourth, null, null);
            Combine(right, [x4, x5, x6, x7], x, square, fourth, null);
            Combine(value, [1, 1, y2], x, square, null, null);
            Product(left, right, value, 1);
        }

        private void Twelve(T* x, T* value, T* free)
        {
            nint size = _n * _pitch;
            T* square = free, cube = free + size, last = cube + size, sixth = last + size, sum = sixth + size;
            Product(x, x, square, 0);
            Product(x, square, cube, 0);
            Combine(last, Degree12[12..], x, square, cube, null);
            Combine(sixth, Degree12[8..], x, square, cube, null);
            Product(last, last, sixth, 1);
            Combine(sum, Degree12[4..], x, square, cube, null);
            Add(sum, sixth);
            Combine(value, Degree12, x, square, cube, null);
            Product(sum, sixth, value, 1);
        }

        private void Eighteen(T* x, T* value, T* free)
        {
            nint size = _n * _pitch;
            T* square = free, cube = free + size, sixth = cube + size, ninth = sixth + size, first = ninth + size, last = first + size;
            Product(x, x, square, 0);
            Product(x, square, cube, 0);
            Product(cube, cube, sixth, 0);
            Combine(first, Degree18, x, square, cube, sixth);
            Combine(last, Degree18[20..], x, square, cube, sixth);
            Combine(ninth, Degree18[15..], x, square, cube, sixth);
            Product(first, last, ninth, 1);
            Combine(first, Degree18[10..], x, square, cube, sixth);
            Add(first, ninth);
            Combine(value, Degree18[5..], x, square, cube, sixth);
            Product(first, ninth, value, 1);
        }

        private void Add(T* target, T* other)
        {
            for (nint i = 0; i < _n; i++)
                VectorLoops.AddScaled(target + i * _pitch, other + i * _pitch, T.One, _n);
        }
    }
}
