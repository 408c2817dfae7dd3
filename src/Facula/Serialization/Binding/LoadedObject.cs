using System.Numerics;
using Facula.Modules;

namespace Facula.Serialization;

/// <summary>Turns the closed set of values into what <c>torch.load</c> gives: tensors, numbers, lists, arrays for tuples, ordered dictionaries.</summary>
/// <remarks>What is one object in the file becomes one object here, so that tied weights and shared lists stay so.</remarks>
internal sealed class LoadedObject(string file, Dictionary<StorageRecord, Storage> storages, Func<string, Device> location)
{
    private readonly Dictionary<object, object> _made = new(ReferenceEqualityComparer.Instance);

    public object? Make(object? value) => value switch
    {
        null or bool or long or BigInteger or double or Complex or string => value,
        PyBytes bytes => bytes.Data,
        PySize size => new Size(size.Sizes),
        PyDevice device => MakeDevice(device),
        PyDType type => type.Type.RequireScalarType(file, "a value"),
        PyLayout layout => layout.Name,
        _ => MakeShared(value),
    };

    private object MakeShared(object value)
    {
        if (_made.TryGetValue(value, out object? known))
            return known;
        object made = value switch
        {
            TensorRecord tensor => MakeTensor(tensor),
            TypedStorage storage => MakeStorage(storage),
            NdArrayRecord array => NumpyArrays.ToTensor(file, array),
            SparseRecord sparse => MakeSparse(sparse),
            PyTuple tuple => Array.ConvertAll(tuple.Items, Make),
            PyList list => list.Items.ConvertAll(Make),
            PySet set => set.Items.Keys.Select(key => MakeKey(key.Value)).ToHashSet(PythonKeys.Instance),
            PyDict dict => MakeDict(dict),
            _ => throw new InvalidDataException($"{file}: offset 0: the data holds a value of kind {value.GetType().Name}"),
        };
        return _made[value] = made;
    }

    private Tensor MakeTensor(TensorRecord record)
    {
        ScalarType dtype = record.Type.RequireScalarType(file, "a tensor");
        Tensor tensor = new(storages[record.Storage], new Size(record.Sizes), new Size(record.Strides), record.Offset, dtype);
        storages[record.Storage].AddHandle();
        if (record.Conjugate)
            tensor = tensor.conj();
        if (record.Negative)
            tensor = tensor.neg();
        tensor = tensor.to(location(record.Storage.Location));
        if (record.IsParameter)
            return new Parameter(tensor, record.RequiresGrad);
        return record.RequiresGrad ? tensor.requires_grad_() : tensor;
    }

    private Tensor MakeSparse(SparseRecord record)
    {
        Tensor tensor;
        try
        {
            tensor = torch.sparse_coo_tensor(MakeTensor(record.Indices), MakeTensor(record.Values), new Size(record.Sizes));
        }
        catch (TorchException invalid)
        {
            throw new InvalidDataException($"{file}: offset 0: a sparse tensor is broken: {invalid.Message}", invalid);
        }
        return record.Coalesced ? tensor.coalesce() : tensor;
    }

    // A bare storage is its elements in a row.
    private Tensor MakeStorage(TypedStorage storage)
    {
        StoredType type = storage.Type ?? StoredType.UInt8;
        return MakeTensor(new TensorRecord { Storage = storage.Storage, Type = type, Offset = storage.Offset, Sizes = [storage.Elements], Strides = [1] });
    }

    private OrderedDict<object, object?> MakeDict(PyDict dict)
    {
        var made = new OrderedDict<object, object?>();
        foreach (var (key, value) in dict.Items)
            made[MakeKey(key.Value)] = Make(value);
        if (dict.Attributes is { } attributes && PyKey.TryCreate("_metadata", out PyKey name) && attributes.Items.TryGetValue(name, out object? metadata))
            made._metadata = MakeMetadata(metadata);
        return made;
    }

    // .NET's dictionaries have no key null; None as a key is rare enough for a stand-in.
    private object MakeKey(object? key) => Make(key) ?? DBNull.Value;

    private OrderedDict<string, OrderedDict<string, object>>? MakeMetadata(object? value)
    {
        if (value is not PyDict modules)
            return null;
        var made = new OrderedDict<string, OrderedDict<string, object>>();
        foreach (var (module, attributes) in modules.Items)
        {
            if (module.Value is not string path || attributes is not PyDict values)
                return null;
            var entry = new OrderedDict<string, object>();
            foreach (var (key, item) in values.Items)
            {
                if (key.Value is string attribute)
                    entry[attribute] = Make(item)!;
            }
            made[path] = entry;
        }
        return made;
    }

    private Device MakeDevice(PyDevice device) => device.Type is "cpu" or "cuda"
        ? new Device(device.Type, device.Index)
        : throw new NotSupportedException($"{file}: the file holds the device '{device}'; only cpu and cuda are known");
}
