using System.Diagnostics.CodeAnalysis;
using Facula.Serialization;

namespace Facula;

public static partial class torch
{
    /// <summary>
    /// Writes <paramref name="obj"/> in PyTorch's zip format, which Python's <c>torch.load</c> reads; a module becomes a dictionary of its type, text and state.
    /// The file appears whole or not at all; <paramref name="sync"/>: false leaves out the flush to the disk.
    /// </summary>
    public static void save(object? obj, string f, bool sync = true)
    {
        object? content = new SavedObject().Make(WholeModule.Unfold(obj));
        AtomicFile.Write(f, handle => TorchZipWriter.Write(ByteSink.To(handle), content), sync);
        GC.KeepAlive(obj);
    }

    /// <summary>Writes <paramref name="obj"/> in PyTorch's zip format to a stream.</summary>
    public static void save(object? obj, Stream f)
    {
        TorchZipWriter.Write(ByteSink.To(f), new SavedObject().Make(WholeModule.Unfold(obj)));
        GC.KeepAlive(obj);
    }

    /// <summary>
    /// Reads a PyTorch checkpoint, or a safetensors, NumPy or TorchSharp file, which it recognises by content. Dictionaries come as
    /// <c>OrderedDict&lt;object, object&gt;</c>, lists as <c>List&lt;object&gt;</c>, tuples as <c>object[]</c>. A file can hold data only: no code in it ever runs.
    /// </summary>
    public static object load(string f, MapLocation? map_location = null, bool weights_only = true, bool mmap = false)
    {
        RequireSafe(weights_only);
        return FileLoader.Load(f, map_location ?? default, mmap)!;
    }

    /// <summary>Reads what is left of a stream, in any of the known formats.</summary>
    public static object load(Stream f, MapLocation? map_location = null, bool weights_only = true)
    {
        RequireSafe(weights_only);
        using ByteSource source = FileLoader.Open(f);
        return FileLoader.Load(source, map_location ?? default)!;
    }

    /// <summary>Reads a file as a <typeparamref name="T"/>: a tensor, a number, a list or dictionary of tensors, or a module with a constructor without parameters.</summary>
    public static T load<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
        string f, MapLocation? map_location = null, bool weights_only = true, bool mmap = false)
    {
        object value = load(f, map_location, weights_only, mmap);
        return typeof(nn.Module).IsAssignableFrom(typeof(T)) ? WholeModule.Restore(Activator.CreateInstance<T>(), value, f) : LoadedAs.Convert<T>(value);
    }

    /// <summary>Reads a stream as a <typeparamref name="T"/>.</summary>
    public static T load<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
        Stream f, MapLocation? map_location = null, bool weights_only = true)
    {
        object value = load(f, map_location, weights_only);
        return typeof(nn.Module).IsAssignableFrom(typeof(T)) ? WholeModule.Restore(Activator.CreateInstance<T>(), value, "stream") : LoadedAs.Convert<T>(value);
    }

    /// <summary>Makes a module and loads into it the state that <c>torch.save(module, f)</c> wrote, or a plain state dict.</summary>
    public static TModule load<TModule>(string f, Func<TModule> module, MapLocation? map_location = null, bool weights_only = true, bool mmap = false)
        where TModule : nn.Module =>
        WholeModule.Restore(module(), load(f, map_location, weights_only, mmap), f);

    private static void RequireSafe(bool weights_only)
    {
        if (!weights_only)
            throw new ArgumentException("torch.load: weights_only=False would run code from the file; Facula reads data only and has no such mode. Leave the argument out");
    }
}
