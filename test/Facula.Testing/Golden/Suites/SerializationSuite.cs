using System.Globalization;
using System.Text.Json;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden.Suites;

/// <summary>Suite <c>serialization</c>: files of PyTorch, NumPy and safetensors through the public loaders.</summary>
internal static class SerializationSuite
{
    private static readonly Dictionary<string, string> s_arrayTypes = new()
    {
        ["f2"] = "float16", ["f4"] = "float32", ["f8"] = "float64", ["i1"] = "int8", ["i2"] = "int16", ["i4"] = "int32", ["i8"] = "int64",
        ["u1"] = "uint8", ["b1"] = "bool", ["c8"] = "complex64", ["c16"] = "complex128",
        ["u2"] = "int32", ["u4"] = "int64", ["u8"] = "int64",      // types that tensors do not have widen
    };

    internal static string? Check(GoldenCase c)
    {
        string folder = Directory.CreateTempSubdirectory("golden").FullName;
        try
        {
            string path = Path.Join(folder, c.Text("file"));
            File.WriteAllBytes(path, c.Get("bytes").GetBytesFromBase64());
            return c.Has("error") ? Refused(c, path) : Loaded(c, path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static object? Load(GoldenCase c, string path) => c.Text("format") switch
    {
        "npy" => Binder.Invoke(new PythonCall("Facula.np.load", [path], [])),
        "npz" => Binder.Invoke(new PythonCall("Facula.np.load_npz", [path], [])),
        "safetensors" => Binder.Invoke(new PythonCall("Facula.safetensors.torch.load_file", [path], [])),
        _ => Binder.Invoke(new PythonCall("torch.load", [path], [])),
    };

    /// <summary>
    /// What refusing any file may take besides twice its size: buffers, tables, the stack trace of the exception. Everything allocated on the way is counted,
    /// also what is garbage at once, so this is stricter than a bound on the memory in use.
    /// </summary>
    private const long FixedCost = 4 << 20;

    private static string? Refused(GoldenCase c, string path)
    {
        long size = new FileInfo(path).Length, before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Load(c, path);
            return c.Has("may_load") ? null : $"was accepted: {c.Text("reason")}";
        }
        catch (InvalidDataException refusal)
        {
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            if (taken > 2 * size + FixedCost) return $"took {taken} bytes to refuse a file of {size}";
            return refusal.Message.Contains(Path.GetFileName(path), StringComparison.Ordinal) ? null : $"the message does not name the file: {refusal.Message}";
        }
    }

    private static string? Loaded(GoldenCase c, string path)
    {
        object? value = Load(c, path);
        if (c.Has("array")) return Array(c.Get("array"), value, "array");
        if (c.Has("arrays"))
        {
            foreach (JsonProperty array in c.Get("arrays").EnumerateObject())
                if (Array(array.Value, Python.Entries(value)!.FirstOrDefault(e => Equals(e.Key, array.Name)).Value, array.Name) is { } difference) return difference;
            return null;
        }
        if (Comparison.Compare(c.Get("content"), value, 0, 0, path: "content") is { } wrong) return wrong;
        return c.Has("metadata") ? Metadata(c, path) : null;
    }

    private static string? Metadata(GoldenCase c, string path)
    {
        object reader = Binder.Invoke(new PythonCall("Facula.safetensors.safe_open", [path], []))!;
        using var _ = reader as IDisposable;
        var entries = Python.Entries(Binder.InvokeMember(reader, "metadata", [], []))!;
        foreach (JsonProperty p in c.Get("metadata").EnumerateObject())
            if (!entries.Any(e => Equals(e.Key, p.Name) && Equals(e.Value, p.Value.GetString()))) return $"metadata: no {p.Name} = {p.Value}";
        return entries.Count == c.Get("metadata").EnumerateObject().Count() ? null : "metadata: too many entries";
    }

    private static string? Array(JsonElement expected, object? value, string path)
    {
        if (value is not Tensor tensor) return $"{path}: expected an array";
        string name = expected.GetProperty("np_dtype").GetString()!.TrimStart('>', '<');
        if (tensor.dtype != Tensors.Type(s_arrayTypes[name])) return $"{path}: {name} came as {tensor.dtype}";
        long[] shape = [.. expected.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64())];
        if (!tensor.shape.ToArray().SequenceEqual(shape)) return $"{path}: shape {tensor.shape}";
        object[] flat = [.. Flat(tensor.tolist())];
        int i = 0;
        foreach (JsonElement text in expected.GetProperty("values").EnumerateArray())
            if (TextOf(flat[i++]) != text.GetString()) return $"{path}: element {i - 1} is {TextOf(flat[i - 1])}, expected {text}";
        return null;
    }

    private static IEnumerable<object> Flat(object value) => value is List<object> list ? list.SelectMany(Flat) : [value];

    private static string TextOf(object value) => value switch
    {
        bool b => b ? "True" : "False",
        double d => ((Scalar)d).ToString(),
        System.Numerics.Complex z => ((Scalar)z).ToString(),
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
