using System.Diagnostics;

namespace Facula.Tests.Serialization;

/// <summary>Runs short Python scripts with PyTorch, for the tests that ask the real thing; absent on many machines.</summary>
internal static class PythonBridge
{
    private static readonly Lazy<string?> Interpreter = new(Find);

    public static bool IsAvailable => Interpreter.Value is not null;

    /// <summary>What the script prints; a failing script fails the test with its error text.</summary>
    public static string Run(string script, params string[] arguments)
    {
        var (exit, output, error) = Start(Interpreter.Value!, ["-c", script, .. arguments]);
        Assert.True(exit == 0, error);
        return output.Trim();
    }

    private static string? Find()
    {
        foreach (string candidate in (string[])["/usr/bin/python3", "python3", "python"])
        {
            try
            {
                if (Start(candidate, ["-c", "import torch, numpy"]).Exit == 0)
                    return candidate;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // No such program; the next name may exist.
            }
        }
        return null;
    }

    private static (int Exit, string Output, string Error) Start(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

/// <summary>A test that needs Python with PyTorch and NumPy.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (!PythonBridge.IsAvailable)
            Skip = "python3 with torch and numpy is not installed here";
    }
}

/// <summary>A folder that disappears with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("facula").FullName;

    public string this[string name] => Path.Join(_path, name);

    public string Root => _path;

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
