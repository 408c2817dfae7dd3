namespace Facula;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary><c>torch.optim.swa_utils</c>: averages over the weights of a model in training.</summary>
        public static partial class swa_utils
        {
            /// <summary>An exponential moving average: old · decay + new · (1 − decay).</summary>
            public static Func<Tensor, Tensor, double, Tensor> get_ema_avg_fn(double decay = 0.999)
            {
                CheckDecay(decay);
                return (average, current, _) => average * decay + current * (1 - decay);
            }

            /// <summary>An exponential moving average of all tensors at once, in place.</summary>
            public static Action<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>, Tensor> get_ema_multi_avg_fn(double decay = 0.999)
            {
                CheckDecay(decay);
                return (averages, current, _) => Move(averages, current, 1 - decay);
            }

            /// <summary>The equally weighted average of stochastic weight averaging.</summary>
            public static Func<Tensor, Tensor, double, Tensor> get_swa_avg_fn() => (average, current, count) => average + (current - average) * (1 / (count + 1));

            /// <summary>The equally weighted average of all tensors at once, in place.</summary>
            public static Action<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>, Tensor> get_swa_multi_avg_fn() =>
                (averages, current, count) => Move(averages, current, 1 / (count.item().ToDouble() + 1));

            private static void CheckDecay(double decay)
            {
                if (decay is < 0 or > 1) throw new ArgumentException($"Invalid decay value {(Scalar)decay} provided. Please provide a value in [0,1] range.");
            }

            private static void Move(IReadOnlyList<Tensor> averages, IReadOnlyList<Tensor> current, double weight)
            {
                using GradModeScope _ = no_grad();
                for (int i = 0; i < averages.Count; i++)
                {
                    // Counters and flags are not averaged.
                    if (averages[i].DType.IsDifferentiable) averages[i].add_((current[i] - averages[i]) * weight);
                    else averages[i].copy_(current[i]);
                }
            }
        }
    }
}
