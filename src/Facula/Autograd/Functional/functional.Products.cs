namespace Facula;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary><c>torch.autograd.functional</c>: derivatives of functions, at given inputs.</summary>
        public static partial class functional
        {
            /// <summary>The function's output and the product of a vector with its Jacobian, <c>vᵀJ</c>, at the inputs.</summary>
            public static (Tensor output, Tensor vjp) vjp(Func<Tensor, Tensor> func, Tensor inputs, Tensor? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Vjp(TensorFunction.Of(func), [inputs], v is null ? null : [v], create_graph, strict);
                return (outputs[0], product[0]);
            }

            /// <summary>The function's output and the product of a vector with its Jacobian, <c>vᵀJ</c>, at the inputs.</summary>
            public static (Tensor output, Tensor[] vjp) vjp(Func<Tensor, Tensor, Tensor> func, TensorList inputs, Tensor? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Vjp(TensorFunction.Of(func), inputs.Items, v is null ? null : [v], create_graph, strict);
                return (outputs[0], product);
            }

            /// <summary>The function's output and the product of a vector with its Jacobian, <c>vᵀJ</c>, at the inputs.</summary>
            public static (Tensor output, Tensor[] vjp) vjp(Func<Tensor, Tensor, Tensor, Tensor> func, TensorList inputs, Tensor? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Vjp(TensorFunction.Of(func), inputs.Items, v is null ? null : [v], create_graph, strict);
                return (outputs[0], product);
            }

            /// <summary>The function's output and the product of a vector with its Jacobian, <c>vᵀJ</c>, at the inputs.</summary>
            public static (Tensor output, Tensor[] vjp) vjp(Func<Tensor[], Tensor> func, TensorList inputs, Tensor? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Vjp(TensorFunction.Of(func), inputs.Items, v is null ? null : [v], create_graph, strict);
                return (outputs[0], product);
            }

            /// <summary>The function's output and the product of a vector with its Jacobian, <c>vᵀJ</c>, at the inputs.</summary>
            public static (Tensor[] output, Tensor vjp) vjp(Func<Tensor, TensorList> func, Tensor inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Vjp(TensorFunction.Of(func), [inputs], v?.Items, create_graph, strict);
                return (outputs, product[0]);
            }

            /// <summary>The function's output and the product of a vector with its Jacobian, <c>vᵀJ</c>, at the inputs.</summary>
            public static (Tensor[] output, Tensor[] vjp) vjp(Func<Tensor, Tensor, TensorList> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Vjp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (outputs, product);
            }

            /// <summary>The function's output and the product of a vector with its Jacobian, <c>vᵀJ</c>, at the inputs.</summary>
            public static (Tensor[] output, Tensor[] vjp) vjp(Func<Tensor[], TensorList> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Vjp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (outputs, product);
            }

            /// <summary>The function's output and the product of its Jacobian with a vector, <c>Jv</c>, at the inputs.</summary>
            public static (Tensor output, Tensor jvp) jvp(Func<Tensor, Tensor> func, Tensor inputs, Tensor? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Jvp(TensorFunction.Of(func), [inputs], v is null ? null : [v], create_graph, strict);
                return (outputs[0], product[0]);
            }

            /// <summary>The function's output and the product of its Jacobian with a vector, <c>Jv</c>, at the inputs.</summary>
            public static (Tensor output, Tensor jvp) jvp(Func<Tensor, Tensor, Tensor> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Jvp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (outputs[0], product[0]);
            }

            /// <summary>The function's output and the product of its Jacobian with a vector, <c>Jv</c>, at the inputs.</summary>
            public static (Tensor output, Tensor jvp) jvp(Func<Tensor, Tensor, Tensor, Tensor> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Jvp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (outputs[0], product[0]);
            }

            /// <summary>The function's output and the product of its Jacobian with a vector, <c>Jv</c>, at the inputs.</summary>
            public static (Tensor output, Tensor jvp) jvp(Func<Tensor[], Tensor> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Jvp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (outputs[0], product[0]);
            }

            /// <summary>The function's output and the product of its Jacobian with a vector, <c>Jv</c>, at the inputs.</summary>
            public static (Tensor[] output, Tensor[] jvp) jvp(Func<Tensor, TensorList> func, Tensor inputs, Tensor? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Jvp(TensorFunction.Of(func), [inputs], v is null ? null : [v], create_graph, strict);
                return (outputs, product);
            }

            /// <summary>The function's output and the product of its Jacobian with a vector, <c>Jv</c>, at the inputs.</summary>
            public static (Tensor[] output, Tensor[] jvp) jvp(Func<Tensor, Tensor, TensorList> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Jvp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (outputs, product);
            }

            /// <summary>The function's output and the product of its Jacobian with a vector, <c>Jv</c>, at the inputs.</summary>
            public static (Tensor[] output, Tensor[] jvp) jvp(Func<Tensor[], TensorList> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor[] outputs, Tensor[] product) = VectorProducts.Jvp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (outputs, product);
            }

            /// <summary>A scalar function's output and the product of a vector with its Hessian, <c>vᵀH</c>, at the inputs.</summary>
            public static (Tensor output, Tensor vhp) vhp(Func<Tensor, Tensor> func, Tensor inputs, Tensor? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor output, Tensor[] product) = VectorProducts.Vhp(TensorFunction.Of(func), [inputs], v is null ? null : [v], create_graph, strict);
                return (output, product[0]);
            }

            /// <summary>A scalar function's output and the product of a vector with its Hessian, <c>vᵀH</c>, at the inputs.</summary>
            public static (Tensor output, Tensor[] vhp) vhp(Func<Tensor, Tensor, Tensor> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor output, Tensor[] product) = VectorProducts.Vhp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (output, product);
            }

            /// <summary>A scalar function's output and the product of a vector with its Hessian, <c>vᵀH</c>, at the inputs.</summary>
            public static (Tensor output, Tensor[] vhp) vhp(Func<Tensor, Tensor, Tensor, Tensor> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor output, Tensor[] product) = VectorProducts.Vhp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (output, product);
            }

            /// <summary>A scalar function's output and the product of a vector with its Hessian, <c>vᵀH</c>, at the inputs.</summary>
            public static (Tensor output, Tensor[] vhp) vhp(Func<Tensor[], Tensor> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor output, Tensor[] product) = VectorProducts.Vhp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (output, product);
            }

            /// <summary>A scalar function's output and the product of its Hessian with a vector, <c>Hv</c>, at the inputs; <see cref="vhp(Func{Tensor, Tensor}, Tensor, Tensor?, bool, bool)"/> is faster.</summary>
            public static (Tensor output, Tensor hvp) hvp(Func<Tensor, Tensor> func, Tensor inputs, Tensor? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor output, Tensor[] product) = VectorProducts.Hvp(TensorFunction.Of(func), [inputs], v is null ? null : [v], create_graph, strict);
                return (output, product[0]);
            }

            /// <summary>A scalar function's output and the product of its Hessian with a vector, <c>Hv</c>, at the inputs; <see cref="vhp(Func{Tensor, Tensor}, Tensor, Tensor?, bool, bool)"/> is faster.</summary>
            public static (Tensor output, Tensor[] hvp) hvp(Func<Tensor, Tensor, Tensor> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor output, Tensor[] product) = VectorProducts.Hvp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (output, product);
            }

            /// <summary>A scalar function's output and the product of its Hessian with a vector, <c>Hv</c>, at the inputs; <see cref="vhp(Func{Tensor, Tensor}, Tensor, Tensor?, bool, bool)"/> is faster.</summary>
            public static (Tensor output, Tensor[] hvp) hvp(Func<Tensor, Tensor, Tensor, Tensor> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor output, Tensor[] product) = VectorProducts.Hvp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (output, product);
            }

            /// <summary>A scalar function's output and the product of its Hessian with a vector, <c>Hv</c>, at the inputs; <see cref="vhp(Func{Tensor, Tensor}, Tensor, Tensor?, bool, bool)"/> is faster.</summary>
            public static (Tensor output, Tensor[] hvp) hvp(Func<Tensor[], Tensor> func, TensorList inputs, TensorList? v = null, bool create_graph = false, bool strict = false)
            {
                (Tensor output, Tensor[] product) = VectorProducts.Hvp(TensorFunction.Of(func), inputs.Items, v?.Items, create_graph, strict);
                return (output, product);
            }
        }
    }
}
