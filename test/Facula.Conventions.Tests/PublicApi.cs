using System.Reflection;
using System.Text;

namespace Facula.Conventions.Tests;

/// <summary>The public surface of an assembly as text: one line per member, types and members in order of their names.</summary>
internal static class PublicApi
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(char)] = "char",
    };

    internal static IEnumerable<string> Describe(Assembly assembly)
    {
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            yield return Header(type);
            foreach (string member in Members(type).Order(StringComparer.Ordinal)) yield return "  " + member;
        }
    }

    /// <summary>The members that a user sees: public, and protected ones that derived classes use.</summary>
    internal static IEnumerable<MemberInfo> Visible(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => m switch
        {
            MethodBase method => IsVisible(method) && !IsAccessor(method),
            FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
            PropertyInfo property => property.GetAccessors(true).Any(IsVisible),
            EventInfo @event => @event.GetAddMethod(true) is { } add && IsVisible(add),
            _ => false,
        });

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodBase method) => method.IsSpecialName && !method.IsConstructor && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static IEnumerable<string> Members(Type type) => Visible(type).Select(Line);

    private static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Access(constructor)}new({Parameters(constructor.GetParameters())})",
        MethodInfo method => $"{Access(method)}{Static(method.IsStatic)}{method.Name}{Generics(method.GetGenericArguments(), method.IsGenericMethod)}({Parameters(method.GetParameters())}): {Name(method.ReturnType)}",
        FieldInfo field => $"{Static(field.IsStatic)}{(field.IsLiteral ? "const " : field.IsInitOnly ? "readonly " : "")}{field.Name}: {Name(field.FieldType)}",
        PropertyInfo property => Property(property),
        _ => $"event {member.Name}",
    };

    private static string Property(PropertyInfo property)
    {
        MethodInfo any = property.GetAccessors(true)[0];
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{Parameters(parameters)}]" : "";
        string access = (property.GetMethod is { } get && IsVisible(get) ? " get" : "") + (property.SetMethod is { } set && IsVisible(set) ? " set" : "");
        return $"{Static(any.IsStatic)}{property.Name}{index}: {Name(property.PropertyType)} {{{access} }}";
    }

    private static string Header(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        Type[] bases = [.. new[] { type.BaseType }.OfType<Type>().Where(b => b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum) && b != typeof(MulticastDelegate))];
        return $"{kind} {Name(type)}{(bases.Length > 0 ? " : " + Name(bases[0]) : "")}";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Generics(Type[] arguments, bool isGeneric) => isGeneric ? $"<{string.Join(", ", arguments.Select(Name))}>" : "";

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(p =>
        (p.IsDefined(typeof(ParamArrayAttribute)) || p.IsDefined(typeof(System.Runtime.CompilerServices.ParamCollectionAttribute)) ? "params " : "")
        + (p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : "") + Name(p.ParameterType) + " " + p.Name + (p.HasDefaultValue ? " = " + Default(p.RawDefaultValue) : "")));

    private static string Default(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (type.IsPointer) return Name(type.GetElementType()!) + "*";
        if (type.IsGenericParameter) return type.Name;
        if (s_keywords.TryGetValue(type, out string? keyword)) return keyword;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        if (type.IsGenericType && type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
            return "(" + string.Join(", ", type.GetGenericArguments().Select(Name)) + ")";
        // Facula.torch is torch, Facula.Modules.Linear is Modules.Linear.
        var text = new StringBuilder(type.Namespace?.StartsWith("Facula.", StringComparison.Ordinal) == true ? type.Namespace["Facula.".Length..] : "");
        Type[] arguments = type.GetGenericArguments();
        int used = 0;
        foreach (Type level in Levels(type))
        {
            if (text.Length > 0) text.Append('.');
            int tick = level.Name.IndexOf('`');
            text.Append(tick < 0 ? level.Name : level.Name[..tick]);
            int count = level.GetGenericArguments().Length;
            if (count > used) text.Append('<').AppendJoin(", ", arguments.Skip(used).Take(count - used).Select(Name)).Append('>');
            used = Math.Max(used, count);
        }
        return text.ToString();
    }

    private static IEnumerable<Type> Levels(Type type)
    {
        var levels = new Stack<Type>();
        for (Type? t = type; t is not null; t = t.DeclaringType) levels.Push(t);
        return levels;
    }
}
