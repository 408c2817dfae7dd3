namespace Facula.Serialization;

/// <summary>Tensors as the plain row-major arrays that safetensors and NumPy files hold.</summary>
internal static class TensorArrays
{
    public static StoredArray Of(string name, Tensor tensor)
    {
        Tensor dense = tensor.detach().to(CPU).contiguous();
        return new StoredArray(name, dense.dtype.ToStoredType(), dense.Sizes.ToArray(), StorageByteSource.Of(dense));
    }
}
