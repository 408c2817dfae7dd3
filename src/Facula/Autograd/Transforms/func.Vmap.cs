namespace Facula;

public static partial class torch
{
    public static partial class func
    {
        /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
        public static Func<Tensor, Tensor> vmap(Func<Tensor, Tensor> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
            x => Vmap.Run(TensorFunction.Of(func), [x], in_dims, out_dims, randomness, chunk_size)[0];

        /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
        public static Func<Tensor, Tensor, Tensor> vmap(Func<Tensor, Tensor, Tensor> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
            (x, y) => Vmap.Run(TensorFunction.Of(func), [x, y], in_dims, out_dims, randomness, chunk_size)[0];

        /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
        public static Func<Tensor, Tensor, Tensor, Tensor> vmap(Func<Tensor, Tensor, Tensor, Tensor> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
            (x, y, z) => Vmap.Run(TensorFunction.Of(func), [x, y, z], in_dims, out_dims, randomness, chunk_size)[0];

        /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
        public static Func<Tensor[], Tensor> vmap(Func<Tensor[], Tensor> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
            x => Vmap.Run(TensorFunction.Of(func), x, in_dims, out_dims, randomness, chunk_size)[0];

        /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
        public static Func<Tensor, Tensor[]> vmap(Func<Tensor, TensorList> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
            x => Vmap.Run(TensorFunction.Of(func), [x], in_dims, out_dims, randomness, chunk_size);

        /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
        public static Func<Tensor, Tensor, Tensor[]> vmap(Func<Tensor, Tensor, TensorList> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
            (x, y) => Vmap.Run(TensorFunction.Of(func), [x, y], in_dims, out_dims, randomness, chunk_size);

        /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
        public static Func<Tensor[], Tensor[]> vmap(Func<Tensor[], TensorList> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
            x => Vmap.Run(TensorFunction.Of(func), x, in_dims, out_dims, randomness, chunk_size);
    }

    /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
    public static Func<Tensor, Tensor> vmap(Func<Tensor, Tensor> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
        torch.func.vmap(func, in_dims, out_dims, randomness, chunk_size);

    /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
    public static Func<Tensor, Tensor, Tensor> vmap(Func<Tensor, Tensor, Tensor> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
        torch.func.vmap(func, in_dims, out_dims, randomness, chunk_size);

    /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
    public static Func<Tensor, Tensor, Tensor, Tensor> vmap(Func<Tensor, Tensor, Tensor, Tensor> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
        torch.func.vmap(func, in_dims, out_dims, randomness, chunk_size);

    /// <summary>The function that maps a function over a dimension of its arguments and stacks the results; <paramref name="randomness"/> is "error", "different" or "same".</summary>
    public static Func<Tensor[], Tensor> vmap(Func<Tensor[], Tensor> func, VmapDims in_dims = default, VmapDims out_dims = default, string randomness = "error", long? chunk_size = null) =>
        torch.func.vmap(func, in_dims, out_dims, randomness, chunk_size);
}
