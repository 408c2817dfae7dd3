namespace Facula.Conventions.Tests;

/// <summary>Op, kernel, module, test and benchmark of one thing lie at the same relative path.</summary>
public class MirrorTests
{
    /// <summary>Folders of kernels that serve all families.</summary>
    private static readonly HashSet<string> s_sharedKernels = ["Memory", "Threading", "Types", "Copying", "Optimizers"];

    /// <summary>Kernels named by what they do rather than by the family of the operators that call them.</summary>
    private static readonly Dictionary<string, string> s_namedByWork = new() { ["Resampling"] = "Vision" };

    /// <summary>Folders that are no mirror: benchmarks of whole programs, the race between Facula and PyTorch, programs in TorchSharp's spelling, properties of many ops.</summary>
    private static readonly HashSet<string> s_wholePrograms = ["Kernels", "Properties", "Race", "Sweep", "TorchSharp", "Workloads"];

    [Fact]
    public void Kernel_families_are_op_families()
    {
        string[] ops = Repository.Folders("src/Facula/Ops");
        Repository.AssertNone(Repository.Folders("src/Facula.Kernels").Where(f => !s_sharedKernels.Contains(f) && !ops.Contains(s_namedByWork.GetValueOrDefault(f, f)))
            .Select(f => $"src/Facula.Kernels/{f} has no src/Facula/Ops/{f}"),
            "A folder of kernels has the name of the operators' folder that it serves: rename one of them.");
    }

    [Fact]
    public void A_kernel_lies_in_the_family_of_the_op_of_its_name()
    {
        ILookup<string, string> ops = Repository.Files(".cs").Where(f => f.StartsWith("src/Facula/Ops/", StringComparison.Ordinal)).ToLookup(Path.GetFileName, Family)!;
        Repository.AssertNone(Repository.Files(".cs").Where(f => f.StartsWith("src/Facula.Kernels/", StringComparison.Ordinal))
            .Where(f => !s_sharedKernels.Contains(Family(f)) && ops[Path.GetFileName(f)].Any() && !ops[Path.GetFileName(f)].Contains(Family(f)))
            .Select(f => $"{f}, but the op is in {string.Join(", ", ops[Path.GetFileName(f)])}"),
            "A kernel lies in the folder of the op of the same name: move it.");
    }

    [Theory]
    [InlineData("test/Facula.Kernels.Tests", "src/Facula.Kernels")]
    [InlineData("test/Facula.Tests", "src/Facula")]
    [InlineData("test/Facula.Tests/Ops", "src/Facula/Ops")]
    [InlineData("bench/Facula.Benchmarks", "src/Facula")]
    [InlineData("bench/Facula.Benchmarks/Ops", "src/Facula/Ops")]
    [InlineData("bench/Facula.Benchmarks/Kernels", "src/Facula.Kernels")]
    public void Folders_of_tests_and_benchmarks_mirror_the_source(string mirror, string source) =>
        Repository.AssertNone(Repository.Folders(mirror).Where(f => !Repository.Exists($"{source}/{f}") && !s_wholePrograms.Contains(f))
            .Select(f => $"{mirror}/{f} has no {source}/{f}"),
            "Tests and benchmarks lie where the source does: rename the folder.");

    [Fact]
    public void Modules_lie_in_families_of_ops_or_of_their_own()
    {
        HashSet<string> families = [.. Repository.Folders("src/Facula/Ops"), "Containers", "Distances", "Dropout", "Lazy", "Linear", "Padding", "Recurrent", "Shapes", "Sparse", "TorchSharp", "Transformer", "Vision"];
        Repository.AssertNone(Repository.Folders("src/Facula/Nn/Modules").Where(f => !families.Contains(f)).Select(f => $"src/Facula/Nn/Modules/{f}"),
            "Modules lie under the family of the operators they call: rename the folder, or add a family of modules to MirrorTests.");
    }

    private static string Family(string file) => file.Split('/') is ["src", "Facula", "Ops", var op, ..] ? op : file.Split('/')[2];
}
