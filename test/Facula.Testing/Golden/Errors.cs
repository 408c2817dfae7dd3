using System.Text.Json;
using System.Text.RegularExpressions;
using Facula.Testing.Binding;

namespace Facula.Testing.Golden;

/// <summary>Checks that a call throws as PyTorch does.</summary>
internal static class Errors
{
    /// <summary>Null when the call throws the kind of error recorded, with a message that matches.</summary>
    internal static string? Check(JsonElement error, Action run)
    {
        string type = error.GetProperty("type").GetString()!, pattern = error.GetProperty("regex").GetString()!;
        try
        {
            run();
        }
        catch (Exception e) when (e is not (UnsupportedException or BindingException))
        {
            Exception thrown = e is TypeInitializationException or System.Reflection.TargetInvocationException && e.InnerException is not null ? e.InnerException : e;
            if (!IsKind(thrown, type)) return $"threw {thrown.GetType().Name} ({FirstLine(thrown)}), expected {type}";
            return Regex.IsMatch(thrown.Message, pattern) ? null : $"message \"{FirstLine(thrown)}\" does not match /{pattern}/";
        }
        return $"did not throw {type} /{pattern}/";
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0];

    private static bool IsKind(Exception e, string type) => type switch
    {
        "IndexError" => e is IndexOutOfRangeException,
        "KeyError" => e is KeyNotFoundException,
        "NotImplementedError" => e is NotSupportedException,
        "RuntimeError" or "LinAlgError" => e is TorchException,
        "TypeError" or "ValueError" => e is ArgumentException and not ArgumentNullException,
        _ => e is TorchException or ArgumentException or IndexOutOfRangeException or NotSupportedException or InvalidDataException or KeyNotFoundException,
    };
}
