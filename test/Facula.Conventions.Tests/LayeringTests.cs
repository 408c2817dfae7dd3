using System.Xml.Linq;

namespace Facula.Conventions.Tests;

/// <summary>The arrows of docs/architecture.md, between projects and inside <c>src/Facula</c>.</summary>
public class LayeringTests
{
    /// <summary>What each project of the library may reference.</summary>
    private static readonly Dictionary<string, string[]> s_projects = new()
    {
        ["Facula.Kernels"] = ["Facula.Generator"],
        ["Facula.Generator"] = [],
        ["Facula"] = ["Facula.Kernels", "Facula.Generator"],
        ["Facula.Vision"] = ["Facula", "Facula.Generator"],
        ["Facula.Plot"] = ["Facula"],
    };

    private const string Kernels = "[Facula.Kernels]";
    private static readonly string[] s_core = ["Tensors", "Autograd", "Devices", "Surface"];

    /// <summary>
    /// What each folder of <c>src/Facula</c> may use. The core and the operators know each other: the core's indexing, printing and engine call operators,
    /// which are made of tensors. Modules have no numerics, so they see no kernels; the update of an optimizer is a loop of its own, and data and files
    /// use the kernels' threads, random bits and element types.
    /// </summary>
    private static readonly Dictionary<string, string[]> s_layers = new()
    {
        ["Tensors"] = [.. s_core, "Ops", Kernels],
        ["Autograd"] = [.. s_core, "Ops"],
        ["Devices"] = [.. s_core, Kernels],
        ["Surface"] = [.. s_core, "Ops", Kernels],
        ["Ops"] = [.. s_core, Kernels],
        ["Nn"] = [.. s_core, "Ops"],
        ["Optim"] = [.. s_core, "Ops", "Nn", Kernels],
        ["Distributions"] = [.. s_core, "Ops", "Nn"],
        ["Serialization"] = [.. s_core, "Ops", "Nn", Kernels],
        ["Data"] = [.. s_core, "Ops", "Serialization", Kernels],
        ["TensorBoard"] = [.. s_core, "Ops", "Nn", "Serialization"],
        ["Checkpoints"] = [.. s_core, "Ops", "Nn", "Optim", "Data", "Serialization", Kernels],
    };

    /// <summary>Uses that break the rule and stay, each with its reason.</summary>
    private static readonly (string From, string To, string Why)[] s_exceptions =
    [
        ("Nn/Init/Initializers.cs", Kernels, "the bounds of a truncated normal are two numbers, not tensors"),
    ];

    [Fact]
    public void Projects_reference_downwards()
    {
        var breaches = new List<string>();
        foreach (string file in Repository.Files(".csproj").Where(f => f.StartsWith("src/", StringComparison.Ordinal)))
        {
            string project = Path.GetFileNameWithoutExtension(file);
            if (!s_projects.TryGetValue(project, out string[]? allowed))
            {
                breaches.Add($"{project} is not in the table");
                continue;
            }
            breaches.AddRange(XDocument.Parse(Repository.Text(file)).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')))
                .Where(r => !allowed.Contains(r)).Select(r => $"{project} references {r}"));
        }
        Repository.AssertNone(breaches, "A project references one above it: move the code to the layer that owns it, or add the project to the table in LayeringTests.");
    }

    [Fact]
    public void Folders_use_downwards()
    {
        using var map = new CodeMap(typeof(torch).Assembly.Location);
        CodeMap.Use[] uses = [.. map.Uses()];
        Assert.True(uses.Length > 10_000, "the debug symbols were not read");
        var breaches = new List<string>();
        foreach (CodeMap.Use use in uses.Distinct())
        {
            string from = Layer(use.From), to = Layer(use.To);
            if (from.Length == 0 || to.Length == 0 || from == to) continue;
            if (!s_layers.TryGetValue(from, out string[]? allowed)) breaches.Add($"src/Facula/{from} is not in the table");
            else if (!allowed.Contains(to) && !s_exceptions.Any(e => use.From.EndsWith(e.From, StringComparison.Ordinal) && use.To.EndsWith(e.To, StringComparison.Ordinal)))
                breaches.Add($"{use.From} uses {use.Member} of {use.To}");
        }
        Repository.AssertNone(breaches.Distinct(), "An arrow of docs/architecture.md points upwards: move the code to the layer that owns it, or hand what it needs down as an argument.");
    }

    /// <summary>Generated operators count as <c>Ops</c>; generated factories are members of the surface and belong to no layer.</summary>
    private static string Layer(string file)
    {
        if (file == Kernels) return file;
        string[] parts = file.Split('/');
        // Checkpoints gather the state of everything else: they are the topmost layer, whatever their folder.
        if (file.StartsWith("src/Facula/Serialization/Checkpoints/", StringComparison.Ordinal)) return "Checkpoints";
        return parts is ["src", "Facula", var folder, _, ..] ? folder == "obj" ? "" : folder : "";
    }
}
