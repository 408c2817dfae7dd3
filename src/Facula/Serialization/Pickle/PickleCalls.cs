using System.Numerics;

namespace Facula.Serialization;

/// <summary>What the known names do when a pickle calls them; each checks its arguments' number and types.</summary>
internal sealed class PickleCalls(Func<string, InvalidDataException> corrupt)
{
    private readonly TensorCalls _tensors = new(corrupt);
    private readonly NumpyCalls _numpy = new(corrupt);

    public object? Invoke(PyGlobal function, object?[] arguments) => function.Kind switch
    {
        PyGlobalKind.OrderedDict => MakeDict(PyDictKind.OrderedDict, function, arguments),
        PyGlobalKind.Counter => MakeDict(PyDictKind.Counter, function, arguments),
        PyGlobalKind.DefaultDict => MakeDefaultDict(function, arguments),
        PyGlobalKind.Set => MakeSet(frozen: false, function, arguments),
        PyGlobalKind.FrozenSet => MakeSet(frozen: true, function, arguments),
        PyGlobalKind.Bytes => arguments is [] ? new PyBytes([]) : throw Wrong(function),
        PyGlobalKind.ByteArray => MakeByteArray(function, arguments),
        PyGlobalKind.Encode => Encode(function, arguments),
        PyGlobalKind.Complex => arguments is [double real, double imaginary] ? new Complex(real, imaginary) : throw Wrong(function),
        PyGlobalKind.Size => arguments is [PyTuple sizes] ? new PySize(_tensors.Sizes(sizes, "a torch.Size")) : throw Wrong(function),
        PyGlobalKind.Device => MakeDevice(function, arguments),
        PyGlobalKind.Layout => arguments is [string name] ? new PyLayout(name) : throw Wrong(function),
        PyGlobalKind.NumpyDType or PyGlobalKind.NumpyScalar or PyGlobalKind.NumpyReconstruct => _numpy.Invoke(function, arguments) ?? throw Wrong(function),
        PyGlobalKind.RebuildFromType => RebuildFromType(function, arguments),
        _ => _tensors.Invoke(function, arguments) ?? throw Wrong(function),
    };

    /// <summary>Gives an object its state; only dictionaries with attributes and NumPy's two-step objects take one.</summary>
    public void Build(object? target, object? state)
    {
        switch (target, state)
        {
            case (PyDict { Kind: not PyDictKind.Dict } dict, PyDict attributes):
                dict.Attributes = attributes;
                break;
            case (NumpyDType or NdArrayRecord, PyTuple tuple):
                if (!_numpy.Build(target, tuple.Items))
                    throw corrupt("the state of a NumPy object is malformed");
                break;
            default:
                throw corrupt("BUILD gives state to a value that takes none");
        }
    }

    private InvalidDataException Wrong(PyGlobal function) => corrupt($"'{function.Name}' is called with arguments of wrong number or type");

    private PyDict MakeDict(PyDictKind kind, PyGlobal function, object?[] arguments)
    {
        var dict = new PyDict(kind);
        switch (arguments)
        {
            case []:
                return dict;
            case [PyDict items]:
                foreach (var (key, value) in items.Items)
                    dict.Items[key] = value;
                return dict;
            case [PyList pairs] when kind == PyDictKind.OrderedDict:
                foreach (object? pair in pairs.Items)
                {
                    object?[] keyAndValue = pair switch { PyTuple tuple => tuple.Items, PyList list => [.. list.Items], _ => [] };
                    if (keyAndValue.Length != 2 || !PyKey.TryCreate(keyAndValue[0], out PyKey key))
                        throw Wrong(function);
                    dict.Items[key] = keyAndValue[1];
                }
                return dict;
            default:
                throw Wrong(function);
        }
    }

    private PyDict MakeDefaultDict(PyGlobal function, object?[] arguments)
    {
        bool known = arguments is [] or [null]
            || arguments is [PyGlobal { Kind: PyGlobalKind.PlainType or PyGlobalKind.Set or PyGlobalKind.OrderedDict or PyGlobalKind.Counter }];
        return known ? new PyDict(PyDictKind.DefaultDict) : throw Wrong(function);
    }

    private PySet MakeSet(bool frozen, PyGlobal function, object?[] arguments)
    {
        var set = new PySet(frozen);
        if (arguments is [])
            return set;
        if (arguments is not [PyList items])
            throw Wrong(function);
        foreach (object? item in items.Items)
            set.Items[PyKey.TryCreate(item, out PyKey key) ? key : throw Wrong(function)] = null;
        return set;
    }

    private PyBytes MakeByteArray(PyGlobal function, object?[] arguments) => arguments switch
    {
        [] => new PyBytes([], mutable: true),
        [PyBytes bytes] => new PyBytes(bytes.Data, mutable: true),
        [string text, string encoding] => new PyBytes(((PyBytes)Encode(function, [text, encoding])).Data, mutable: true),
        _ => throw Wrong(function),
    };

    // Protocol 2 has no bytes: they travel as text whose characters are the bytes.
    private object Encode(PyGlobal function, object?[] arguments)
    {
        if (arguments is not [string text, "latin1"])
            throw Wrong(function);
        var bytes = new byte[text.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = text[i] <= 0xFF ? (byte)text[i] : throw Wrong(function);
        return new PyBytes(bytes);
    }

    private PyDevice MakeDevice(PyGlobal function, object?[] arguments) => arguments switch
    {
        [string type] => new PyDevice(type, null),
        [string type, long index and >= 0 and <= int.MaxValue] => new PyDevice(type, (int)index),
        _ => throw Wrong(function),
    };

    // A tensor that carried Python attributes: the function that makes it, its class, the arguments, and the attributes, which are dropped.
    private object RebuildFromType(PyGlobal function, object?[] arguments)
    {
        if (arguments is not [PyGlobal maker, PyGlobal { Kind: PyGlobalKind.TensorClass or PyGlobalKind.Parameter } type, PyTuple inner, _]
            || _tensors.Invoke(maker, inner.Items) is not { } made)
            throw Wrong(function);
        return type.Kind == PyGlobalKind.Parameter && made is TensorRecord { IsParameter: false } tensor ? _tensors.AsParameter(tensor, tensor.RequiresGrad) : made;
    }
}
