using Facula.Serialization;

namespace Facula;

/// <summary>NumPy's file functions on tensors.</summary>
public static class np
{
    /// <summary>The array of a .npy file; uint16, uint32 and uint64 widen to the next signed type. Arrays of Python objects are refused.</summary>
    public static Tensor load(string file)
    {
        using ByteSource source = FileByteSource.Open(file);
        return FileLoader.LoadNpy(source);
    }

    /// <summary>The array of a .npy file that is left in a stream.</summary>
    public static Tensor load(Stream file)
    {
        using ByteSource source = FileLoader.Open(file);
        return FileLoader.LoadNpy(source);
    }

    /// <summary>The arrays of a .npz file by name.</summary>
    public static OrderedDict<string, Tensor> load_npz(string file)
    {
        using ByteSource source = FileByteSource.Open(file);
        return FileLoader.LoadNpz(source, CPU);
    }

    /// <summary>Writes a .npy file; the name gets that ending if it has another.</summary>
    public static void save(string file, Tensor arr, bool sync = true) =>
        AtomicFile.Write(WithEnding(file, ".npy"), handle => Write(ByteSink.To(handle), arr), sync);

    /// <summary>Writes a .npy file to a stream.</summary>
    public static void save(Stream file, Tensor arr) => Write(ByteSink.To(file), arr);

    /// <summary>Writes named arrays to a .npz file.</summary>
    public static void savez(string file, params IEnumerable<(string name, Tensor array)> arrays) => SaveArchive(file, arrays, compressed: false);

    /// <summary>Writes named arrays to a compressed .npz file.</summary>
    public static void savez_compressed(string file, params IEnumerable<(string name, Tensor array)> arrays) => SaveArchive(file, arrays, compressed: true);

    private static void SaveArchive(string file, IEnumerable<(string Name, Tensor Array)> arrays, bool compressed)
    {
        StoredArray[] stored = [.. arrays.Select(entry => TensorArrays.Of(entry.Name, entry.Array))];
        AtomicFile.Write(WithEnding(file, ".npz"), handle => NpzArchive.Write(ByteSink.To(handle), stored, compressed));
    }

    private static void Write(ByteSink sink, Tensor tensor)
    {
        StoredArray array = TensorArrays.Of("", tensor);
        byte[] header = NpyHeader.Write(array.Type, array.Sizes, fortranOrder: false);
        sink.Expect(header.Length + array.Data.Length);
        sink.Write(header);
        sink.Write(array.Data);
    }

    private static string WithEnding(string file, string ending) => file.EndsWith(ending, StringComparison.Ordinal) ? file : file + ending;
}
