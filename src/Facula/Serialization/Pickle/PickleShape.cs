namespace Facula.Serialization;

/// <summary>Checks the object that a pickle made: no cycles, no endless depth, no bare class left in it.</summary>
/// <remarks>Everything that later walks the object recursively relies on this.</remarks>
internal static class PickleShape
{
    public const int DeepestNesting = 1000;

    private const int InProgress = -1;

    public static void Check(object? root, Func<string, InvalidDataException> corrupt)
    {
        var depths = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        var path = new Stack<(object Node, IEnumerator<object?> Children, int Depth)>();
        Enter(root);
        while (path.TryPop(out var top))
        {
            if (top.Children.MoveNext())
            {
                object? child = top.Children.Current;
                int below = child is not null && depths.TryGetValue(child, out int known) ? known : 0;
                if (below == InProgress)
                    throw corrupt("a container holds itself");
                path.Push((top.Node, top.Children, Math.Max(top.Depth, below + 1)));
                if (below == 0)
                    Enter(child);
                continue;
            }
            depths[top.Node] = top.Depth;
            if (path.TryPop(out var parent))
                path.Push((parent.Node, parent.Children, Math.Max(parent.Depth, top.Depth + 1)));
            if (top.Depth > DeepestNesting)
                throw TooDeep();
        }

        void Enter(object? value)
        {
            if (value is PyGlobal global)
                throw corrupt($"the data holds the class or function '{global.Name}' itself");
            if (Children(value) is not { } children)
                return;
            if (path.Count >= DeepestNesting)
                throw TooDeep();
            depths[value!] = InProgress;
            path.Push((value!, children.GetEnumerator(), 1));
        }

        InvalidDataException TooDeep() => corrupt($"containers are nested more than {DeepestNesting} deep");
    }

    private static IEnumerable<object?>? Children(object? value) => value switch
    {
        PyList list => list.Items,
        PyTuple tuple => tuple.Items,
        PySet set => set.Items.Keys.Select(key => key.Value),
        PyDict dict => dict.Items.Keys.Select(key => key.Value).Concat(dict.Items.Values).Append(dict.Attributes),
        _ => null,
    };
}
