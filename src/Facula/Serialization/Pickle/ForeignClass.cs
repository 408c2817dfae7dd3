using System.Text;

namespace Facula.Serialization;

/// <summary>Words the refusal of classes and functions outside the closed set, with the Python line that helps when it is a module.</summary>
internal static class ForeignClass
{
    private const int ReachOfLook = 400;

    public static InvalidDataException Refuse(ByteCursor cursor, long at, string name, List<object?> stack)
    {
        string shown = Printable(name);
        if (!IsModule(cursor, name, stack))
            return cursor.Source.Corrupt(at, $"the pickle asks for '{shown}', which is not plain data; Facula never runs code from a file. "
                + "Save tensors, numbers, strings, lists and dictionaries only, for example a state_dict()");
        return cursor.Source.Corrupt(at, $"the file holds a pickled module of class '{shown}'; building it would need its Python code. "
            + $"Save its state_dict() in Python and load that:{Environment.NewLine}{PythonLine(cursor.Source.Name, stack)}");
    }

    // A pickled module is its class followed by its __dict__, whose first entries torch.nn.Module.__init__ made;
    // legacy files wrap the class in a persistent id that begins with 'module'.
    private static bool IsModule(ByteCursor cursor, string name, List<object?> stack) =>
        name.StartsWith("torch.nn.modules.", StringComparison.Ordinal)
        || stack is [.., "module"]
        || cursor.Peek(ReachOfLook).IndexOf("_parameters"u8) >= 0;

    private static string PythonLine(string source, List<object?> stack)
    {
        string path = Path.GetFileName(source.Split(" (")[0]);
        string target = Path.GetFileNameWithoutExtension(path) + "_state_dict.pt";
        string load = $"torch.load(\"{path}\", weights_only=False)";
        return stack is [.., string key] && key != "module"
            ? $"c = {load}; c[\"{Printable(key)}\"] = c[\"{Printable(key)}\"].state_dict(); torch.save(c, \"{target}\")"
            : $"torch.save({load}.state_dict(), \"{target}\")";
    }

    private static string Printable(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name.Length > 200 ? name[..200] : name)
            text.Append(char.IsControl(c) || c is '"' or '\\' ? '?' : c);
        return text.ToString();
    }
}
