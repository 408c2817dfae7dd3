using Facula.Kernels;

namespace Facula.Ops;

// Questions to each element.
internal static unsafe partial class Elementwise
{
    /// <summary>A question to floats; for complex numbers it is asked to both parts and the answers are joined by "or".</summary>
    internal static void Test<TKernel>(Tensor input, Tensor result)
        where TKernel : struct, IFloatTest
    {
        if (input.DType.is_complex)
        {
            Tensor parts = ViewAsReal.Call(input);
            Tensor answers = Tensor.Allocate(parts.SizesRef, ScalarType.Bool);
            Test<TKernel>(parts, answers);
            Reduce.Fold<AnyFold, byte, byte, byte>(default, answers, 1UL << input.Rank, result, ScalarType.Bool, ScalarType.Bool);
        }
        else if (!input.DType.is_floating_point) result.FillRaw(false);
        else if (Arithmetic(input.DType) == ScalarType.Float32) Map<FloatTestMap<TKernel>, float, bool>(default, input, result, ScalarType.Float32, ScalarType.Bool);
        else Map<FloatTestMap<TKernel>, double, bool>(default, input, result, ScalarType.Float64, ScalarType.Bool);
    }
}
