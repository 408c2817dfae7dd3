namespace Facula.Serialization;

/// <summary>A module saved as a whole: a plain dictionary of type name, printed form and state dict, which Python reads as well.</summary>
internal static class WholeModule
{
    private const string TypeKey = "type", TextKey = "repr", StateKey = "state_dict";

    /// <summary>The dictionary of a module; anything else as it is.</summary>
    public static object? Unfold(object? value) => value is not nn.Module module ? value : new OrderedDict<string, object>
    {
        [TypeKey] = module.GetType().FullName ?? module.GetType().Name,
        [TextKey] = module.ToString() ?? "",
        [StateKey] = module.state_dict(),
    };

    /// <summary>Loads what a file held into a module of the caller's making.</summary>
    public static T Restore<T>(T made, object? value, string file)
    {
        var module = (nn.Module)(object)made!;
        if (value is OrderedDict<object, object?> saved && saved.TryGetValue(TypeKey, out object? type) && saved.TryGetValue(StateKey, out object? state) && type is string name)
        {
            if (Short(name) != module.GetType().Name)
                throw new TorchException($"{file} holds a module of type {name}, and a {module.GetType().FullName} was made for it");
            value = state;
        }
        module.load_state_dict(LoadedAs.StateDict(value));
        return made;
    }

    // A class may move to another namespace or program between training and use.
    private static string Short(string name) => name[(name.LastIndexOfAny(['.', '+']) + 1)..];
}
