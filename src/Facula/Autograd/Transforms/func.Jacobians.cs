namespace Facula;

public static partial class torch
{
    public static partial class func
    {
        /// <summary>The function that gives the Jacobian of a function by one of its arguments: of shape <c>(*output, *argument)</c>.</summary>
        public static Func<Tensor, Tensor> jacrev(Func<Tensor, Tensor> func, long argnums = 0) =>
            x => GradTransforms.JacRev(TensorFunction.Of(func), [x], argnums)[0][0];

        /// <summary>The function that gives the Jacobian of a function by one of its arguments: of shape <c>(*output, *argument)</c>.</summary>
        public static Func<Tensor, Tensor, Tensor> jacrev(Func<Tensor, Tensor, Tensor> func, long argnums = 0) =>
            (x, y) => GradTransforms.JacRev(TensorFunction.Of(func), [x, y], argnums)[0][0];

        /// <summary>The function that gives the Jacobian of a function by one of its arguments: of shape <c>(*output, *argument)</c>.</summary>
        public static Func<Tensor, Tensor, Tensor, Tensor> jacrev(Func<Tensor, Tensor, Tensor, Tensor> func, long argnums = 0) =>
            (x, y, z) => GradTransforms.JacRev(TensorFunction.Of(func), [x, y, z], argnums)[0][0];

        /// <summary>The function that gives the Jacobian of a function by one of its arguments: of shape <c>(*output, *argument)</c>.</summary>
        public static Func<Tensor[], Tensor> jacrev(Func<Tensor[], Tensor> func, long argnums = 0) =>
            x => GradTransforms.JacRev(TensorFunction.Of(func), x, argnums)[0][0];

        /// <summary>The function that gives the Jacobian of a function by some of its arguments: one block per argument.</summary>
        public static Func<Tensor, Tensor, Tensor[]> jacrev(Func<Tensor, Tensor, Tensor> func, Dims argnums) =>
            (x, y) => GradTransforms.JacRev(TensorFunction.Of(func), [x, y], argnums)[0];

        /// <summary>The function that gives the Jacobian of a function by some of its arguments: one block per argument.</summary>
        public static Func<Tensor, Tensor, Tensor, Tensor[]> jacrev(Func<Tensor, Tensor, Tensor, Tensor> func, Dims argnums) =>
            (x, y, z) => GradTransforms.JacRev(TensorFunction.Of(func), [x, y, z], argnums)[0];

        /// <summary>The function that gives the Jacobian of a function by some of its arguments: one block per argument.</summary>
        public static Func<Tensor[], Tensor[]> jacrev(Func<Tensor[], Tensor> func, Dims argnums) =>
            x => GradTransforms.JacRev(TensorFunction.Of(func), x, argnums)[0];

        /// <summary>The function that gives the Jacobian of a function of several outputs by one of its arguments: one block per output.</summary>
        public static Func<Tensor, Tensor[]> jacrev(Func<Tensor, TensorList> func, long argnums = 0) =>
            x => [.. GradTransforms.JacRev(TensorFunction.Of(func), [x], argnums).Select(row => row[0])];

        /// <summary>The function that gives the Jacobian of a function of several outputs by one of its arguments: one block per output.</summary>
        public static Func<Tensor, Tensor, Tensor[]> jacrev(Func<Tensor, Tensor, TensorList> func, long argnums = 0) =>
            (x, y) => [.. GradTransforms.JacRev(TensorFunction.Of(func), [x, y], argnums).Select(row => row[0])];

        /// <summary>The function that gives the Jacobian of a function of several outputs by one of its arguments: one block per output.</summary>
        public static Func<Tensor[], Tensor[]> jacrev(Func<Tensor[], TensorList> func, long argnums = 0) =>
            x => [.. GradTransforms.JacRev(TensorFunction.Of(func), x, argnums).Select(row => row[0])];

        /// <summary>The function that gives the Jacobian of a function of several outputs by some of its arguments: blocks by output, then argument.</summary>
        public static Func<Tensor, Tensor, Tensor[][]> jacrev(Func<Tensor, Tensor, TensorList> func, Dims argnums) =>
            (x, y) => GradTransforms.JacRev(TensorFunction.Of(func), [x, y], argnums);

        /// <summary>The function that gives the Jacobian of a function of several outputs by some of its arguments: blocks by output, then argument.</summary>
        public static Func<Tensor[], Tensor[][]> jacrev(Func<Tensor[], TensorList> func, Dims argnums) =>
            x => GradTransforms.JacRev(TensorFunction.Of(func), x, argnums);

        /// <summary>The function that gives the Jacobian of a function, column by column, by one of its arguments: of shape <c>(*output, *argument)</c>.</summary>
        public static Func<Tensor, Tensor> jacfwd(Func<Tensor, Tensor> func, long argnums = 0) =>
            x => GradTransforms.JacFwd(TensorFunction.Of(func), [x], argnums)[0][0];

        /// <summary>The function that gives the Jacobian of a function, column by column, by one of its arguments: of shape <c>(*output, *argument)</c>.</summary>
        public static Func<Tensor, Tensor, Tensor> jacfwd(Func<Tensor, Tensor, Tensor> func, long argnums = 0) =>
            (x, y) => GradTransforms.JacFwd(TensorFunction.Of(func), [x, y], argnums)[0][0];

        /// <summary>The function that gives the Jacobian of a function, column by column, by one of its arguments: of shape <c>(*output, *argument)</c>.</summary>
        public static Func<Tensor, Tensor, Tensor, Tensor> jacfwd(Func<Tensor, Tensor, Tensor, Tensor> func, long argnums = 0) =>
            (x, y, z) => GradTransforms.JacFwd(TensorFunction.Of(func), [x, y, z], argnums)[0][0];

        /// <summary>The function that gives the Jacobian of a function, column by column, by one of its arguments: of shape <c>(*output, *argument)</c>.</summary>
        public static Func<Tensor[], Tensor> jacfwd(Func<Tensor[], Tensor> func, long argnums = 0) =>
            x => GradTransforms.JacFwd(TensorFunction.Of(func), x, argnums)[0][0];

        /// <summary>The function that gives the Jacobian of a function, column by column, by some of its arguments: one block per argument.</summary>
        public static Func<Tensor, Tensor, Tensor[]> jacfwd(Func<Tensor, Tensor, Tensor> func, Dims argnums) =>
            (x, y) => GradTransforms.JacFwd(TensorFunction.Of(func), [x, y], argnums)[0];

        /// <summary>The function that gives the Jacobian of a function, column by column, by some of its arguments: one block per argument.</summary>
        public static Func<Tensor, Tensor, Tensor, Tensor[]> jacfwd(Func<Tensor, Tensor, Tensor, Tensor> func, Dims argnums) =>
            (x, y, z) => GradTransforms.JacFwd(TensorFunction.Of(func), [x, y, z], argnums)[0];

        /// <summary>The function that gives the Jacobian of a function, column by column, by some of its arguments: one block per argument.</summary>
        public static Func<Tensor[], Tensor[]> jacfwd(Func<Tensor[], Tensor> func, Dims argnums) =>
            x => GradTransforms.JacFwd(TensorFunction.Of(func), x, argnums)[0];

        /// <summary>The function that gives the Jacobian of a function, column by column, of several outputs by one of its arguments: one block per output.</summary>
        public static Func<Tensor, Tensor[]> jacfwd(Func<Tensor, TensorList> func, long argnums = 0) =>
            x => [.. GradTransforms.JacFwd(TensorFunction.Of(func), [x], argnums).Select(row => row[0])];

        /// <summary>The function that gives the Jacobian of a function, column by column, of several outputs by one of its arguments: one block per output.</summary>
        public static Func<Tensor, Tensor, Tensor[]> jacfwd(Func<Tensor, Tensor, TensorList> func, long argnums = 0) =>
            (x, y) => [.. GradTransforms.JacFwd(TensorFunction.Of(func), [x, y], argnums).Select(row => row[0])];

        /// <summary>The function that gives the Jacobian of a function, column by column, of several outputs by one of its arguments: one block per output.</summary>
        public static Func<Tensor[], Tensor[]> jacfwd(Func<Tensor[], TensorList> func, long argnums = 0) =>
            x => [.. GradTransforms.JacFwd(TensorFunction.Of(func), x, argnums).Select(row => row[0])];

        /// <summary>The function that gives the Jacobian of a function, column by column, of several outputs by some of its arguments: blocks by output, then argument.</summary>
        public static Func<Tensor, Tensor, Tensor[][]> jacfwd(Func<Tensor, Tensor, TensorList> func, Dims argnums) =>
            (x, y) => GradTransforms.JacFwd(TensorFunction.Of(func), [x, y], argnums);

        /// <summary>The function that gives the Jacobian of a function, column by column, of several outputs by some of its arguments: blocks by output, then argument.</summary>
        public static Func<Tensor[], Tensor[][]> jacfwd(Func<Tensor[], TensorList> func, Dims argnums) =>
            x => GradTransforms.JacFwd(TensorFunction.Of(func), x, argnums);

        /// <summary>The function that gives the Hessian of a scalar function by one of its arguments: of shape <c>(*argument, *argument)</c>.</summary>
        public static Func<Tensor, Tensor> hessian(Func<Tensor, Tensor> func, long argnums = 0) => jacfwd(jacrev(func, argnums), argnums);

        /// <summary>The function that gives the Hessian of a scalar function by one of its arguments: of shape <c>(*argument, *argument)</c>.</summary>
        public static Func<Tensor, Tensor, Tensor> hessian(Func<Tensor, Tensor, Tensor> func, long argnums = 0) => jacfwd(jacrev(func, argnums), argnums);

        /// <summary>The function that gives the Hessian of a scalar function by one of its arguments: of shape <c>(*argument, *argument)</c>.</summary>
        public static Func<Tensor, Tensor, Tensor, Tensor> hessian(Func<Tensor, Tensor, Tensor, Tensor> func, long argnums = 0) => jacfwd(jacrev(func, argnums), argnums);

        /// <summary>The function that gives the Hessian of a scalar function by one of its arguments: of shape <c>(*argument, *argument)</c>.</summary>
        public static Func<Tensor[], Tensor> hessian(Func<Tensor[], Tensor> func, long argnums = 0) => jacfwd(jacrev(func, argnums), argnums);

        /// <summary>The function that gives the Hessian of a scalar function by some of its arguments: blocks by argument, then other argument.</summary>
        public static Func<Tensor, Tensor, Tensor[][]> hessian(Func<Tensor, Tensor, Tensor> func, Dims argnums)
            {
                Func<Tensor, Tensor, Tensor[]> rows = jacrev(func, argnums);
                return jacfwd((x, y) => (TensorList)rows(x, y), argnums);
            }

        /// <summary>The function that gives the Hessian of a scalar function by some of its arguments: blocks by argument, then other argument.</summary>
        public static Func<Tensor[], Tensor[][]> hessian(Func<Tensor[], Tensor> func, Dims argnums)
            {
                Func<Tensor[], Tensor[]> rows = jacrev(func, argnums);
                return jacfwd(x => (TensorList)rows(x), argnums);
            }
    }
}
