using System.Numerics;

namespace Facula.Kernels.Tests.LinearAlgebra;

/// <summary>A small dense matrix in pinned memory with a gap after each row, and the slow arithmetic that tests check against.</summary>
internal sealed unsafe class TestMatrix<T> where T : unmanaged, INumberBase<T>
{
    // A kernel holds only the pointer: the last matrices of each thread stay alive here.
    [ThreadStatic]
    private static Queue<T[]>? t_alive;

    private readonly T[] _data;

    public TestMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        Stride = columns + 3;
        _data = GC.AllocateArray<T>(Math.Max(1, rows * Stride), pinned: true);
        t_alive ??= new Queue<T[]>();
        t_alive.Enqueue(_data);
        if (t_alive.Count > 100)
            t_alive.Dequeue();
        Gap = T.CreateTruncating(77);
        for (int i = 0; i < rows; i++)
            for (int j = columns; j < Stride; j++)
                _data[i * Stride + j] = Gap;
    }

    private T Gap { get; }
    public int Rows { get; }
    public int Columns { get; }
    public int Stride { get; }
    public T* Pointer => (T*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _data[0]);
    public static double Epsilon => typeof(T) == typeof(float) || typeof(T) == typeof(Complex64) ? 1.2e-7 : 2.2e-16;
    public static bool IsComplex => typeof(T) == typeof(Complex64) || typeof(T) == typeof(Complex);

    public T this[int i, int j]
    {
        get => _data[i * Stride + j];
        set => _data[i * Stride + j] = value;
    }

    public static Complex Widen(T value) => value switch
    {
        float x => x,
        double x => x,
        Complex64 x => x,
        Complex x => x,
        _ => double.CreateChecked(value),
    };

    public static T Narrow(Complex value) => (T)(object)(default(T) switch
    {
        float => (object)(float)value.Real,
        double => value.Real,
        Complex64 => (Complex64)value,
        _ => value,
    });

    public static TestMatrix<T> Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var result = new TestMatrix<T>(rows, columns);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                result[i, j] = Narrow(new Complex(random.NextDouble() * 2 - 1, random.NextDouble() * 2 - 1));
        return result;
    }

    public static TestMatrix<T> From(Complex[,] values)
    {
        var result = new TestMatrix<T>(values.GetLength(0), values.GetLength(1));
        for (int i = 0; i < result.Rows; i++)
            for (int j = 0; j < result.Columns; j++)
                result[i, j] = Narrow(values[i, j]);
        return result;
    }

    /// <summary>A·Aᴴ + n·I, or without the shift a matrix of the given rank.</summary>
    public static TestMatrix<T> Positive(int n, int seed)
    {
        var root = Random(n, n, seed).ToArray();
        var values = Multiply(root, Adjoint(root));
        for (int i = 0; i < n; i++)
            values[i, i] += 0.1 * n;
        return From(values);
    }

    public static TestMatrix<T> Hermitian(int n, int seed)
    {
        var root = Random(n, n, seed).ToArray();
        var turned = Adjoint(root);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                turned[i, j] = (turned[i, j] + root[i, j]) / 2;
        return From(turned);
    }

    public TestMatrix<T> Clone() => From(ToArray());

    public Complex[,] ToArray()
    {
        var result = new Complex[Rows, Columns];
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++)
                result[i, j] = Widen(this[i, j]);
        return result;
    }

    /// <summary>Whether nothing was written between the rows.</summary>
    public bool GapsIntact()
    {
        for (int i = 0; i < Rows; i++)
            for (int j = Columns; j < Stride; j++)
                if (this[i, j] != Gap)
                    return false;
        return true;
    }

    public static Complex[,] Multiply(Complex[,] a, Complex[,] b)
    {
        int m = a.GetLength(0), n = b.GetLength(1), k = a.GetLength(1);
        var result = new Complex[m, n];
        for (int i = 0; i < m; i++)
            for (int p = 0; p < k; p++)
                for (int j = 0; j < n; j++)
                    result[i, j] += a[i, p] * b[p, j];
        return result;
    }

    public static Complex[,] Adjoint(Complex[,] a) => Map(a.GetLength(1), a.GetLength(0), (i, j) => Complex.Conjugate(a[j, i]));

    public static Complex[,] Transpose(Complex[,] a) => Map(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    public static Complex[,] Identity(int n) => Map(n, n, (i, j) => i == j ? 1 : 0);

    public static Complex[,] Map(int rows, int columns, Func<int, int, Complex> value)
    {
        var result = new Complex[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                result[i, j] = value(i, j);
        return result;
    }

    public static double Norm(Complex[,] a)
    {
        double sum = 0;
        foreach (Complex value in a)
            sum += value.Real * value.Real + value.Imaginary * value.Imaginary;
        return Math.Sqrt(sum);
    }

    public static double Distance(Complex[,] a, Complex[,] b) => Norm(Map(a.GetLength(0), a.GetLength(1), (i, j) => a[i, j] - b[i, j]));

    /// <summary>‖actual − expected‖ ≤ bound·ε·size, Frobenius norms.</summary>
    public static void Near(Complex[,] expected, Complex[,] actual, double bound, double size = -1)
    {
        if (size < 0)
            size = Norm(expected);
        double distance = Distance(expected, actual);
        Assert.True(distance <= bound * Epsilon * Math.Max(size, 1e-30), $"distance {distance / (Epsilon * size):F1} epsilons, allowed {bound}");
    }

    /// <summary>Whether the columns are orthonormal.</summary>
    public static void Orthonormal(Complex[,] q, double bound) => Near(Identity(q.GetLength(1)), Multiply(Adjoint(q), q), bound, 1);
}
