using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logical_and", InPlace = true)]
internal static partial class LogicalAnd
{
    /// <summary>Tests elementwise whether both elements are not zero, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other) => TensorSpec.Broadcast(input, other).As(ScalarType.Bool);

    static void Compute(Tensor input, Tensor other, Tensor result) => Elementwise.Zip<Kernel, bool, bool>(default, input, other, result, ScalarType.Bool, ScalarType.Bool);

    private readonly struct Kernel : IZip<bool, bool>
    {
        public static bool IsVectorized => false;
        public bool Invoke(bool x, bool y) => x & y;
        public Vector512<bool> Invoke(Vector512<bool> x, Vector512<bool> y) => throw new InvalidOperationException();
    }
}
