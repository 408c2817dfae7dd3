using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logical_not", InPlace = true)]
internal static partial class LogicalNot
{
    /// <summary>Tests whether each element is zero.</summary>
    static TensorSpec Infer(Tensor input) => TensorSpec.Pointwise(input).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor result) => Elementwise.Map<NotMap, bool, bool>(default, input, result, ScalarType.Bool, ScalarType.Bool);

    internal readonly struct NotMap : IMap<bool, bool>
    {
        public static bool IsVectorized => false;
        public bool Invoke(bool x) => !x;
        public Vector512<bool> Invoke(Vector512<bool> x) => throw new InvalidOperationException();
    }
}
