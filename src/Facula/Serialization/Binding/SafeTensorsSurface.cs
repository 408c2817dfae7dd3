using Facula.Serialization;

namespace Facula;

/// <summary>The safetensors format: named tensors and nothing else, the form to prefer for sharing weights.</summary>
public static class safetensors
{
    /// <summary>Opens a file to read its tensors one by one.</summary>
    public static SafeTensorsReader safe_open(string filename, string framework = "pt", Device? device = null, bool mmap = false)
    {
        if (framework != "pt")
            throw new ArgumentException($"safe_open: framework '{framework}' is unknown; tensors are 'pt'");
        return new SafeTensorsReader(filename, device ?? CPU, mmap);
    }

    /// <summary><c>safetensors.torch</c>.</summary>
    public static class torch
    {
        /// <summary>All tensors of a file, or of the files that a <c>*.safetensors.index.json</c> names; with <paramref name="mmap"/> they point into the file.</summary>
        public static OrderedDict<string, Tensor> load_file(string filename, Device? device = null, bool mmap = false)
        {
            using ByteSource source = mmap ? MappedByteSource.Open(filename) : FileByteSource.Open(filename);
            return SafeTensorsIndex.LooksLike(source)
                ? FileLoader.LoadShards(source, filename, device ?? CPU, mmap)
                : new SafeTensorsFile(source).LoadAll(device ?? CPU);
        }

        /// <summary>All tensors of a file in memory.</summary>
        public static OrderedDict<string, Tensor> load(byte[] data, Device? device = null) =>
            new SafeTensorsFile(new MemoryByteSource("data", data)).LoadAll(device ?? CPU);

        /// <summary>Writes tensors and text metadata to a file, which appears whole or not at all.</summary>
        public static void save_file(IEnumerable<KeyValuePair<string, Tensor>> tensors, string filename, IEnumerable<KeyValuePair<string, string>>? metadata = null, bool sync = true)
        {
            StoredArray[] arrays = [.. tensors.Select(entry => TensorArrays.Of(entry.Key, entry.Value))];
            AtomicFile.Write(filename, handle => SafeTensorsWriter.Write(ByteSink.To(handle), arrays, metadata), sync);
        }

        /// <summary>The bytes of a file with the tensors and metadata.</summary>
        public static byte[] save(IEnumerable<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>>? metadata = null)
        {
            using var stream = new MemoryStream();
            SafeTensorsWriter.Write(ByteSink.To(stream), [.. tensors.Select(entry => TensorArrays.Of(entry.Key, entry.Value))], metadata);
            return stream.Length == stream.Capacity ? stream.GetBuffer() : stream.ToArray();
        }
    }
}

/// <summary>An open safetensors file; tensors are read when asked for.</summary>
public sealed class SafeTensorsReader : IDisposable
{
    private readonly ByteSource _source;
    private readonly SafeTensorsFile _file;
    private readonly Device _device;

    internal SafeTensorsReader(string path, Device device, bool mapped)
    {
        _device = device;
        _source = mapped ? MappedByteSource.Open(path) : FileByteSource.Open(path);
        try
        {
            _file = new SafeTensorsFile(_source);
        }
        catch
        {
            _source.Dispose();
            throw;
        }
    }

    /// <summary>The names of the tensors.</summary>
    public IReadOnlyList<string> keys() => [.. _file.Header.Entries.Select(entry => entry.Name)];

    /// <summary>The text that the file carries beside its tensors.</summary>
    public OrderedDict<string, string> metadata() => new(_file.Header.Metadata);

    /// <summary>The shape of a tensor, without reading it.</summary>
    public Size get_shape(string name) => new(Find(name).Sizes);

    /// <summary>One tensor.</summary>
    public Tensor get_tensor(string name) => _file.Load([Find(name)], _device)[0];

    public void Dispose() => _source.Dispose();

    private SafeTensorsEntry Find(string name) =>
        _file.Find(name) ?? throw new KeyNotFoundException($"File does not contain tensor {name}");
}
