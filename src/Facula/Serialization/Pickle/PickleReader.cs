using System.Numerics;

namespace Facula.Serialization;

/// <summary>
/// Interprets a pickle as data. Instructions and names form a closed set (<see cref="PickleOpcode"/>, <see cref="PickleGlobals"/>);
/// no type is created by name and no code runs, so there is nothing that an unsafe mode could switch on.
/// </summary>
/// <remarks>
/// Every length is checked against the bytes left before memory is taken, every operand's type before it is used, and all objects are
/// charged to a budget, because a byte of a pickle can stand for an object of a hundred bytes.
/// </remarks>
internal sealed class PickleReader
{
    public const int HighestProtocol = 5;
    private const int LongestName = 512;
    private const int LongestInteger = 4096;
    private const long FreeMemory = 256L << 20;

    private readonly ByteCursor _cursor;
    private readonly Func<PyTuple, object> _persistentLoad;
    private readonly PickleCalls _calls;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private long _budget;
    private long _opcodeAt;

    /// <param name="cursor">Where the pickle begins.</param>
    /// <param name="persistentLoad">Makes the value of a persistent id, which PyTorch uses for storages.</param>
    public PickleReader(ByteCursor cursor, Func<PyTuple, object> persistentLoad)
    {
        _cursor = cursor;
        _persistentLoad = persistentLoad;
        _budget = FreeMemory + 2 * Math.Min(cursor.Source.Length, long.MaxValue / 4);
        _calls = new PickleCalls(Corrupt);
    }

    /// <summary>Reads one pickle up to its STOP; the cursor stands behind it.</summary>
    public object? Read()
    {
        while (true)
        {
            _opcodeAt = _cursor.Position;
            if (_cursor.Left == 0)
                throw Corrupt("the pickle ends without STOP");
            var opcode = (PickleOpcode)_cursor.ReadByte();
            if (opcode == PickleOpcode.Stop)
                return Finish();
            Execute(opcode);
        }
    }

    private object? Finish()
    {
        if (_stack.Count != 1 || _marks.Count != 0)
            throw Corrupt($"the pickle stops with {_stack.Count} values on its stack instead of one");
        PickleShape.Check(_stack[0], Corrupt);
        return _stack[0];
    }

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto: CheckProtocol(); break;
            case PickleOpcode.Frame: _cursor.CheckLeft(_cursor.ReadUInt64(), "a frame"); break;
            case PickleOpcode.None: Push(null); break;
            case PickleOpcode.NewTrue: Push(true); break;
            case PickleOpcode.NewFalse: Push(false); break;
            case PickleOpcode.BinInt: PushNew((long)_cursor.ReadInt32(), 24); break;
            case PickleOpcode.BinInt1: PushNew((long)_cursor.ReadByte(), 24); break;
            case PickleOpcode.BinInt2: PushNew((long)_cursor.ReadUInt16(), 24); break;
            case PickleOpcode.Long1: PushInteger(_cursor.ReadByte()); break;
            case PickleOpcode.Long4: PushInteger(_cursor.ReadUInt32()); break;
            case PickleOpcode.BinFloat: PushNew(_cursor.ReadDoubleBigEndian(), 24); break;
            case PickleOpcode.BinUnicode: PushText(_cursor.ReadUInt32()); break;
            case PickleOpcode.ShortBinUnicode: PushText(_cursor.ReadByte()); break;
            case PickleOpcode.BinUnicode8: PushText(_cursor.ReadUInt64()); break;
            case PickleOpcode.BinString: PushOldString(_cursor.ReadUInt32()); break;
            case PickleOpcode.ShortBinString: PushOldString(_cursor.ReadByte()); break;
            case PickleOpcode.BinBytes: PushBytes(_cursor.ReadUInt32(), mutable: false); break;
            case PickleOpcode.ShortBinBytes: PushBytes(_cursor.ReadByte(), mutable: false); break;
            case PickleOpcode.BinBytes8: PushBytes(_cursor.ReadUInt64(), mutable: false); break;
            case PickleOpcode.ByteArray8: PushBytes(_cursor.ReadUInt64(), mutable: true); break;
            case PickleOpcode.EmptyTuple: PushNew(new PyTuple([]), 64); break;
            case PickleOpcode.EmptyList: PushNew(new PyList([]), 64); break;
            case PickleOpcode.EmptyDict: PushNew(new PyDict(PyDictKind.Dict), 160); break;
            case PickleOpcode.EmptySet: PushNew(new PySet(frozen: false), 160); break;
            case PickleOpcode.Mark: Charge(4); _marks.Add(_stack.Count); break;
            case PickleOpcode.Pop: PopOrUnmark(); break;
            case PickleOpcode.PopMark: PopToMark(); break;
            case PickleOpcode.Dup: Push(Top()); break;
            case PickleOpcode.Tuple: PushTuple(PopToMark()); break;
            case PickleOpcode.Tuple1: PushTuple(PopMany(1)); break;
            case PickleOpcode.Tuple2: PushTuple(PopMany(2)); break;
            case PickleOpcode.Tuple3: PushTuple(PopMany(3)); break;
            case PickleOpcode.Append: Append([Pop()]); break;
            case PickleOpcode.Appends: Append(PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;
            case PickleOpcode.AddItems: AddItems(PopToMark()); break;
            case PickleOpcode.FrozenSet: PushFrozenSet(PopToMark()); break;
            case PickleOpcode.BinPut: Memoize(_cursor.ReadByte()); break;
            case PickleOpcode.LongBinPut: Memoize(_cursor.ReadUInt32()); break;
            case PickleOpcode.Memoize: Memoize((uint)_memo.Count); break;
            case PickleOpcode.BinGet: Recall(_cursor.ReadByte()); break;
            case PickleOpcode.LongBinGet: Recall(_cursor.ReadUInt32()); break;
            case PickleOpcode.Global: PushGlobal(_cursor.ReadLine(LongestName, "a module name"), _cursor.ReadLine(LongestName, "a name")); break;
            case PickleOpcode.StackGlobal: PushStackGlobal(); break;
            case PickleOpcode.Reduce:
            case PickleOpcode.NewObj: Call(); break;
            case PickleOpcode.Build: Build(); break;
            case PickleOpcode.BinPersId: PushPersistent(); break;
            default: throw Corrupt($"instruction 0x{(byte)opcode:x2} is not one that PyTorch's files use");
        }
    }

    private InvalidDataException Corrupt(string reason) => _cursor.Source.Corrupt(_opcodeAt, reason);

    private void Charge(long bytes)
    {
        if ((_budget -= bytes) < 0)
            throw Corrupt("the pickle unfolds to far more memory than its own size");
    }

    private void Push(object? value)
    {
        Charge(8);
        _stack.Add(value);
    }

    private void PushNew(object value, long bytes)
    {
        Charge(bytes);
        Push(value);
    }

    private object? Top()
    {
        CheckDepth(1);
        return _stack[^1];
    }

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        CheckDepth(count);
        return PopFrom(_stack.Count - count);
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw Corrupt("an instruction needs a MARK, and there is none");
        int start = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return PopFrom(start);
    }

    private void PopOrUnmark()
    {
        if (_marks.Count > 0 && _marks[^1] == _stack.Count)
            _marks.RemoveAt(_marks.Count - 1);
        else
            Pop();
    }

    private object?[] PopFrom(int start)
    {
        var items = new object?[_stack.Count - start];
        _stack.CopyTo(start, items, 0, items.Length);
        _stack.RemoveRange(start, items.Length);
        return items;
    }

    // Values below the innermost MARK are out of reach until it is taken away.
    private void CheckDepth(int count)
    {
        if (_stack.Count - (_marks.Count == 0 ? 0 : _marks[^1]) < count)
            throw Corrupt("an instruction needs more values than the stack holds");
    }

    private void CheckProtocol()
    {
        int protocol = _cursor.ReadByte();
        if (protocol > HighestProtocol)
            throw Corrupt($"pickle protocol {protocol} is unknown; {HighestProtocol} is the highest");
    }

    private void PushInteger(ulong length)
    {
        if (length > LongestInteger)
            throw Corrupt($"an integer of {length} bytes is too long");
        PushNew(PyKey.PyInteger(new BigInteger(_cursor.ReadBytes(length, "an integer"))), 56 + (long)length);
    }

    private void PushText(ulong length)
    {
        _cursor.CheckLeft(length, "text");
        Charge(32 + 2 * (long)length);
        Push(_cursor.ReadUtf8(length, "text"));
    }

    // Python 2's strings are text or bytes, which only the content can tell.
    private void PushOldString(ulong length)
    {
        byte[] bytes = ReadBytes(length);
        Push(System.Text.Unicode.Utf8.IsValid(bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : new PyBytes(bytes));
    }

    private void PushBytes(ulong length, bool mutable) => Push(new PyBytes(ReadBytes(length), mutable));

    private byte[] ReadBytes(ulong length)
    {
        _cursor.CheckLeft(length, "bytes");
        Charge(64 + (long)length);
        return _cursor.ReadBytes(length, "bytes");
    }

    private void PushTuple(object?[] items) => PushNew(new PyTuple(items), 64 + 8 * items.Length);

    private void Append(ReadOnlySpan<object?> items)
    {
        if (Top() is not PyList list)
            throw Corrupt("APPEND to something that is not a list");
        Charge(16 * items.Length);
        list.Items.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not PyDict dict)
            throw Corrupt("SETITEM on something that is not a dictionary");
        if (items.Length % 2 != 0)
            throw Corrupt("SETITEMS with a key that has no value");
        Charge(64 * (items.Length / 2));
        for (int i = 0; i < items.Length; i += 2)
            dict.Items[Key(items[i])] = items[i + 1];
    }

    private void AddItems(object?[] items)
    {
        if (Top() is not PySet { Frozen: false } set)
            throw Corrupt("ADDITEMS on something that is not a set");
        AddAll(set, items);
    }

    private void PushFrozenSet(object?[] items)
    {
        var set = new PySet(frozen: true);
        AddAll(set, items);
        PushNew(set, 160);
    }

    private void AddAll(PySet set, object?[] items)
    {
        Charge(64 * items.Length);
        foreach (object? item in items)
            set.Items[Key(item)] = null;
    }

    private PyKey Key(object? value) =>
        PyKey.TryCreate(value, out PyKey key) ? key : throw Corrupt("a dictionary or set holds a key that cannot be hashed");

    private void Memoize(uint index)
    {
        Charge(48);
        _memo[index] = Top();
    }

    private void Recall(uint index)
    {
        if (!_memo.TryGetValue(index, out object? value))
            throw Corrupt($"memo entry {index} has never been stored");
        Push(value);
    }

    private void PushStackGlobal()
    {
        object?[] names = PopMany(2);
        if (names is not [string module, string name])
            throw Corrupt("STACK_GLOBAL needs two strings");
        PushGlobal(module, name);
    }

    private void PushGlobal(string module, string name) =>
        PushNew(PickleGlobals.Find(module, name) ?? throw ForeignClass.Refuse(_cursor, _opcodeAt, $"{module}.{name}", _stack), 48);

    private void Call()
    {
        object?[] call = PopMany(2);
        if (call is not [PyGlobal function, PyTuple arguments])
            throw Corrupt("a call needs a known function and a tuple of arguments");
        Charge(256);
        Push(_calls.Invoke(function, arguments.Items));
    }

    private void Build()
    {
        object? state = Pop();
        _calls.Build(Top(), state);
    }

    private void PushPersistent()
    {
        if (Pop() is not PyTuple id)
            throw Corrupt("a persistent id is not a tuple");
        Charge(128);
        Push(_persistentLoad(id));
    }
}
