using System.Reflection;
using System.Xml.Linq;

namespace Facula.Conventions.Tests;

/// <summary>The public surface changes only on purpose, and says what it is for. <c>FACULA_ACCEPT_API=1</c> writes the snapshots anew.</summary>
public class PublicApiTests
{
    private const string Folder = "test/Facula.Conventions.Tests/";

    [Fact]
    public void The_surface_is_the_one_of_the_snapshot() =>
        Compare("PublicApi.txt", PublicApi.Describe(typeof(torch).Assembly), "The public surface changed. If that is meant, run this test with FACULA_ACCEPT_API=1 and commit PublicApi.txt.");

    [Fact]
    public void Public_members_have_documentation()
    {
        HashSet<string> documented = [.. XDocument.Load(Path.ChangeExtension(typeof(torch).Assembly.Location, ".xml")).Descendants("member").Select(m => (string)m.Attribute("name")!)];
        // Overloads share a name: one sentence on any of them will do.
        HashSet<string> names = [.. documented.Select(d => d.Split('(')[0].Split("``")[0])];
        var missing = new HashSet<string>();
        foreach (Type type in typeof(torch).Assembly.GetExportedTypes())
        {
            string owner = type.FullName!.Replace('+', '.');
            if (owner.Contains('<')) continue;      // what the compiler makes of extension blocks
            if (!names.Contains("T:" + owner) && !IsPythonModule(type)) missing.Add(owner);
            foreach (MemberInfo member in PublicApi.Visible(type))
            {
                string key = member switch { FieldInfo => "F:", PropertyInfo => "P:", EventInfo => "E:", _ => "M:" } + owner + "." + member.Name;
                if (!names.Contains(key) && !IsSelfEvident(member, type)) missing.Add($"{owner}.{member.Name}");
            }
        }
        Repository.AssertNone(missing, "A public member has no documentation: write one sentence.");
    }

    /// <summary>
    /// Constructors (the class says what they make), overrides, operators, what a System interface asks for, the named constants of PyTorch,
    /// the submodules of a module, and the properties under which an object shows the arguments of its constructor.
    /// </summary>
    private static bool IsSelfEvident(MemberInfo member, Type type) => member switch
    {
        ConstructorInfo => true,
        MethodInfo method => method.Name.StartsWith("op_", StringComparison.Ordinal) || IsInherited(method, type)
            || method.Name is "Deconstruct" or "<Clone>$" || type.Name.EndsWith("Builder", StringComparison.Ordinal),
        FieldInfo field => type.IsEnum || IsConstant(field.FieldType) || typeof(torch.nn.Module).IsAssignableFrom(field.FieldType),
        PropertyInfo property => property.GetIndexParameters().Length > 0 || IsConstant(property.PropertyType) || property.GetAccessors(true).Any(a => IsInherited(a, type)) 
            || typeof(torch.nn.Module).IsAssignableFrom(property.PropertyType) || IsArgument(property.Name, type),
        _ => false,
    };

    // An override that narrows the result type is a new method to reflection.
    private static bool IsInherited(MethodInfo method, Type type) => method.GetBaseDefinition() != method || method.IsDefined(typeof(System.Runtime.CompilerServices.PreserveBaseOverridesAttribute))
        || (!type.IsInterface && type.GetInterfaces().Where(i => i.Namespace!.StartsWith("System", StringComparison.Ordinal)).Any(i => type.GetInterfaceMap(i).TargetMethods.Contains(method)));

    /// <summary>torch.distributions has one Python module per class beside the class itself.</summary>
    private static bool IsPythonModule(Type type) => type is { IsAbstract: true, IsSealed: true, DeclaringType.Name: "distributions" };

    private static bool IsConstant(Type type) => type == typeof(torch.ScalarType) || type == typeof(torch.MemoryFormat) || type == typeof(torch.Device);

    private static bool IsArgument(string name, Type type) => typeof(torch).Assembly.GetExportedTypes().Where(type.IsAssignableFrom)
        .SelectMany(t => t.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)).Any(c => c.GetParameters().Any(p => p.Name == name));

    private static void Compare(string file, IEnumerable<string> lines, string mend)
    {
        string[] actual = [.. lines];
        if (Repository.Accepts)
        {
            File.WriteAllText(Path.Combine(Repository.Root, Folder + file), string.Join("\n", actual) + "\n");
            return;
        }
        string[] expected = Repository.Exists(Folder + file) ? [.. Repository.Lines(Folder + file)] : [];
        HashSet<string> before = [.. expected], now = [.. actual];
        Repository.AssertNone([.. actual.Where(l => !before.Contains(l)).Select(l => "+ " + l), .. expected.Where(l => !now.Contains(l)).Select(l => "- " + l)], mend);
    }
}
