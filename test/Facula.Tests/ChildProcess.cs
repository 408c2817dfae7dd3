using System.Diagnostics;
using Facula.Tests.Serialization;

namespace Facula.Tests;

/// <summary>The entry point of this assembly as a program: what tests run in another process, to kill it.</summary>
internal static class ChildProcess
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["save", string path]: KillTests.SaveForever(path); return 0;
            case ["train", string folder, string steps]: KillTests.Train(folder, long.Parse(steps)); return 0;
            default: Console.Error.WriteLine("this program is started by tests"); return 1;
        }
    }

    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(ChildProcess).Assembly.Location, .. arguments])
    {
        RedirectStandardOutput = true,
    })!;
}
