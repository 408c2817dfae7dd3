using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Facula.Generator;

/// <summary>
/// Writes the register tiles of Facula.Kernels: C# cannot unroll over locals, and an array of accumulators would live in memory, so every
/// size of a tile is spelled out. To read them, build with <c>-p:EmitCompilerGeneratedFiles=true</c>.
/// </summary>
[Generator]
public sealed class TileGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName), static (output, assembly) =>
        {
            if (assembly != "Facula.Kernels") return;
            foreach ((string hint, string source) in GemmTiles.Emit().Concat(DotTiles.Emit()).Concat(ConvolutionTiles.Emit()))
                output.AddSource(hint, source);
        });

    /// <summary>What is added to a pointer for its vector of this number.</summary>
    internal static string Offset(int vector) => vector == 0 ? "" : vector == 1 ? " + L.Count" : $" + {vector} * L.Count";

    internal static string Join(string separator, int count, Func<int, string> item) => string.Join(separator, Enumerable.Range(0, count).Select(item));
}
