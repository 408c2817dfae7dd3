namespace Facula;

public static partial class torch
{
    /// <summary><c>torch.func</c>: transforms that make functions of functions.</summary>
    public static partial class func
    {
        /// <summary>The function that gives the gradient of a scalar function by one of its arguments.</summary>
        public static Func<Tensor, Tensor> grad(Func<Tensor, Tensor> func, long argnums = 0) =>
            x => GradTransforms.Grad(TensorFunction.Of(func), [x], argnums).Grads[0];

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments.</summary>
        public static Func<Tensor, Tensor, Tensor> grad(Func<Tensor, Tensor, Tensor> func, long argnums = 0) =>
            (x, y) => GradTransforms.Grad(TensorFunction.Of(func), [x, y], argnums).Grads[0];

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments.</summary>
        public static Func<Tensor, Tensor, Tensor, Tensor> grad(Func<Tensor, Tensor, Tensor, Tensor> func, long argnums = 0) =>
            (x, y, z) => GradTransforms.Grad(TensorFunction.Of(func), [x, y, z], argnums).Grads[0];

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments.</summary>
        public static Func<Tensor[], Tensor> grad(Func<Tensor[], Tensor> func, long argnums = 0) =>
            x => GradTransforms.Grad(TensorFunction.Of(func), x, argnums).Grads[0];

        /// <summary>The function that gives the gradients of a scalar function by some of its arguments.</summary>
        public static Func<Tensor, Tensor, Tensor[]> grad(Func<Tensor, Tensor, Tensor> func, Dims argnums) =>
            (x, y) => GradTransforms.Grad(TensorFunction.Of(func), [x, y], argnums).Grads;

        /// <summary>The function that gives the gradients of a scalar function by some of its arguments.</summary>
        public static Func<Tensor, Tensor, Tensor, Tensor[]> grad(Func<Tensor, Tensor, Tensor, Tensor> func, Dims argnums) =>
            (x, y, z) => GradTransforms.Grad(TensorFunction.Of(func), [x, y, z], argnums).Grads;

        /// <summary>The function that gives the gradients of a scalar function by some of its arguments.</summary>
        public static Func<Tensor[], Tensor[]> grad(Func<Tensor[], Tensor> func, Dims argnums) =>
            x => GradTransforms.Grad(TensorFunction.Of(func), x, argnums).Grads;

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, and what else the function gives.</summary>
        public static Func<Tensor, (Tensor grad, TAux aux)> grad<TAux>(Func<Tensor, (Tensor, TAux)> func, long argnums = 0, bool has_aux = true) => x =>
            {
                (Tensor[] grads, _, TAux aux) = GradTransforms.Grad(v => func(v[0]), [x], argnums);
                return (grads[0], aux);
            };

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, and what else the function gives.</summary>
        public static Func<Tensor, Tensor, (Tensor grad, TAux aux)> grad<TAux>(Func<Tensor, Tensor, (Tensor, TAux)> func, long argnums = 0, bool has_aux = true) => (x, y) =>
            {
                (Tensor[] grads, _, TAux aux) = GradTransforms.Grad(v => func(v[0], v[1]), [x, y], argnums);
                return (grads[0], aux);
            };

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, and what else the function gives.</summary>
        public static Func<Tensor[], (Tensor grad, TAux aux)> grad<TAux>(Func<Tensor[], (Tensor, TAux)> func, long argnums = 0, bool has_aux = true) => x =>
            {
                (Tensor[] grads, _, TAux aux) = GradTransforms.Grad(v => func(v), x, argnums);
                return (grads[0], aux);
            };
    }
}
