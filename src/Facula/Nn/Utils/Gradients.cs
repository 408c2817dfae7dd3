using Facula.Ops;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales the gradients of all parameters so that their norm, taken together, is at most <paramref name="max_norm"/>; answers the norm before.</summary>
            public static Tensor clip_grad_norm_(IEnumerable<Tensor> parameters, double max_norm, double norm_type = 2.0, bool error_if_nonfinite = false)
            {
                using GradModeScope _ = no_grad();
                Tensor[] grads = Gradients(parameters);
                if (grads.Length == 0) return torch.tensor(0.0);
                bool infinite = double.IsPositiveInfinity(norm_type);
                Tensor[] norms = [.. grads.Select(g => infinite ? g.abs().max() : torch.norm(g, norm_type))];
                Tensor total = infinite ? norms.Length == 1 ? norms[0] : torch.stack(norms).max() : torch.norm(torch.stack(norms), norm_type);
                double value = total.item().ToDouble();
                Check.That(!error_if_nonfinite || double.IsFinite(value),
                    $"The total norm of order {PythonText.Float(norm_type)} for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`");
                Tensor factor = torch.clamp(max_norm / (total + 1e-6), max: 1.0);
                foreach (Tensor grad in grads) grad.mul_(factor);
                return total;
            }

            /// <summary>Scales the gradient of one parameter so that its norm is at most <paramref name="max_norm"/>; answers the norm before.</summary>
            public static Tensor clip_grad_norm_(Tensor parameters, double max_norm, double norm_type = 2.0, bool error_if_nonfinite = false) =>
                clip_grad_norm_([parameters], max_norm, norm_type, error_if_nonfinite);

            /// <summary>Clamps all elements of the gradients to ±<paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Tensor> parameters, double clip_value)
            {
                using GradModeScope _ = no_grad();
                foreach (Tensor grad in Gradients(parameters)) grad.clamp_(-clip_value, clip_value);
            }

            /// <summary>Clamps all elements of the gradient to ±<paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(Tensor parameters, double clip_value) => clip_grad_value_([parameters], clip_value);

            // What a sparse gradient leaves out is zero and counts for neither norm nor bound.
            private static Tensor[] Gradients(IEnumerable<Tensor> parameters) => [.. parameters.Select(p => p.AutogradOrNull?.Grad).OfType<Tensor>()
                .Select(g => g is SparseTensor sparse ? sparse.CoalesceInPlace().Values : g.detach())];

            /// <summary>All parameters behind one another in a vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Tensor> parameters) => torch.cat(parameters.Select(p => p.reshape(-1)).ToArray());

            /// <summary>Makes the parameters pieces of the vector.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Tensor> parameters)
            {
                long start = 0;
                foreach (Tensor parameter in parameters)
                {
                    long count = parameter.numel();
                    parameter.data = vec.detach().narrow(0, start, count).view_as(parameter);
                    start += count;
                }
            }

            /// <summary>Makes a module without filling its parameters: initialisers do nothing while it is made.</summary>
            public static T skip_init<T>(Func<T> module_cls) where T : Module
            {
                bool before = init.Skipped;
                init.Skipped = true;
                try
                {
                    return module_cls();
                }
                finally
                {
                    init.Skipped = before;
                }
            }
        }
    }
}
