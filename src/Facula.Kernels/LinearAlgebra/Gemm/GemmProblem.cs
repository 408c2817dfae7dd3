using System.Numerics;

namespace Facula.Kernels;

/// <summary>C = f(alpha·A·B + beta·D + biases) with A of m × k, B of k × n, C and the addend D of m × n elements; strides in elements, C and D with unit column stride. D is often C itself.</summary>
internal unsafe struct GemmProblem<T> where T : unmanaged, INumberBase<T>
{
    public T* A, B, C, Addend;
    public nint ARow, AColumn, BRow, BColumn, CRow, AddendRow;
    public nint M, N, K;
    public T Alpha, Beta;
    public GemmEpilogue<T> Epilogue;
}
