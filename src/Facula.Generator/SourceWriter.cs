using System.Text;
using System.Text.RegularExpressions;

namespace Facula.Generator;

/// <summary>Indented text.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0) _text.Append(' ', _depth * 4).Append(line);
        _text.Append('\n');
    }

    public void Open(string line)
    {
        Line(line);
        Line("{");
        _depth++;
    }

    public void Close(string end = "}")
    {
        _depth--;
        Line(end);
    }

    /// <summary>The docs, with mentions of parameters that this form does not have as plain code.</summary>
    public void Docs(string xml, System.Collections.Generic.ICollection<string> parameters)
    {
        if (xml.Length == 0) return;
        xml = Regex.Replace(xml, "<paramref name=\"(\\w+)\"\\s*/>", m => parameters.Contains(m.Groups[1].Value) ? m.Value : $"<c>{m.Groups[1].Value}</c>");
        xml = Regex.Replace(xml, "\\s*<param name=\"(\\w+)\">.*?</param>", m => parameters.Contains(m.Groups[1].Value) ? m.Value : "", RegexOptions.Singleline);
        foreach (string line in xml.Split('\n')) Line("/// " + line.Trim());
    }

    /// <summary>Opens the nested classes of a container such as <c>torch.nn.functional</c>; returns how many to close.</summary>
    public int OpenContainer(string container)
    {
        string[] parts = container.Split('.');
        for (int i = 0; i < parts.Length; i++)
        {
            // torch.fft holds a function of its own name, so its functions live in a base class.
            bool abstractBase = i > 0 && parts[i] == "fft";
            Open(abstractBase ? "public abstract partial class fft_functions" : $"public static partial class {parts[i]}");
        }
        return parts.Length;
    }

    public override string ToString() => _text.ToString();
}
