using System.Numerics;

namespace Facula.Kernels;

/// <summary>C = f(alpha·A·B + beta·C + biases) with A of m × k, B of k × n and C of m × n elements; strides in elements, C with unit column stride.</summary>
internal unsafe struct GemmProblem<T> where T : unmanaged, INumberBase<T>
{
    public T* A, B, C;
    public nint ARow, AColumn, BRow, BColumn, CRow;
    public nint M, N, K;
    public T Alpha, Beta;
    public GemmEpilogue<T> Epilogue;
}
