using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using Facula.Modules;

namespace Facula.Serialization;

/// <summary>Turns what a program hands to <c>torch.save</c> into the closed set of values that a checkpoint may hold.</summary>
internal sealed class SavedObject
{
    private readonly Dictionary<object, object> _made = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Storage, StorageRecord> _storages = [];
    private readonly HashSet<object> _open = new(ReferenceEqualityComparer.Instance);

    public object? Make(object? value) => value switch
    {
        null or DBNull => null,
        bool or long or double or string or Complex => value,
        byte or sbyte or short or ushort or int or uint => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        ulong number => PyKey.PyInteger(number),
        BigInteger number => PyKey.PyInteger(number),
        float number => (double)number,
        Half number => (double)number,
        BFloat16 number => (double)(float)number,
        Complex64 number => (Complex)number,
        char character => character.ToString(),
        Scalar number => MakeScalar(number),
        Size size => new PySize(size.ToArray()),
        ScalarType type => new PyDType(type.ToStoredType()),
        Device device => new PyDevice(device.type, device.index),
        byte[] bytes => new PyBytes(bytes),
        ITuple tuple when value is not Tensor => MakeTuple(tuple),
        _ => MakeShared(value),
    };

    private object MakeShared(object value)
    {
        if (_made.TryGetValue(value, out object? known))
            return known;
        if (!_open.Add(value))
            throw new ArgumentException("torch.save: a container holds itself");
        object made = value switch
        {
            SparseTensor sparse => new SparseRecord(MakeTensor(sparse.Indices), MakeTensor(sparse.Values), sparse.Sizes.ToArray(), sparse.Coalesced),
            Tensor tensor => MakeTensor(tensor),
            object?[] tuple => new PyTuple(Array.ConvertAll(tuple, Make)),
            IDictionary dictionary => MakeDict(value, dictionary),
            ISet<object> or ISet<string> or ISet<long> or ISet<int> => MakeSet((IEnumerable)value),
            Array { Rank: > 1 } => throw new ArgumentException("torch.save: an array of several dimensions is not plain data; save torch.tensor(array)"),
            IEnumerable items => new PyList([.. items.Cast<object?>().Select(Make)]),
            _ => throw new ArgumentException($"torch.save: values of type {value.GetType()} are not plain data; "
                + "save tensors, numbers, strings, lists, tuples and dictionaries, for example a state_dict()"),
        };
        _open.Remove(value);
        return _made[value] = made;
    }

    private PyTuple MakeTuple(ITuple tuple)
    {
        var items = new object?[tuple.Length];
        for (int i = 0; i < items.Length; i++)
            items[i] = Make(tuple[i]);
        return new PyTuple(items);
    }

    private static object MakeScalar(Scalar number)
    {
        ScalarType type = number.Type;
        if (type == ScalarType.Bool)
            return number.ToBoolean();
        if (type.is_complex)
            return number.ToComplex();
        return type.is_floating_point ? (object)number.ToDouble() : number.ToInt64();
    }

    private PyDict MakeDict(object value, IDictionary dictionary)
    {
        OrderedDict<string, OrderedDict<string, object>>? metadata = (value as IStateDict)?._metadata;
        // A state dict is an OrderedDict in Python; every other dictionary is a plain one, which keeps its order as well.
        var made = new PyDict(value is OrderedDict<string, Tensor> || metadata is not null ? PyDictKind.OrderedDict : PyDictKind.Dict);
        foreach (DictionaryEntry entry in dictionary)
            made.Items[Key(Make(entry.Key))] = Make(entry.Value);
        if (metadata is not null)
        {
            made.Attributes = new PyDict(PyDictKind.Dict);
            made.Attributes.Items[Key("_metadata")] = MakeMetadata(metadata);
        }
        return made;
    }

    private PyDict MakeMetadata(OrderedDict<string, OrderedDict<string, object>> metadata)
    {
        var made = new PyDict(PyDictKind.OrderedDict);
        foreach (var (module, attributes) in metadata)
        {
            var entry = new PyDict(PyDictKind.Dict);
            foreach (var (name, attribute) in attributes)
                entry.Items[Key(name)] = Make(attribute);
            made.Items[Key(module)] = entry;
        }
        return made;
    }

    private PySet MakeSet(IEnumerable items)
    {
        var made = new PySet(frozen: false);
        foreach (object? item in items)
            made.Items[Key(Make(item))] = null;
        return made;
    }

    private TensorRecord MakeTensor(Tensor tensor)
    {
        if (!tensor.device.IsCpu)
            tensor = tensor.to(CPU);
        tensor.ThrowIfDisposed();
        tensor = tensor.detach().resolve_conj();
        if (!_storages.TryGetValue(tensor.Storage, out StorageRecord? storage))
        {
            storage = new StorageRecord("", "cpu", tensor.Storage.Bytes) { Data = new StorageByteSource(tensor.Storage) };
            _storages[tensor.Storage] = storage;
        }
        return new TensorRecord
        {
            Storage = storage,
            Type = tensor.dtype.ToStoredType(),
            Offset = tensor.Offset,
            Sizes = tensor.Sizes.ToArray(),
            Strides = tensor.Strides.ToArray(),
            RequiresGrad = tensor.requires_grad,
            IsParameter = tensor is Parameter,
        };
    }

    private static PyKey Key(object? value) =>
        PyKey.TryCreate(value, out PyKey key) ? key : throw new ArgumentException("torch.save: a list, dictionary or array of bytes cannot be a key");
}
