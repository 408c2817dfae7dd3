namespace Facula;

public static partial class torch
{
    public static partial class func
    {
        /// <summary>The output of a function, and the function from a vector to its product with the Jacobian, one result per argument.</summary>
        public static (Tensor output, Func<Tensor, Tensor[]> vjp_fn) vjp(Func<Tensor, Tensor> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor[], Tensor[]> pull) = GradTransforms.Vjp(TensorFunction.Of(func), primals);
                return (outputs[0], v => pull([v]));
            }

        /// <summary>The output of a function, and the function from a vector to its product with the Jacobian, one result per argument.</summary>
        public static (Tensor output, Func<Tensor, Tensor[]> vjp_fn) vjp(Func<Tensor, Tensor, Tensor> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor[], Tensor[]> pull) = GradTransforms.Vjp(TensorFunction.Of(func), primals);
                return (outputs[0], v => pull([v]));
            }

        /// <summary>The output of a function, and the function from a vector to its product with the Jacobian, one result per argument.</summary>
        public static (Tensor output, Func<Tensor, Tensor[]> vjp_fn) vjp(Func<Tensor, Tensor, Tensor, Tensor> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor[], Tensor[]> pull) = GradTransforms.Vjp(TensorFunction.Of(func), primals);
                return (outputs[0], v => pull([v]));
            }

        /// <summary>The output of a function, and the function from a vector to its product with the Jacobian, one result per argument.</summary>
        public static (Tensor output, Func<Tensor, Tensor[]> vjp_fn) vjp(Func<Tensor[], Tensor> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor[], Tensor[]> pull) = GradTransforms.Vjp(TensorFunction.Of(func), primals);
                return (outputs[0], v => pull([v]));
            }

        /// <summary>The outputs of a function, and the function from one vector per output to their product with the Jacobian, one result per argument.</summary>
        public static (Tensor[] output, Func<TensorList, Tensor[]> vjp_fn) vjp(Func<Tensor, TensorList> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor[], Tensor[]> pull) = GradTransforms.Vjp(TensorFunction.Of(func), primals);
                return (outputs, v => pull(v.Items));
            }

        /// <summary>The outputs of a function, and the function from one vector per output to their product with the Jacobian, one result per argument.</summary>
        public static (Tensor[] output, Func<TensorList, Tensor[]> vjp_fn) vjp(Func<Tensor, Tensor, TensorList> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor[], Tensor[]> pull) = GradTransforms.Vjp(TensorFunction.Of(func), primals);
                return (outputs, v => pull(v.Items));
            }

        /// <summary>The outputs of a function, and the function from one vector per output to their product with the Jacobian, one result per argument.</summary>
        public static (Tensor[] output, Func<TensorList, Tensor[]> vjp_fn) vjp(Func<Tensor[], TensorList> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor[], Tensor[]> pull) = GradTransforms.Vjp(TensorFunction.Of(func), primals);
                return (outputs, v => pull(v.Items));
            }

        /// <summary>The output of a function, and the product of its Jacobian with the tangents.</summary>
        public static (Tensor output, Tensor jvp_out) jvp(Func<Tensor, Tensor> func, TensorList primals, TensorList tangents, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] pushed) = GradTransforms.Jvp(TensorFunction.Of(func), primals.Items, tangents.Items, strict);
                return (outputs[0], pushed[0]);
            }

        /// <summary>The output of a function, and the product of its Jacobian with the tangents.</summary>
        public static (Tensor output, Tensor jvp_out) jvp(Func<Tensor, Tensor, Tensor> func, TensorList primals, TensorList tangents, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] pushed) = GradTransforms.Jvp(TensorFunction.Of(func), primals.Items, tangents.Items, strict);
                return (outputs[0], pushed[0]);
            }

        /// <summary>The output of a function, and the product of its Jacobian with the tangents.</summary>
        public static (Tensor output, Tensor jvp_out) jvp(Func<Tensor, Tensor, Tensor, Tensor> func, TensorList primals, TensorList tangents, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] pushed) = GradTransforms.Jvp(TensorFunction.Of(func), primals.Items, tangents.Items, strict);
                return (outputs[0], pushed[0]);
            }

        /// <summary>The output of a function, and the product of its Jacobian with the tangents.</summary>
        public static (Tensor output, Tensor jvp_out) jvp(Func<Tensor[], Tensor> func, TensorList primals, TensorList tangents, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] pushed) = GradTransforms.Jvp(TensorFunction.Of(func), primals.Items, tangents.Items, strict);
                return (outputs[0], pushed[0]);
            }

        /// <summary>The outputs of a function, and the product of its Jacobian with the tangents, one result per output.</summary>
        public static (Tensor[] output, Tensor[] jvp_out) jvp(Func<Tensor, TensorList> func, TensorList primals, TensorList tangents, bool strict = false) =>
            GradTransforms.Jvp(TensorFunction.Of(func), primals.Items, tangents.Items, strict);

        /// <summary>The outputs of a function, and the product of its Jacobian with the tangents, one result per output.</summary>
        public static (Tensor[] output, Tensor[] jvp_out) jvp(Func<Tensor, Tensor, TensorList> func, TensorList primals, TensorList tangents, bool strict = false) =>
            GradTransforms.Jvp(TensorFunction.Of(func), primals.Items, tangents.Items, strict);

        /// <summary>The outputs of a function, and the product of its Jacobian with the tangents, one result per output.</summary>
        public static (Tensor[] output, Tensor[] jvp_out) jvp(Func<Tensor[], TensorList> func, TensorList primals, TensorList tangents, bool strict = false) =>
            GradTransforms.Jvp(TensorFunction.Of(func), primals.Items, tangents.Items, strict);

        /// <summary>The output of a function, and its derivative there as a linear function of tangents, one per argument.</summary>
        public static (Tensor output, Func<TensorList, Tensor> jvp_fn) linearize(Func<Tensor, Tensor> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor?[], Tensor?[]> push) = GradTransforms.Linearize(TensorFunction.Of(func), primals, [.. Enumerable.Range(0, primals.Length)]);
                return (outputs[0], tangents => GradTransforms.OrZeros(push(tangents.Items), outputs)[0]);
            }

        /// <summary>The output of a function, and its derivative there as a linear function of tangents, one per argument.</summary>
        public static (Tensor output, Func<TensorList, Tensor> jvp_fn) linearize(Func<Tensor, Tensor, Tensor> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor?[], Tensor?[]> push) = GradTransforms.Linearize(TensorFunction.Of(func), primals, [.. Enumerable.Range(0, primals.Length)]);
                return (outputs[0], tangents => GradTransforms.OrZeros(push(tangents.Items), outputs)[0]);
            }

        /// <summary>The output of a function, and its derivative there as a linear function of tangents, one per argument.</summary>
        public static (Tensor output, Func<TensorList, Tensor> jvp_fn) linearize(Func<Tensor, Tensor, Tensor, Tensor> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor?[], Tensor?[]> push) = GradTransforms.Linearize(TensorFunction.Of(func), primals, [.. Enumerable.Range(0, primals.Length)]);
                return (outputs[0], tangents => GradTransforms.OrZeros(push(tangents.Items), outputs)[0]);
            }

        /// <summary>The output of a function, and its derivative there as a linear function of tangents, one per argument.</summary>
        public static (Tensor output, Func<TensorList, Tensor> jvp_fn) linearize(Func<Tensor[], Tensor> func, params Tensor[] primals)
            {
                (Tensor[] outputs, Func<Tensor?[], Tensor?[]> push) = GradTransforms.Linearize(TensorFunction.Of(func), primals, [.. Enumerable.Range(0, primals.Length)]);
                return (outputs[0], tangents => GradTransforms.OrZeros(push(tangents.Items), outputs)[0]);
            }
    }
}
