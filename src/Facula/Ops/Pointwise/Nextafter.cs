using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("nextafter", InPlace = true, Node = "NotImplemented")]
internal static partial class Nextafter
{
    /// <summary>Returns the next representable number from <paramref name="input"/> towards <paramref name="other"/>, broadcast.</summary>
    static TensorSpec Infer(Tensor input, Tensor other)
    {
        TensorSpec spec = TensorSpec.Broadcast(input, other);
        if (spec.DType == ScalarType.Float16) throw TypeSwitch.NotImplemented("nextafter_cpu", spec.DType);
        return spec;
    }

    static void Compute(Tensor input, Tensor other, Tensor result)
    {
        if (result.DType == ScalarType.BFloat16) Elementwise.Zip<BFloat16Step, Facula.BFloat16, Facula.BFloat16>(default, input, other, result, ScalarType.BFloat16, ScalarType.BFloat16);
        else Elementwise.Float<NextafterKernel>(input, other, result);
    }

    static Tensor GradInput(Tensor grad) => Derivatives.NotImplemented("nextafter");

    static Tensor GradOther(Tensor grad) => Derivatives.NotImplemented("nextafter");

    private readonly struct BFloat16Step : IZip<Facula.BFloat16, Facula.BFloat16>
    {
        public static bool IsVectorized => false;

        public Facula.BFloat16 Invoke(Facula.BFloat16 x, Facula.BFloat16 y)
        {
            if (Facula.BFloat16.IsNaN(x) || Facula.BFloat16.IsNaN(y)) return Facula.BFloat16.NaN;
            if (x == y) return y;
            if (x == Facula.BFloat16.Zero) return Facula.BFloat16.FromBits((ushort)(y > x ? 1 : 0x8001));
            bool away = y > x == x > Facula.BFloat16.Zero;
            return Facula.BFloat16.FromBits((ushort)(x.Bits + (away ? 1 : -1)));
        }

        public Vector512<Facula.BFloat16> Invoke(Vector512<Facula.BFloat16> x, Vector512<Facula.BFloat16> y) => throw new InvalidOperationException();
    }
}
