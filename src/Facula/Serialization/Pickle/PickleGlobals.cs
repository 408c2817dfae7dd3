namespace Facula.Serialization;

internal enum PyGlobalKind
{
    OrderedDict, Counter, DefaultDict, Set, FrozenSet, ByteArray, Bytes, Complex, Encode,
    /// <summary>A built-in type that only says what a defaultdict makes.</summary>
    PlainType,
    Size, Device, Layout, StorageClass, TensorClass, Parameter,
    RebuildTensor, RebuildTensor2, RebuildTensor3, RebuildParameter, RebuildParameterWithState, RebuildFromType, RebuildSparse,
    NumpyDType, NumpyScalar, NumpyReconstruct, NumpyArray,
}

/// <summary>The names that a pickle may use. This table is the whole list: no name is ever looked up among types or methods.</summary>
internal static class PickleGlobals
{
    private static readonly Dictionary<string, PyGlobalKind> Table = new()
    {
        ["collections.OrderedDict"] = PyGlobalKind.OrderedDict,
        ["collections.Counter"] = PyGlobalKind.Counter,
        ["collections.defaultdict"] = PyGlobalKind.DefaultDict,
        ["builtins.set"] = PyGlobalKind.Set,
        ["builtins.frozenset"] = PyGlobalKind.FrozenSet,
        ["builtins.bytearray"] = PyGlobalKind.ByteArray,
        ["builtins.bytes"] = PyGlobalKind.Bytes,
        ["builtins.complex"] = PyGlobalKind.Complex,
        ["builtins.list"] = PyGlobalKind.PlainType,
        ["builtins.dict"] = PyGlobalKind.PlainType,
        ["builtins.int"] = PyGlobalKind.PlainType,
        ["builtins.float"] = PyGlobalKind.PlainType,
        ["builtins.str"] = PyGlobalKind.PlainType,
        ["_codecs.encode"] = PyGlobalKind.Encode,
        ["torch.Size"] = PyGlobalKind.Size,
        ["torch.device"] = PyGlobalKind.Device,
        ["torch.serialization._get_layout"] = PyGlobalKind.Layout,
        ["torch.Tensor"] = PyGlobalKind.TensorClass,
        ["torch.nn.parameter.Parameter"] = PyGlobalKind.Parameter,
        ["torch._utils._rebuild_tensor"] = PyGlobalKind.RebuildTensor,
        ["torch._utils._rebuild_tensor_v2"] = PyGlobalKind.RebuildTensor2,
        ["torch._utils._rebuild_tensor_v3"] = PyGlobalKind.RebuildTensor3,
        ["torch._utils._rebuild_parameter"] = PyGlobalKind.RebuildParameter,
        ["torch._utils._rebuild_parameter_with_state"] = PyGlobalKind.RebuildParameterWithState,
        ["torch._utils._rebuild_sparse_tensor"] = PyGlobalKind.RebuildSparse,
        ["torch._tensor._rebuild_from_type_v2"] = PyGlobalKind.RebuildFromType,
        ["torch.tensor._rebuild_from_type_v2"] = PyGlobalKind.RebuildFromType,
        ["torch.storage.UntypedStorage"] = PyGlobalKind.StorageClass,
        ["torch.storage._UntypedStorage"] = PyGlobalKind.StorageClass,
        ["torch.UntypedStorage"] = PyGlobalKind.StorageClass,
        ["numpy.dtype"] = PyGlobalKind.NumpyDType,
        ["numpy.ndarray"] = PyGlobalKind.NumpyArray,
        ["numpy.core.multiarray.scalar"] = PyGlobalKind.NumpyScalar,
        ["numpy.core.multiarray._reconstruct"] = PyGlobalKind.NumpyReconstruct,
    };

    /// <summary>The value or callable behind a name: a <see cref="PyDType"/>, a <see cref="PyGlobal"/>, or null for every other name.</summary>
    public static object? Find(string module, string name)
    {
        // Python 2's name of the module stays in files of protocol 2; NumPy 2 renamed its inner package.
        module = module switch
        {
            "__builtin__" => "builtins",
            "numpy._core.multiarray" => "numpy.core.multiarray",
            _ => module,
        };
        string full = $"{module}.{name}";
        if (Table.TryGetValue(full, out PyGlobalKind kind))
            return new PyGlobal(kind, full);
        if (module == "torch" && StoredTypes.TryParseTorchName(name, out StoredType type))
            return new PyDType(type);
        if (module is "torch" or "torch.cuda" && StoredTypes.TryParseStorageClass(name, out StoredType element))
            return new PyGlobal(PyGlobalKind.StorageClass, full, element);
        return null;
    }
}
