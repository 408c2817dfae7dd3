using System.Numerics;
using System.Text;
using Facula.Serialization;

namespace Facula.Tests.Serialization;

public class PickleTests
{
    private static object? Read(ReadOnlySpan<byte> pickle)
    {
        var source = new MemoryByteSource("x.pkl", pickle.ToArray());
        return new PickleReader(new ByteCursor(source), new StorageTable(source, legacy: false).Load).Read();
    }

    private static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    private static string Refused(ReadOnlySpan<byte> pickle)
    {
        byte[] bytes = pickle.ToArray();
        string message = Assert.Throws<InvalidDataException>(() => Read(bytes)).Message;
        Assert.StartsWith("x.pkl: offset ", message);
        return message;
    }

    private static PyKey Key(object? value)
    {
        Assert.True(PyKey.TryCreate(value, out PyKey key));
        return key;
    }

    [Fact]
    public void Keys_compare_as_in_python()
    {
        var dict = new PyDict(PyDictKind.Dict);
        dict.Items[Key(1L)] = "one";
        Assert.Equal("one", dict.Items[Key(1.0)]);
        Assert.Equal("one", dict.Items[Key(true)]);
        Assert.Equal("one", dict.Items[Key(new Complex(1, 0))]);
        Assert.False(dict.Items.ContainsKey(Key("1")));
        Assert.Equal(Key(new PyTuple([1L, null])), Key(new PyTuple([1.0, null])));
        Assert.Equal(Key(BigInteger.Pow(2, 70)), Key(Math.Pow(2, 70)));
        Assert.False(PyKey.TryCreate(new PyTuple([new PyList([])]), out _));
    }

    [Fact]
    public void Cycles_depth_and_bare_classes_are_refused()
    {
        Assert.Contains("holds itself", Refused(Bytes("\u0080\u0002]q\0h\0a.")));
        Assert.Contains("holds itself", Refused(Bytes("]q\0h\0\u0085a.")));
        Assert.Contains("nested more than", Refused(Bytes(")" + new string('\u0085', 1500) + ".")));
        Assert.Contains("torch.Size", Refused("ctorch\nSize\n."u8));
    }

    [Fact]
    public void Shared_tuples_that_unfold_exponentially_stay_small()
    {
        // Each level holds the one below twice: 2^200 paths, 200 objects.
        var pickle = new StringBuilder(")");
        for (int i = 0; i < 200; i++)
            pickle.Append("2\u0086");
        Assert.IsType<PyTuple>(Read(Bytes(pickle + ".")));
        Assert.Contains("hashed", Refused(Bytes("}" + pickle + "Ns.")));
    }

    [Fact]
    public void Memory_is_bounded_by_the_budget()
    {
        var pickle = new byte[12_000_000];
        pickle.AsSpan().Fill((byte)'}');
        Assert.Contains("more memory", Refused(pickle));
    }

    [Fact]
    public void Modules_are_refused_with_their_class_and_the_line_that_helps()
    {
        var file = GoldenFiles.Find("whole_module.zip.pt");
        var source = new MemoryByteSource("/models/net.pt", GoldenFiles.Bytes(file));
        string message = Assert.Throws<InvalidDataException>(() => TorchZip.Read(source)).Message;
        Assert.Contains("'torch.nn.modules.linear.Linear'", message);
        Assert.Contains("torch.save(torch.load(\"net.pt\", weights_only=False).state_dict(), \"net_state_dict.pt\")", message);
        string inDictionary = Refused(Bytes("\u0080\u0002}X\u0005\0\0\0modelcmine\nNet\n)\u0081}(X\u0008\0\0\0training\u0088X\u000b\0\0\0_parametersNub."));
        Assert.Contains("'mine.Net'", inDictionary);
        Assert.Contains("c[\"model\"] = c[\"model\"].state_dict()", inDictionary);
    }

    [Fact]
    public void Everything_that_is_written_is_read_back()
    {
        var shared = new PyList([1L, 2L]);
        var dict = new PyDict(PyDictKind.OrderedDict);
        dict.Items[Key("a")] = shared;
        dict.Items[Key(new PyTuple([1L, "b"]))] = new PyTuple([shared, null, true, 2.5]);
        dict.Attributes = new PyDict(PyDictKind.Dict);
        dict.Attributes.Items[Key("_metadata")] = "kept";
        var set = new PySet(frozen: false);
        set.Items[Key(3L)] = null;
        var root = new PyList([dict, set, new PySize([2, 3]), new PyDevice("cuda", 1), new PyDevice("cpu", null), new PyDType(StoredType.BFloat16),
            new PyLayout("torch.strided"), new PyBytes([0, 255]), new PyBytes([]), new PyBytes([7], mutable: true), new Complex(1, -2),
            long.MinValue, long.MaxValue, 255L, 256L, 65536L, -1L, BigInteger.Pow(-3, 100), "text ✓", new string('x', 70_000), shared]);
        using var stream = new MemoryStream();
        new PickleWriter(ByteSink.To(stream)).WriteAll(root);
        var read = Assert.IsType<PyList>(Read(stream.ToArray()));
        Assert.Equal(Describe(root), Describe(read));
        Assert.Same(((PyDict)read.Items[0]!).Items[Key("a")], read.Items[^1]);
    }

    internal static string Describe(object? value) => value switch
    {
        PyList list => $"[{string.Join(", ", list.Items.Select(Describe))}]",
        PyTuple tuple => $"({string.Join(", ", tuple.Items.Select(Describe))})",
        PyDict dict => $"{dict.Kind}{{{string.Join(", ", dict.Items.Select(item => $"{Describe(item.Key.Value)}: {Describe(item.Value)}"))}}}/{Describe(dict.Attributes)}",
        PySet set => $"set({set.Frozen}, {string.Join(", ", set.Items.Keys.Select(key => Describe(key.Value)))})",
        PyBytes bytes => $"bytes({bytes.Mutable}, {Convert.ToHexString(bytes.Data)})",
        PySize size => $"Size({string.Join(", ", size.Sizes)})",
        TensorRecord tensor => $"tensor({tensor.Type}, [{string.Join(", ", tensor.Sizes)}], [{string.Join(", ", tensor.Strides)}], {tensor.Offset}, "
            + $"{tensor.RequiresGrad}, {tensor.IsParameter}, {Convert.ToHexString(NeutralValues.Elements(tensor))})",
        null => "None",
        _ => $"{value.GetType().Name} {value}",
    };
}
