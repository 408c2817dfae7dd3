using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("nan_to_num", InPlace = true)]
internal static partial class NanToNum
{
    /// <summary>Replaces NaN by <paramref name="nan"/> and infinities by <paramref name="posinf"/> and <paramref name="neginf"/>, by default the largest finite values.</summary>
    static TensorSpec Infer(Tensor input, double? nan = null, double? posinf = null, double? neginf = null)
    {
        Check.That(!input.DType.is_complex, $"nan_to_num is not supported for complex inputs");
        return TensorSpec.Pointwise(input);
    }

    static void Compute(Tensor input, double? nan, double? posinf, double? neginf, Tensor result)
    {
        if (!input.DType.is_floating_point)
        {
            Copying.Copy(input, result);
            return;
        }
        (double lowest, double highest) = input.DType.Code switch
        {
            TypeCode.Float64 => (double.MinValue, double.MaxValue),
            TypeCode.Float32 => (float.MinValue, float.MaxValue),
            TypeCode.Float16 => ((double)Half.MinValue, (double)Half.MaxValue),
            _ => ((double)(float)Facula.BFloat16.MinValue, (double)(float)Facula.BFloat16.MaxValue),
        };
        Elementwise.MapFloat(new Replace(nan ?? 0, posinf ?? highest, neginf ?? lowest), input, result, PointwiseGrain.Light);
    }

    static Tensor GradInput(Tensor grad, Tensor input) => Derivatives.Where(input.isfinite(), grad);

    private readonly struct Replace(double nan, double positive, double negative) : IMap<float, float>, IMap<double, double>
    {
        // Floats beforehand: a conversion within the loop would make each vector wait for the one before.
        private readonly float _nan = (float)nan, _positive = (float)positive, _negative = (float)negative;

        static bool IMap<float, float>.IsVectorized => true;
        static bool IMap<double, double>.IsVectorized => true;
        public float Invoke(float x) => float.IsFinite(x) ? x : (float)Invoke((double)x);
        public double Invoke(double x) => double.IsNaN(x) ? nan : double.IsPositiveInfinity(x) ? positive : double.IsNegativeInfinity(x) ? negative : x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x) => Replaced(x, Vector512.Create(_nan), Vector512.Create(_positive), Vector512.Create(_negative), Vector512.Create(float.PositiveInfinity));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Invoke(Vector512<double> x) => Replaced(x, Vector512.Create(nan), Vector512.Create(positive), Vector512.Create(negative), Vector512.Create(double.PositiveInfinity));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<T> Replaced<T>(Vector512<T> x, Vector512<T> nan, Vector512<T> positive, Vector512<T> negative, Vector512<T> infinity)
        {
            Vector512<T> y = Vector512.ConditionalSelect(Vector512.Equals(x, infinity), positive, Vector512.ConditionalSelect(Vector512.Equals(x, -infinity), negative, x));
            return Vector512.ConditionalSelect(Vector512.Equals(x, x), y, nan);
        }
    }
}
