namespace Facula;

public static partial class torch
{
    public static partial class func
    {
        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, and its value.</summary>
        public static Func<Tensor, (Tensor grad, Tensor value)> grad_and_value(Func<Tensor, Tensor> func, long argnums = 0) => x =>
            {
                (Tensor[] grads, Tensor value) = GradTransforms.Grad(TensorFunction.Of(func), [x], argnums);
                return (grads[0], value);
            };

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, and its value.</summary>
        public static Func<Tensor, Tensor, (Tensor grad, Tensor value)> grad_and_value(Func<Tensor, Tensor, Tensor> func, long argnums = 0) => (x, y) =>
            {
                (Tensor[] grads, Tensor value) = GradTransforms.Grad(TensorFunction.Of(func), [x, y], argnums);
                return (grads[0], value);
            };

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, and its value.</summary>
        public static Func<Tensor, Tensor, Tensor, (Tensor grad, Tensor value)> grad_and_value(Func<Tensor, Tensor, Tensor, Tensor> func, long argnums = 0) => (x, y, z) =>
            {
                (Tensor[] grads, Tensor value) = GradTransforms.Grad(TensorFunction.Of(func), [x, y, z], argnums);
                return (grads[0], value);
            };

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, and its value.</summary>
        public static Func<Tensor[], (Tensor grad, Tensor value)> grad_and_value(Func<Tensor[], Tensor> func, long argnums = 0) => x =>
            {
                (Tensor[] grads, Tensor value) = GradTransforms.Grad(TensorFunction.Of(func), x, argnums);
                return (grads[0], value);
            };

        /// <summary>The function that gives the gradients of a scalar function by some of its arguments, and its value.</summary>
        public static Func<Tensor, Tensor, (Tensor[] grads, Tensor value)> grad_and_value(Func<Tensor, Tensor, Tensor> func, Dims argnums) =>
            (x, y) => GradTransforms.Grad(TensorFunction.Of(func), [x, y], argnums);

        /// <summary>The function that gives the gradients of a scalar function by some of its arguments, and its value.</summary>
        public static Func<Tensor, Tensor, Tensor, (Tensor[] grads, Tensor value)> grad_and_value(Func<Tensor, Tensor, Tensor, Tensor> func, Dims argnums) =>
            (x, y, z) => GradTransforms.Grad(TensorFunction.Of(func), [x, y, z], argnums);

        /// <summary>The function that gives the gradients of a scalar function by some of its arguments, and its value.</summary>
        public static Func<Tensor[], (Tensor[] grads, Tensor value)> grad_and_value(Func<Tensor[], Tensor> func, Dims argnums) =>
            x => GradTransforms.Grad(TensorFunction.Of(func), x, argnums);

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, its value, and what else the function gives.</summary>
        public static Func<Tensor, (Tensor grad, (Tensor value, TAux aux))> grad_and_value<TAux>(Func<Tensor, (Tensor, TAux)> func, long argnums = 0, bool has_aux = true) => x =>
            {
                (Tensor[] grads, Tensor value, TAux aux) = GradTransforms.Grad(v => func(v[0]), [x], argnums);
                return (grads[0], (value, aux));
            };

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, its value, and what else the function gives.</summary>
        public static Func<Tensor, Tensor, (Tensor grad, (Tensor value, TAux aux))> grad_and_value<TAux>(Func<Tensor, Tensor, (Tensor, TAux)> func, long argnums = 0, bool has_aux = true) => (x, y) =>
            {
                (Tensor[] grads, Tensor value, TAux aux) = GradTransforms.Grad(v => func(v[0], v[1]), [x, y], argnums);
                return (grads[0], (value, aux));
            };

        /// <summary>The function that gives the gradient of a scalar function by one of its arguments, its value, and what else the function gives.</summary>
        public static Func<Tensor[], (Tensor grad, (Tensor value, TAux aux))> grad_and_value<TAux>(Func<Tensor[], (Tensor, TAux)> func, long argnums = 0, bool has_aux = true) => x =>
            {
                (Tensor[] grads, Tensor value, TAux aux) = GradTransforms.Grad(v => func(v), x, argnums);
                return (grads[0], (value, aux));
            };
    }
}
