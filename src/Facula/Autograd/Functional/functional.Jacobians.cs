namespace Facula;

public static partial class torch
{
    public static partial class autograd
    {
        public static partial class functional
        {
            /// <summary>The Jacobian of a function at the inputs: of shape <c>(*output, *input)</c>.</summary>
            public static Tensor jacobian(Func<Tensor, Tensor> func, Tensor inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string strategy = "reverse-mode") =>
                JacobianMatrix.Jacobian(TensorFunction.Of(func), [inputs], create_graph, strict, vectorize, strategy)[0][0];

            /// <summary>The Jacobian of a function at the inputs: one block of shape <c>(*output, *input)</c> per input.</summary>
            public static Tensor[] jacobian(Func<Tensor, Tensor, Tensor> func, TensorList inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string strategy = "reverse-mode") =>
                JacobianMatrix.Jacobian(TensorFunction.Of(func), inputs.Items, create_graph, strict, vectorize, strategy)[0];

            /// <summary>The Jacobian of a function at the inputs: one block of shape <c>(*output, *input)</c> per input.</summary>
            public static Tensor[] jacobian(Func<Tensor, Tensor, Tensor, Tensor> func, TensorList inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string strategy = "reverse-mode") =>
                JacobianMatrix.Jacobian(TensorFunction.Of(func), inputs.Items, create_graph, strict, vectorize, strategy)[0];

            /// <summary>The Jacobian of a function at the inputs: one block of shape <c>(*output, *input)</c> per input.</summary>
            public static Tensor[] jacobian(Func<Tensor[], Tensor> func, TensorList inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string strategy = "reverse-mode") =>
                JacobianMatrix.Jacobian(TensorFunction.Of(func), inputs.Items, create_graph, strict, vectorize, strategy)[0];

            /// <summary>The Jacobian of a function at the inputs: one block of shape <c>(*output, *input)</c> per output.</summary>
            public static Tensor[] jacobian(Func<Tensor, TensorList> func, Tensor inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string strategy = "reverse-mode") =>
                [.. JacobianMatrix.Jacobian(TensorFunction.Of(func), [inputs], create_graph, strict, vectorize, strategy).Select(row => row[0])];

            /// <summary>The Jacobian of a function at the inputs: blocks of shape <c>(*output, *input)</c> by output, then input.</summary>
            public static Tensor[][] jacobian(Func<Tensor, Tensor, TensorList> func, TensorList inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string strategy = "reverse-mode") =>
                JacobianMatrix.Jacobian(TensorFunction.Of(func), inputs.Items, create_graph, strict, vectorize, strategy);

            /// <summary>The Jacobian of a function at the inputs: blocks of shape <c>(*output, *input)</c> by output, then input.</summary>
            public static Tensor[][] jacobian(Func<Tensor[], TensorList> func, TensorList inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string strategy = "reverse-mode") =>
                JacobianMatrix.Jacobian(TensorFunction.Of(func), inputs.Items, create_graph, strict, vectorize, strategy);

            /// <summary>The Hessian of a scalar function at the inputs: of shape <c>(*input, *input)</c>.</summary>
            public static Tensor hessian(Func<Tensor, Tensor> func, Tensor inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string outer_jacobian_strategy = "reverse-mode") =>
                JacobianMatrix.Hessian(TensorFunction.Of(func), [inputs], create_graph, strict, vectorize, outer_jacobian_strategy)[0][0];

            /// <summary>The Hessian of a scalar function at the inputs: blocks of shape <c>(*input, *other)</c> by input, then other input.</summary>
            public static Tensor[][] hessian(Func<Tensor, Tensor, Tensor> func, TensorList inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string outer_jacobian_strategy = "reverse-mode") =>
                JacobianMatrix.Hessian(TensorFunction.Of(func), inputs.Items, create_graph, strict, vectorize, outer_jacobian_strategy);

            /// <summary>The Hessian of a scalar function at the inputs: blocks of shape <c>(*input, *other)</c> by input, then other input.</summary>
            public static Tensor[][] hessian(Func<Tensor, Tensor, Tensor, Tensor> func, TensorList inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string outer_jacobian_strategy = "reverse-mode") =>
                JacobianMatrix.Hessian(TensorFunction.Of(func), inputs.Items, create_graph, strict, vectorize, outer_jacobian_strategy);

            /// <summary>The Hessian of a scalar function at the inputs: blocks of shape <c>(*input, *other)</c> by input, then other input.</summary>
            public static Tensor[][] hessian(Func<Tensor[], Tensor> func, TensorList inputs, bool create_graph = false, bool strict = false, bool vectorize = false, string outer_jacobian_strategy = "reverse-mode") =>
                JacobianMatrix.Hessian(TensorFunction.Of(func), inputs.Items, create_graph, strict, vectorize, outer_jacobian_strategy);
        }
    }
}
