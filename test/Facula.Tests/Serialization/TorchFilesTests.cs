using System.Numerics;
using System.Text.Json;
using Facula.Modules;
using Facula.Serialization;
using static Facula.torch;

namespace Facula.Tests.Serialization;

/// <summary>torch.save, torch.load and the other formats at the level of tensors.</summary>
public class TorchFilesTests
{
    private static Tensor Range(params long[] sizes)
    {
        long count = sizes.Aggregate(1L, (product, size) => product * size);
        return torch.tensor(Enumerable.Range(0, (int)count).Select(i => (float)i).ToArray()).view(sizes);
    }

    private static string? Difference(JsonElement expected, object? actual)
    {
        JsonProperty form = expected.EnumerateObject().First();
        bool equal = form.Name switch
        {
            "none" => actual is null,
            "b" => Equals(actual, form.Value.GetBoolean()),
            "i" => actual is long or BigInteger && BigInteger.Parse(form.Value.GetRawText()) == (actual is long number ? number : (BigInteger)actual),
            "s" => Equals(actual, form.Value.GetString()),
            "f" => actual is double && NeutralValues.Difference(expected, actual) is null,
            "dtype" => actual?.ToString() == "torch." + form.Value.GetString(),
            "t" => actual is Tensor tensor && TensorEqual(form.Value, tensor),
            "l" => actual is List<object?> list && ItemsEqual(form.Value, list),
            "tu" when expected.TryGetProperty("size", out _) => actual is torch.Size size && ItemsEqual(form.Value, [.. size.Select(extent => (object?)extent)]),
            "tu" => actual is object?[] tuple && ItemsEqual(form.Value, tuple),
            "d" => actual is OrderedDict<object, object?> dict ? PairsEqual(form.Value, dict) : actual is OrderedDict<string, Tensor> state
                && PairsEqual(form.Value, state.Select(pair => KeyValuePair.Create((object)pair.Key, (object?)pair.Value))),
            _ => false,
        };
        return equal ? null : $"{form.Name}: {actual}";
    }

    private static bool ItemsEqual(JsonElement expected, IReadOnlyList<object?> actual) =>
        expected.GetArrayLength() == actual.Count && expected.EnumerateArray().Zip(actual).All(pair => Difference(pair.First, pair.Second) is null);

    private static bool PairsEqual(JsonElement expected, IEnumerable<KeyValuePair<object, object?>> actual)
    {
        var pairs = actual.ToList();
        return expected.GetArrayLength() == pairs.Count && expected.EnumerateArray().Zip(pairs).All(pair =>
            Difference(pair.First[0], pair.Second.Key) is null && Difference(pair.First[1], pair.Second.Value) is null);
    }

    private static bool TensorEqual(JsonElement body, Tensor tensor)
    {
        bool Flag(string name) => body.TryGetProperty(name, out JsonElement value) && value.GetBoolean();
        StoredArray array = TensorArrays.Of("", tensor);
        return tensor.dtype.ToString() == "torch." + body.GetProperty("dtype").GetString()
            && tensor.shape.SequenceEqual(body.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()))
            && tensor.requires_grad == Flag("requires_grad") && tensor is Parameter == Flag("param")
            && array.Data.ToArray().AsSpan().SequenceEqual(body.GetProperty("data").GetBytesFromBase64());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Recorded_files_load_as_recorded_and_survive_saving(bool mmap)
    {
        using var folder = new TemporaryFolder();
        var failures = new List<string>();
        foreach (JsonElement item in GoldenFiles.Cases.Where(item => item.TryGetProperty("content", out _)))
        {
            string path = folder[item.GetProperty("file").GetString()!];
            File.WriteAllBytes(path, GoldenFiles.Bytes(item));
            object loaded = torch.load(path, mmap: mmap);
            torch.save(loaded, folder["again.pt"], sync: false);
            object again = torch.load(folder["again.pt"], mmap: mmap);
            using FileStream stream = File.OpenRead(path);
            foreach (object? value in (object?[])[loaded, again, torch.load(stream), torch.load(new MemoryStream(GoldenFiles.Bytes(item)))])
            {
                if (Difference(item.GetProperty("content"), value) is { } difference)
                    failures.Add($"{item.GetProperty("file")}: {difference}");
            }
        }
        Assert.Empty(failures);
    }

    [Fact]
    public void Views_share_memory_again_and_equal_objects_are_one()
    {
        using var folder = new TemporaryFolder();
        Tensor w = Range(2, 3);
        var list = new List<object?> { w, w, w.select(0, 1), w.as_strided([3, 2], [1, 3]) };
        torch.save(new Dictionary<string, object> { ["a"] = list, ["b"] = list }, folder["a.pt"]);
        var dict = torch.load<OrderedDict<string, object>>(folder["a.pt"]);
        var items = Assert.IsType<List<object?>>(dict["a"]);
        Assert.Same(items, dict["b"]);
        Assert.Same(items[0], items[1]);
        var (loaded, row, transposed) = ((Tensor)items[0]!, (Tensor)items[2]!, (Tensor)items[3]!);
        loaded.fill_(7);
        Assert.Equal([7f, 7f, 7f], row.ToArray<float>());
        Assert.Equal([3, 2], transposed.shape);
        Assert.Equal([1, 3], transposed.stride());
        Assert.Equal(7f, transposed.ToArray<float>()[5]);
        Assert.True(new FileInfo(folder["a.pt"]).Length < 2000);
    }

    [Fact]
    public void Plain_values_come_back_as_documented()
    {
        using var folder = new TemporaryFolder();
        torch.save(new object?[] { 1, 2L, 2.5f, "x", true, null, new[] { 1, 2 }, (1, "two"), new Dictionary<int, string> { [3] = "three" },
            new HashSet<string> { "s" }, new byte[] { 1, 2 }, new torch.Size(2, 3), torch.float64, torch.CPU, new Complex(1, 2), (Scalar)5, ulong.MaxValue }, folder["a.pt"]);
        var tuple = Assert.IsType<object?[]>(torch.load(folder["a.pt"]));
        Assert.Equal([1L, 2L, 2.5, "x", true, null], tuple[..6]);
        Assert.Equal([1L, 2L], Assert.IsType<List<object?>>(tuple[6]));
        Assert.Equal([1L, "two"], Assert.IsType<object?[]>(tuple[7]));
        Assert.Equal("three", Assert.IsType<OrderedDict<object, object?>>(tuple[8])[3]);
        Assert.Contains("s", Assert.IsType<HashSet<object>>(tuple[9]));
        Assert.Equal(new byte[] { 1, 2 }, tuple[10]);
        Assert.Equal(new torch.Size(2, 3), tuple[11]);
        Assert.Equal(torch.float64, tuple[12]);
        Assert.Equal(torch.CPU, tuple[13]);
        Assert.Equal(new Complex(1, 2), tuple[14]);
        Assert.Equal(5L, tuple[15]);
        Assert.Equal((BigInteger)ulong.MaxValue, tuple[16]);
        torch.save(3, folder["n.pt"]);
        Assert.Equal(3, torch.load<int>(folder["n.pt"]));
        torch.save(new List<double> { 1, 2 }, folder["l.pt"]);
        Assert.Equal([1.0, 2.0], torch.load<List<double>>(folder["l.pt"]));
        Assert.Contains("the file holds a list", Assert.Throws<InvalidCastException>(() => torch.load<Tensor>(folder["l.pt"])).Message);
    }

    [Fact]
    public void What_is_no_data_is_not_saved_and_unsafe_loading_does_not_exist()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("not plain data", Assert.Throws<ArgumentException>(() => torch.save(new Uri("http://x"), folder["a.pt"])).Message);
        var cycle = new List<object?>();
        cycle.Add(cycle);
        Assert.Contains("holds itself", Assert.Throws<ArgumentException>(() => torch.save(cycle, folder["a.pt"])).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
        Assert.Contains("no such mode", Assert.Throws<ArgumentException>(() => torch.load("none.pt", weights_only: false)).Message);
        Assert.Throws<FileNotFoundException>(() => torch.load(folder["none.pt"]));
    }

    [Fact]
    public void Locations_are_mapped()
    {
        using var folder = new TemporaryFolder();
        var storage = new StorageRecord("0", "cuda:0", 8) { Data = new MemoryByteSource("memory", new byte[8]) };
        var record = new TensorRecord { Storage = storage, Type = StoredType.Float32, Offset = 0, Sizes = [2], Strides = [1] };
        AtomicFile.Write(folder["a.pt"], handle => TorchZipWriter.Write(ByteSink.To(handle), record));
        Assert.StartsWith("Attempting to deserialize object on a CUDA device", Assert.Throws<TorchException>(() => torch.load(folder["a.pt"])).Message);
        Assert.Equal([2], torch.load<Tensor>(folder["a.pt"], map_location: "cpu").shape);
        Assert.Equal([2], torch.load<Tensor>(folder["a.pt"], map_location: torch.device("cpu")).shape);
        Assert.Equal([2], torch.load<Tensor>(folder["a.pt"], map_location: new Dictionary<string, string> { ["cuda:0"] = "cpu" }).shape);
    }

    [Fact]
    public void Mapped_tensors_may_be_changed_and_the_file_stays()
    {
        using var folder = new TemporaryFolder();
        torch.save(Range(1000), folder["a.pt"]);
        byte[] before = File.ReadAllBytes(folder["a.pt"]);
        var tensor = torch.load<Tensor>(folder["a.pt"], mmap: true);
        tensor.add_(1);
        Assert.Equal(1000f, tensor.ToArray<float>()[999]);
        Assert.Equal(before, File.ReadAllBytes(folder["a.pt"]));
        tensor.Dispose();
    }

    [Fact]
    public void Damaged_data_is_noticed_by_its_checksum()
    {
        using var folder = new TemporaryFolder();
        torch.save(Range(1000), folder["a.pt"]);
        byte[] bytes = File.ReadAllBytes(folder["a.pt"]);
        bytes[2000] ^= 1;
        File.WriteAllBytes(folder["a.pt"], bytes);
        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => torch.load(folder["a.pt"])).Message);
    }

    [Fact]
    public void Storages_larger_than_a_piece_are_read_whole()
    {
        using var folder = new TemporaryFolder();
        Tensor large = Range(3, 1_000_000);
        torch.save(new List<Tensor> { large, Range(5) }, folder["a.pt"], sync: false);
        var loaded = torch.load<List<Tensor>>(folder["a.pt"]);
        Assert.Equal(large.ToArray<float>(), loaded[0].ToArray<float>());
        Assert.Equal([0f, 1f, 2f, 3f, 4f], loaded[1].ToArray<float>());
    }

    [Fact]
    public void Safetensors_are_read_one_by_one_and_in_shards()
    {
        using var folder = new TemporaryFolder();
        var one = new OrderedDict<string, Tensor> { ["a"] = Range(2, 3), ["half"] = Range(3).to(torch.float16), ["t"] = Range(2, 2).as_strided([2, 2], [1, 2]) };
        safetensors.torch.save_file(one, folder["m-1.safetensors"], new Dictionary<string, string> { ["format"] = "pt" });
        safetensors.torch.save_file(new Dictionary<string, Tensor> { ["b"] = Range(4) }, folder["m-2.safetensors"]);
        File.WriteAllText(folder["m.safetensors.index.json"], """{"metadata": {"total_size": 46}, "weight_map": {"b": "m-2.safetensors", "a": "m-1.safetensors"}}""");
        foreach (bool mmap in (bool[])[false, true])
        {
            using SafeTensorsReader reader = safetensors.safe_open(folder["m-1.safetensors"], mmap: mmap);
            Assert.Equal("pt", reader.metadata()["format"]);
            Assert.Equal(["a", "half", "t"], reader.keys().Order());
            Assert.Equal([0f, 2f, 1f, 3f], reader.get_tensor("t").ToArray<float>());
            Assert.Throws<KeyNotFoundException>(() => reader.get_tensor("none"));
            var shards = safetensors.torch.load_file(folder["m.safetensors.index.json"], mmap: mmap);
            Assert.Equal(["b", "a"], shards.Keys);
            Assert.Equal([0f, 1f, 2f, 3f], shards["b"].ToArray<float>());
            Assert.Equal(["b", "a"], torch.load<OrderedDict<string, Tensor>>(folder["m.safetensors.index.json"], mmap: mmap).Keys);
        }
        File.WriteAllText(folder["bad.json"], """{"weight_map": {"b": "../m-2.safetensors"}}""");
        Assert.Contains("not a plain file name", Assert.Throws<InvalidDataException>(() => torch.load(folder["bad.json"])).Message);
    }

    [Fact]
    public void Arrays_of_numpy_become_tensors()
    {
        using var folder = new TemporaryFolder();
        np.save(folder["a"], Range(2, 3));
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], np.load(folder["a.npy"]).ToArray<float>());
        np.savez(folder["b.npz"], ("x", Range(2)), ("y", Range(1, 2).to(torch.int64)));
        np.savez_compressed(folder["c.npz"], ("x", Range(2)));
        Assert.Equal([0L, 1L], np.load_npz(folder["b.npz"])["y"].ToArray<long>());
        Assert.Equal([0f, 1f], torch.load<OrderedDict<string, Tensor>>(folder["c.npz"])["x"].ToArray<float>());
        foreach (string name in (string[])["be_i4_F.npy", "u2_C.npy", "be_c8_C.npy", "zero_d.npy", "u4_F.npy", "u8_F.npy"])
        {
            JsonElement item = GoldenFiles.Find(name);
            Tensor array = np.load(new MemoryStream(GoldenFiles.Bytes(item)));
            Assert.Equal(item.GetProperty("array").GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), array.shape);
            string[] values = [.. item.GetProperty("array").GetProperty("values").EnumerateArray().Select(value => value.GetString()!)];
            if (array.dtype == torch.int32)
                Assert.Equal(values, array.ToArray<int>().Select(value => value.ToString()));
            if (array.dtype == torch.int64)
                Assert.Equal(values, array.ToArray<long>().Select(value => value.ToString()));
        }
    }

    [Fact]
    public void Files_of_torchsharp_are_read()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new BinaryWriter(File.Create(folder["net.dat"])))
        {
            writer.Write7BitEncodedInt64(2);
            writer.Write("fc.weight");
            foreach (long number in (long[])[6, 2, 1, 300])
                writer.Write7BitEncodedInt64(number);
            for (int i = 0; i < 300; i++)
                writer.Write((float)i);
            writer.Write("count");
            foreach (long number in (long[])[4, 0])
                writer.Write7BitEncodedInt64(number);
            writer.Write(42L);
        }
        var state = torch.load<OrderedDict<string, Tensor>>(folder["net.dat"]);
        Assert.Equal([1, 300], state["fc.weight"].shape);
        Assert.Equal(299f, state["fc.weight"].ToArray<float>()[299]);
        Assert.Equal(42, (long)state["count"]);
    }

    [Fact]
    public void Sparse_tensors_come_back()
    {
        using var folder = new TemporaryFolder();
        Tensor sparse = torch.sparse_coo_tensor(torch.tensor(new long[,] { { 0, 2, 0 }, { 1, 0, 1 } }), torch.tensor([1.0f, 2, 3]), new Size(3, 2));
        torch.save(sparse, folder["s.pt"], sync: false);
        Tensor loaded = torch.load<Tensor>(folder["s.pt"]);
        Assert.True(loaded.is_sparse);
        Assert.Equal(3, loaded._nnz());
        Assert.Equal(sparse.to_dense().ToArray<float>(), loaded.to_dense().ToArray<float>());
        Assert.Equal([0f, 4, 0, 0, 2, 0], loaded.to_dense().ToArray<float>());
    }

    [PythonFact]
    public void Sparse_tensors_travel_to_python_and_back()
    {
        using var folder = new TemporaryFolder();
        Tensor sparse = torch.sparse_coo_tensor(torch.tensor(new long[,] { { 0, 2 } }), torch.tensor(new float[,] { { 1, 2 }, { 3, 4 } }), new Size(4, 2));
        torch.save(new OrderedDict<string, Tensor> { ["s"] = sparse.coalesce() }, folder["s.pt"], sync: false);
        string printed = PythonBridge.Run("""
            import sys, torch
            s = torch.load(sys.argv[1])["s"]
            print(s.to_dense().tolist())
            torch.save(s * 2, sys.argv[2])
            """, folder["s.pt"], folder["t.pt"]);
        Assert.Equal("[[1.0, 2.0], [0.0, 0.0], [3.0, 4.0], [0.0, 0.0]]", printed);
        Assert.Equal([2f, 4, 0, 0, 6, 8, 0, 0], torch.load<Tensor>(folder["t.pt"]).to_dense().ToArray<float>());
    }

    [Fact]
    public void Streams_in_memory_make_room_once()
    {
        var state = new Dictionary<string, Tensor> { ["weight"] = Range(300, 400), ["bias"] = Range(7), ["nothing"] = Range(0) };
        using var zip = new MemoryStream();
        torch.save(state, zip);
        Assert.InRange(zip.Capacity - zip.Length, 0, 4096);
        using var numbers = new MemoryStream();
        np.save(numbers, state["weight"]);
        Assert.Equal(numbers.Length, numbers.Capacity);

        using var given = new MemoryStream(new byte[zip.Length]);
        torch.save(state, given);
        Assert.Equal(zip.ToArray(), given.ToArray());
        Assert.Throws<NotSupportedException>(() => torch.save(state, new MemoryStream(new byte[zip.Length - 1])));
    }
}
