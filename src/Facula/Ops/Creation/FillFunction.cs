namespace Facula.Ops;

[CompositeOp("fill", Method = false, InPlace = false)]
internal static partial class FillFunction
{
    /// <summary>A tensor of the input's shape and dtype that holds one value.</summary>
    static Tensor Compose(Tensor input, Tensor value) => Clone.Call(input).fill_(value);
}

[CompositeOp("fill", Method = false)]
internal static partial class FillNumber
{
    /// <summary>A tensor of the input's shape and dtype that holds one value.</summary>
    static Tensor Compose(Tensor input, Scalar value) => Clone.Call(input).fill_(value);
}

[CompositeOp("fill_", Method = false)]
internal static partial class FillInPlaceFunction
{
    /// <summary>Sets every element to the 0-dim tensor's value.</summary>
    static Tensor Compose(Tensor input, Tensor value) => input.fill_(value);
}

[CompositeOp("fill_", Method = false)]
internal static partial class FillNumberInPlaceFunction
{
    /// <summary>Sets every element to the value.</summary>
    static Tensor Compose(Tensor input, Scalar value) => input.fill_(value);
}
