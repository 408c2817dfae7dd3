using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("logit", InPlace = true)]
[Alias("torch.special.logit", InPlace = false)]
internal static partial class Logit
{
    /// <summary>Returns ln(x / (1 − x)) of each element, which is first clamped to [<paramref name="eps"/>, 1 − eps] when eps is given.</summary>
    static TensorSpec Infer(Tensor input, double? eps = null) => TensorSpec.FloatPointwise(input);

    static void Compute(Tensor input, double? eps, Tensor result)
    {
        if (!Elementwise.MapFloat(new LogitMap(eps ?? -1), input, result)) throw TypeSwitch.NotImplemented("logit_cpu", input.DType);
    }

    static Tensor GradInput(Tensor grad, Tensor input, double? eps)
    {
        Tensor slope = grad / (input * (1 - input));
        return eps is { } e
            ? Derivatives.Where((input >= e).logical_and(input <= 1 - e), slope)
            : torch.where((input >= 0).logical_and(input <= 1), slope, double.NaN);
    }

    private readonly struct LogitMap(double eps) : IMap<float, float>, IMap<double, double>
    {
        // A float beforehand: a conversion within the loop would make each vector wait for the one before.
        private readonly float _eps = (float)eps;

        static bool IMap<float, float>.IsVectorized => true;
        static bool IMap<double, double>.IsVectorized => true;

        public float Invoke(float x)
        {
            float z = _eps < 0 ? x : x < _eps ? _eps : x > 1 - _eps ? 1 - _eps : x;
            return MathF.Log(z / (1 - z));
        }

        public double Invoke(double x)
        {
            double z = eps < 0 ? x : x < eps ? eps : x > 1 - eps ? 1 - eps : x;
            return Math.Log(z / (1 - z));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Invoke(Vector512<float> x) => OfOdds(_eps < 0 ? x : Limited(x, Vector512.Create(_eps)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Invoke(Vector512<double> x) => OfOdds(eps < 0 ? x : Limited(x, Vector512.Create(eps)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<T> OfOdds<T>(Vector512<T> z) => VectorMath.Log(z / (Vector512<T>.One - z));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<T> Limited<T>(Vector512<T> x, Vector512<T> eps)
        {
            Vector512<T> most = Vector512<T>.One - eps, upper = Vector512.ConditionalSelect(Vector512.GreaterThan(x, most), most, x);
            return Vector512.ConditionalSelect(Vector512.LessThan(x, eps), eps, upper);
        }
    }
}
