using Facula.Serialization;

namespace Facula.Tests.Serialization;

/// <summary>Files written here are read by real PyTorch and NumPy.</summary>
public class PythonRoundTripTests
{
    private static readonly (StoredType Type, string Name)[] Types =
    [
        (StoredType.Float32, "float32"), (StoredType.Float64, "float64"), (StoredType.Float16, "float16"), (StoredType.BFloat16, "bfloat16"),
        (StoredType.Int64, "int64"), (StoredType.Int32, "int32"), (StoredType.Int16, "int16"), (StoredType.Int8, "int8"), (StoredType.UInt8, "uint8"),
        (StoredType.Bool, "bool"), (StoredType.Complex64, "complex64"), (StoredType.Complex128, "complex128"),
    ];

    private static StorageRecord Storage(byte[] bytes) => new("", "cpu", bytes.Length) { Data = new MemoryByteSource("memory", bytes) };

    // 0x3C bytes are fine in every type: ordinary numbers in floats, 60 in small integers.
    private static byte[] Sample(StoredType type, int count) =>
        [.. Enumerable.Range(0, count * type.Size()).Select(i => type == StoredType.Bool ? (byte)(i % 2) : (byte)(0x3C + i % 3))];

    private static PyKey Key(object value) => PyKey.TryCreate(value, out PyKey key) ? key : default;

    [PythonFact]
    public void Checkpoints_load_in_pytorch_also_with_weights_only()
    {
        using var folder = new TemporaryFolder();
        var dict = new PyDict(PyDictKind.OrderedDict);
        foreach (var (type, name) in Types)
            dict.Items[Key(name)] = new TensorRecord { Storage = Storage(Sample(type, 6)), Type = type, Offset = 0, Sizes = [2, 3], Strides = [3, 1] };
        StorageRecord shared = Storage(Sample(StoredType.Float32, 6));
        dict.Items[Key("w")] = new TensorRecord { Storage = shared, Type = StoredType.Float32, Offset = 0, Sizes = [2, 3], Strides = [3, 1], RequiresGrad = true, IsParameter = true };
        dict.Items[Key("w.t")] = new TensorRecord { Storage = shared, Type = StoredType.Float32, Offset = 0, Sizes = [3, 2], Strides = [1, 3] };
        dict.Items[Key("row")] = new TensorRecord { Storage = shared, Type = StoredType.Float32, Offset = 3, Sizes = [3], Strides = [1] };
        dict.Attributes = new PyDict(PyDictKind.Dict);
        dict.Attributes.Items[Key("_metadata")] = new PyDict(PyDictKind.OrderedDict);
        AtomicFile.Write(folder["a.pt"], handle => TorchZipWriter.Write(ByteSink.To(handle), dict));
        string printed = PythonBridge.Run("""
            import sys, torch
            for weights_only in (False, True):
                d = torch.load(sys.argv[1], weights_only=weights_only)
                assert type(d).__name__ == "OrderedDict" and d._metadata == {}
                for name in sys.argv[2].split(","):
                    t = d[name]
                    assert str(t.dtype) == "torch." + name and t.shape == (2, 3), name
                    raw = bytes(t.contiguous().view(torch.uint8).flatten().tolist()) if not t.is_complex() else bytes(torch.view_as_real(t).view(torch.uint8).flatten().tolist())
                    assert raw == bytes(i % 2 if name == "bool" else 0x3C + i % 3 for i in range(len(raw))), name
                w = d["w"]
                assert type(w) is torch.nn.Parameter and w.requires_grad
                assert d["w.t"].data_ptr() == w.data_ptr() == d["row"].data_ptr() - 12 and d["w.t"].stride() == (1, 3)
                assert torch.equal(d["w.t"], w.detach().t()) and torch.equal(d["row"], w.detach()[1])
            print("ok")
            """, folder["a.pt"], string.Join(',', Types.Select(type => type.Name)));
        Assert.Equal("ok", printed);
    }

    [PythonFact]
    public void Every_value_of_the_model_loads_in_python()
    {
        using var folder = new TemporaryFolder();
        var counter = new PyDict(PyDictKind.Counter);
        counter.Items[Key(30L)] = 1L;
        var set = new PySet(frozen: true);
        set.Items[Key("a")] = null;
        var list = new PyList([null, true, 1L, -129L, 70_000L, long.MinValue, System.Numerics.BigInteger.Pow(2, 70), 0.1, double.NaN, "ü", new System.Numerics.Complex(1, 2),
            new PyTuple([]), new PyTuple([1L]), new PyTuple([1L, 2L, 3L, 4L]), new PySize([2, 3]), new PyDevice("cuda", 1), new PyDType(StoredType.BFloat16), new PyLayout("torch.strided"),
            new PyBytes([0, 200]), new PyBytes([]), new PyBytes([1], mutable: true), counter, set]);
        list.Items.Add(new PyTuple([list.Items[17], list.Items[17]]));
        AtomicFile.Write(folder["a.pt"], handle => TorchZipWriter.Write(ByteSink.To(handle), list), sync: false);
        Assert.Equal("""[None, True, 1, -129, 70000, -9223372036854775808, 1180591620717411303424, 0.1, nan, 'ü', (1+2j), (), (1,), (1, 2, 3, 4), torch.Size([2, 3]), device(type='cuda', index=1), torch.bfloat16, torch.strided, b'\x00\xc8', b'', bytearray(b'\x01'), Counter({30: 1}), frozenset({'a'}), (torch.strided, torch.strided)]""",
            PythonBridge.Run("import sys, torch; sys.stdout.reconfigure(encoding='utf-8'); print(torch.load(sys.argv[1]))", folder["a.pt"]));
    }

    [PythonFact]
    public void What_python_writes_of_odd_things_is_read()
    {
        using var folder = new TemporaryFolder();
        PythonBridge.Run("""
            import sys, torch, numpy as np, collections
            p = torch.nn.Parameter(torch.ones(2)); p.note = 3
            torch.save({"counter": collections.Counter({1: 2}), "default": collections.defaultdict(list, {1: [2]}), "f8": np.float64(2.5), "i4": np.int32(-7),
                "array": np.arange(6, dtype=">i2").reshape(2, 3).T, "set": {1}, "frozen": frozenset([1]), "bytes": b"a\xff", "sparse": torch.eye(2).to_sparse(),
                "conj": torch.view_as_complex(torch.arange(4.).view(2, 2)).conj(), "storage": torch.arange(3.).storage(), "p": p,
                "odd": torch.arange(10, dtype=torch.uint8)[:8].view(torch.int32)}, sys.argv[1])
            torch.save([torch.arange(5.)[1:3], torch.arange(6)], sys.argv[2], _use_new_zipfile_serialization=False)
            """, folder["odd.pt"], folder["legacy.pt"]);
        using var source = FileByteSource.Open(folder["odd.pt"]);
        var dict = Assert.IsType<PyDict>(TorchZip.Read(source).Root);
        object? Item(string key) => dict.Items[Key(key)];
        Assert.Equal("Counter{Int64 1: Int64 2}/None", PickleTests.Describe(Item("counter")));
        Assert.Equal("DefaultDict{Int64 1: [Int64 2]}/None", PickleTests.Describe(Item("default")));
        Assert.Equal(2.5, Item("f8"));
        Assert.Equal(-7L, Item("i4"));
        var array = Assert.IsType<NdArrayRecord>(Item("array"));
        Assert.Equal((StoredType.Int16, true, true, "3,2"), (array.Type, array.BigEndian, array.FortranOrder, string.Join(',', array.Sizes)));
        Assert.Equal("bytes(False, 61FF)", PickleTests.Describe(Item("bytes")));
        Assert.Equal([2, 2], Assert.IsType<SparseRecord>(Item("sparse")).Sizes);
        Assert.Equal(3, Assert.IsType<TypedStorage>(Item("storage")).Elements);
        Assert.Equal("tensor(Int32, [2], [1], 0, False, False, 0001020304050607)", PickleTests.Describe(Item("odd")));
        using var legacy = FileByteSource.Open(folder["legacy.pt"]);
        Assert.Equal("[tensor(Float32, [2], [1], 1, False, False, 0000803F00000040), tensor(Int64, [6], [1], 0, False, False, "
            + string.Concat(Enumerable.Range(0, 6).Select(i => $"{i:X2}00000000000000")) + ")]", PickleTests.Describe(TorchLegacy.Read(legacy).Root));
    }

    [PythonFact]
    public void Arrays_load_in_numpy_and_safetensors_by_the_specification()
    {
        using var folder = new TemporaryFolder();
        var arrays = Types.Where(type => type.Type != StoredType.BFloat16)
            .Select(type => new StoredArray(type.Name, type.Type, [2, 3], new MemoryByteSource("memory", Sample(type.Type, 6)))).ToList();
        AtomicFile.Write(folder["a.npz"], handle => NpzArchive.Write(ByteSink.To(handle), arrays, compressed: false), sync: false);
        AtomicFile.Write(folder["b.npz"], handle => NpzArchive.Write(ByteSink.To(handle), arrays, compressed: true), sync: false);
        arrays.RemoveAll(array => array.Type == StoredType.Complex128);   // safetensors has no such type
        AtomicFile.Write(folder["a.safetensors"], handle => SafeTensorsWriter.Write(ByteSink.To(handle), arrays, [new("format", "pt"), new("ü", "\"q\"")]), sync: false);
        string printed = PythonBridge.Run("""
            import sys, json, struct, numpy as np
            def raw(name, size):
                return bytes(i % 2 if name == "bool" else 0x3C + i % 3 for i in range(6 * size))
            for path in sys.argv[1:3]:
                z = np.load(path)
                for name in z.files:
                    assert str(z[name].dtype) == name and z[name].shape == (2, 3) and z[name].tobytes() == raw(name, z[name].itemsize), name
            data = open(sys.argv[3], "rb").read()
            n = struct.unpack("<Q", data[:8])[0]
            assert (8 + n) % 8 == 0 and data[8:9] == b"{"
            header = json.loads(data[8:8 + n].decode("utf-8"))
            assert header.pop("__metadata__") == {"format": "pt", "ü": '"q"'}
            at = 0
            for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
                begin, end = entry["data_offsets"]
                assert begin == at and entry["shape"] == [2, 3] and data[8 + n + begin:8 + n + end] == raw(name, (end - begin) // 6), name
                assert begin % ((end - begin) // 6) == 0
                at = end
            assert at == len(data) - 8 - n
            print(len(header))
            """, folder["a.npz"], folder["b.npz"], folder["a.safetensors"]);
        Assert.Equal(arrays.Count.ToString(), printed);
    }
}
