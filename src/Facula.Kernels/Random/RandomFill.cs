namespace Facula.Kernels;

/// <summary>Fills contiguous memory with random numbers: the same bits, in the same order, as PyTorch's CPU generator gives.</summary>
/// <remarks>
/// Every method draws element after element from the stream, so a tensor that is not contiguous is filled in the order of its memory.
/// Parameters are checked by the callers, who know the op's name.
/// </remarks>
public static unsafe partial class RandomFill;
