namespace Facula.Serialization;

/// <summary>Loads a file of any known form as what <c>torch.load</c> gives for it.</summary>
internal static class FileLoader
{
    public static object? Load(string path, MapLocation location, bool mapped)
    {
        using ByteSource source = mapped ? MappedByteSource.Open(path) : FileByteSource.Open(path);
        return SafeTensorsIndex.LooksLike(source) ? LoadShards(source, path, location, mapped) : Load(source, location);
    }

    public static object? Load(ByteSource source, MapLocation location)
    {
        switch (FileForms.Detect(source))
        {
            case FileForm.TorchZip:
                return Bind(source, TorchZip.Read(source), location);
            case FileForm.TorchLegacy:
                return Bind(source, TorchLegacy.Read(source), location);
            case FileForm.SafeTensors:
                return new SafeTensorsFile(source).LoadAll(location);
            case FileForm.Npy:
                return LoadNpy(source).to(location.Resolve("cpu"));
            case FileForm.Npz:
                return LoadNpz(source, location);
            default:
                return LoadTorchSharp(source, location);
        }
    }

    /// <summary>A source over what is left of a stream, read in place when the stream is a file.</summary>
    public static ByteSource Open(Stream stream)
    {
        if (stream is FileStream { CanSeek: true } file)
            return FileByteSource.Rest(file);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new MemoryByteSource("stream", bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    public static Tensor LoadNpy(ByteSource source)
    {
        NpyHeader header = NpyHeader.Read(source);
        return NumpyArrays.ToTensor(source.Slice(header.DataOffset, header.ByteCount), header.Type, header.Sizes, header.BigEndian, header.FortranOrder);
    }

    public static OrderedDict<string, Tensor> LoadNpz(ByteSource source, MapLocation location)
    {
        var archive = new NpzArchive(source);
        var arrays = new OrderedDict<string, Tensor>();
        foreach (string name in archive.Names)
        {
            var (header, data) = archive.Open(name);
            arrays[name] = NumpyArrays.ToTensor(data, header.Type, header.Sizes, header.BigEndian, header.FortranOrder).to(location.Resolve("cpu"));
        }
        return arrays;
    }

    private static object? Bind(ByteSource source, CheckpointContent content, MapLocation location) =>
        new LoadedObject(source.Name, StorageLoader.Load(content), location.Resolve).Make(content.Root);

    private static object LoadTorchSharp(ByteSource source, MapLocation location)
    {
        if (TorchSharpFormat.TryReadModule(source) is not { } arrays)
            return Make(TorchSharpFormat.TryReadTensor(source)!);
        var state = new OrderedDict<string, Tensor>();
        foreach (StoredArray array in arrays)
            state[array.Name] = Make(array);
        return state;

        Tensor Make(StoredArray array) => NumpyArrays.ToTensor(array.Data, array.Type, array.Sizes, bigEndian: false, fortranOrder: false).to(location.Resolve("cpu"));
    }

    public static OrderedDict<string, Tensor> LoadShards(ByteSource index, string path, MapLocation location, bool mapped)
    {
        OrderedDictionary<string, string> files = SafeTensorsIndex.Read(index);
        var loaded = new Dictionary<string, Tensor>();
        foreach (var shard in files.GroupBy(entry => entry.Value, entry => entry.Key))
        {
            string shardPath = Path.Join(Path.GetDirectoryName(path), shard.Key);
            using ByteSource source = mapped ? MappedByteSource.Open(shardPath) : FileByteSource.Open(shardPath);
            var file = new SafeTensorsFile(source);
            SafeTensorsEntry[] entries = [.. shard.Select(name => file.Find(name)
                ?? throw source.Corrupt(0, $"the index {index.Name} places tensor '{name}' here, and it is missing"))];
            foreach (var (entry, tensor) in entries.Zip(file.Load(entries, location)))
                loaded[entry.Name] = tensor;
        }
        var state = new OrderedDict<string, Tensor>();
        foreach (string name in files.Keys)
            state[name] = loaded[name];
        return state;
    }
}
