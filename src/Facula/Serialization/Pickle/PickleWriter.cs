using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Facula.Serialization;

/// <summary>Writes the closed set of values as a pickle of protocol 2, in the form that <c>torch.save</c> gives them.</summary>
/// <remarks>Objects that occur twice are written once and recalled, so that tied weights stay tied and shared lists shared.</remarks>
internal sealed class PickleWriter(ByteSink sink)
{
    private readonly Dictionary<object, int> _memo = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<string, int> _texts = [];
    private readonly List<StorageRecord> _storages = [];
    private readonly Dictionary<StorageRecord, string> _keys = [];
    private int _memoized;
    private int _depth;

    /// <summary>The storages in the order of their keys "0", "1", …; the archive holds them in this order.</summary>
    public IReadOnlyList<StorageRecord> Storages => _storages;

    public void WriteAll(object? value)
    {
        Emit(PickleOpcode.Proto);
        sink.Write([2]);
        Write(value);
        Emit(PickleOpcode.Stop);
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null: Emit(PickleOpcode.None); break;
            case bool flag: Emit(flag ? PickleOpcode.NewTrue : PickleOpcode.NewFalse); break;
            case long number: WriteInteger(number); break;
            case BigInteger number: WriteLong(number); break;
            case double number: WriteFloat(number); break;
            case string text: WriteText(text); break;
            case Complex number: Call("__builtin__", "complex", number.Real, number.Imaginary); break;
            case PyBytes bytes: WriteBytes(bytes); break;
            case PySize size: Call("torch", "Size", Sizes(size.Sizes)); break;
            case PyDType type: WriteGlobal("torch", type.Type.TorchName()); break;
            case PyDevice { Index: { } index } device: Call("torch", "device", device.Type, (long)index); break;
            case PyDevice device: Call("torch", "device", device.Type); break;
            case PyLayout layout: Call("torch.serialization", "_get_layout", layout.Name); break;
            default: WriteShared(value); break;
        }
    }

    private void WriteShared(object value)
    {
        if (_memo.TryGetValue(value, out int index))
        {
            Recall(index);
            return;
        }
        if (++_depth > PickleShape.DeepestNesting)
            throw new ArgumentException($"torch.save: containers are nested more than {PickleShape.DeepestNesting} deep, or one holds itself");
        switch (value)
        {
            case PyTuple tuple:
                WriteTuple(tuple.Items);
                Memoize(value);
                break;
            case PyList list: WriteList(list); break;
            case PyDict dict: WriteDict(dict); break;
            case PySet set:
                Call("__builtin__", set.Frozen ? "frozenset" : "set", new PyList([.. set.Items.Keys.Select(key => key.Value)]));
                Memoize(value);
                break;
            case TensorRecord tensor:
                WriteTensor(tensor);
                Memoize(value);
                break;
            case SparseRecord sparse:
                Call("torch._utils", "_rebuild_sparse_tensor", new PyLayout("torch.sparse_coo"),
                    new PyTuple([sparse.Indices, sparse.Values, new PySize(sparse.Sizes)]));
                Memoize(value);
                break;
            default:
                throw new ArgumentException($"torch.save: values of type {value.GetType()} cannot be saved");
        }
        _depth--;
    }

    private void WriteList(PyList list)
    {
        Emit(PickleOpcode.EmptyList);
        Memoize(list);
        if (list.Items.Count == 0)
            return;
        Emit(PickleOpcode.Mark);
        foreach (object? item in list.Items)
            Write(item);
        Emit(PickleOpcode.Appends);
    }

    private void WriteDict(PyDict dict)
    {
        switch (dict.Kind)
        {
            case PyDictKind.OrderedDict:
                Call("collections", "OrderedDict");
                break;
            case PyDictKind.Counter:
                // Counter's constructor counts; given a dictionary it takes the counts over.
                WriteGlobal("collections", "Counter");
                WriteItems(dict, () => Emit(PickleOpcode.EmptyDict));
                Emit(PickleOpcode.Tuple1);
                Emit(PickleOpcode.Reduce);
                Memoize(dict);
                return;
            default:
                Emit(PickleOpcode.EmptyDict);
                break;
        }
        Memoize(dict);
        WriteItems(dict, () => { });
        if (dict.Attributes is not { } attributes)
            return;
        Write(attributes);
        Emit(PickleOpcode.Build);
    }

    private void WriteItems(PyDict dict, Action begin)
    {
        begin();
        if (dict.Items.Count == 0)
            return;
        Emit(PickleOpcode.Mark);
        foreach (var (key, value) in dict.Items)
        {
            Write(key.Value);
            Write(value);
        }
        Emit(PickleOpcode.SetItems);
    }

    private void WriteTensor(TensorRecord tensor)
    {
        if (tensor.IsParameter)
        {
            WriteGlobal("torch._utils", "_rebuild_parameter");
            WriteStrided(tensor, requiresGrad: false);
            Write(tensor.RequiresGrad);
            Call("collections", "OrderedDict");
            Emit(PickleOpcode.Tuple3);
            Emit(PickleOpcode.Reduce);
            return;
        }
        WriteStrided(tensor, tensor.RequiresGrad);
    }

    private void WriteStrided(TensorRecord tensor, bool requiresGrad)
    {
        string storageClass = tensor.Type.StorageClass()
            ?? throw new ArgumentException($"torch.save: PyTorch has no storage class for {tensor.Type.TorchName()}");
        WriteGlobal("torch._utils", "_rebuild_tensor_v2");
        Emit(PickleOpcode.Mark);
        Emit(PickleOpcode.Mark);
        WriteText("storage");
        WriteGlobal("torch", storageClass);
        WriteText(Key(tensor.Storage));
        WriteText(tensor.Storage.Location);
        WriteInteger(tensor.Storage.ByteLength / tensor.Type.Size());
        Emit(PickleOpcode.Tuple);
        Emit(PickleOpcode.BinPersId);
        WriteInteger(tensor.Offset);
        Write(Sizes(tensor.Sizes));
        Write(Sizes(tensor.Strides));
        Write(requiresGrad);
        Call("collections", "OrderedDict");
        if (tensor.Conjugate || tensor.Negative)
            Write(Flags(tensor));
        Emit(PickleOpcode.Tuple);
        Emit(PickleOpcode.Reduce);
    }

    private static PyDict Flags(TensorRecord tensor)
    {
        var flags = new PyDict(PyDictKind.Dict);
        PyKey.TryCreate("conj", out PyKey conjugate);
        PyKey.TryCreate("neg", out PyKey negative);
        flags.Items[conjugate] = tensor.Conjugate;
        flags.Items[negative] = tensor.Negative;
        return flags;
    }

    private string Key(StorageRecord storage)
    {
        if (!_keys.TryGetValue(storage, out string? key))
        {
            _keys[storage] = key = _storages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            _storages.Add(storage);
        }
        return key;
    }

    private static PyTuple Sizes(long[] sizes) => new(Array.ConvertAll(sizes, size => (object?)size));

    private void Call(string module, string name, params object?[] arguments)
    {
        WriteGlobal(module, name);
        WriteTuple(arguments);
        Emit(PickleOpcode.Reduce);
    }

    private void WriteTuple(object?[] items)
    {
        if (items.Length == 0)
        {
            Emit(PickleOpcode.EmptyTuple);
            return;
        }
        if (items.Length > 3)
            Emit(PickleOpcode.Mark);
        foreach (object? item in items)
            Write(item);
        Emit(items.Length switch { 1 => PickleOpcode.Tuple1, 2 => PickleOpcode.Tuple2, 3 => PickleOpcode.Tuple3, _ => PickleOpcode.Tuple });
    }

    private void WriteGlobal(string module, string name)
    {
        string full = $"{module}\n{name}\n";
        if (_names.TryGetValue(full, out int index))
        {
            Recall(index);
            return;
        }
        Emit(PickleOpcode.Global);
        sink.Write(Encoding.ASCII.GetBytes(full));
        _names[full] = Memoize();
    }

    private void WriteInteger(long value)
    {
        Span<byte> bytes = stackalloc byte[5];
        switch (value)
        {
            case >= 0 and <= 0xFF:
                Emit(PickleOpcode.BinInt1);
                sink.Write([(byte)value]);
                break;
            case >= 0 and <= 0xFFFF:
                Emit(PickleOpcode.BinInt2);
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
                sink.Write(bytes[..2]);
                break;
            case >= int.MinValue and <= int.MaxValue:
                Emit(PickleOpcode.BinInt);
                BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value);
                sink.Write(bytes[..4]);
                break;
            default:
                WriteLong(value);
                break;
        }
    }

    private void WriteLong(BigInteger value)
    {
        byte[] bytes = value.ToByteArray();
        if (bytes.Length > 255)
            throw new ArgumentException($"torch.save: an integer of {bytes.Length} bytes is too long");
        Emit(PickleOpcode.Long1);
        sink.Write([(byte)bytes.Length]);
        sink.Write(bytes);
    }

    private void WriteFloat(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        Emit(PickleOpcode.BinFloat);
        sink.Write(bytes);
    }

    private void WriteText(string text)
    {
        if (_texts.TryGetValue(text, out int index))
        {
            Recall(index);
            return;
        }
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Emit(PickleOpcode.BinUnicode);
        WriteUInt32((uint)utf8.Length);
        sink.Write(utf8);
        _texts[text] = Memoize();
    }

    // Protocol 2 has no bytes: Python 3 writes them as text to be encoded again.
    private void WriteBytes(PyBytes bytes)
    {
        if (bytes.Mutable)
            Call("__builtin__", "bytearray", new PyBytes(bytes.Data));
        else if (bytes.Data.Length == 0)
            Call("__builtin__", "bytes");
        else
            Call("_codecs", "encode", Encoding.Latin1.GetString(bytes.Data), "latin1");
    }

    private void Memoize(object value) => _memo[value] = Memoize();

    private int Memoize()
    {
        if (_memoized <= 0xFF)
        {
            Emit(PickleOpcode.BinPut);
            sink.Write([(byte)_memoized]);
        }
        else
        {
            Emit(PickleOpcode.LongBinPut);
            WriteUInt32((uint)_memoized);
        }
        return _memoized++;
    }

    private void Recall(int index)
    {
        if (index <= 0xFF)
        {
            Emit(PickleOpcode.BinGet);
            sink.Write([(byte)index]);
        }
        else
        {
            Emit(PickleOpcode.LongBinGet);
            WriteUInt32((uint)index);
        }
    }

    private void WriteUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        sink.Write(bytes);
    }

    private void Emit(PickleOpcode opcode) => sink.Write([(byte)opcode]);
}
