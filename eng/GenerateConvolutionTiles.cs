#!/usr/bin/env dotnet
#:property PublishAot=false
#:property GenerateDocumentationFile=false
// Writes the register tiles of the direct convolutions, src/Facula.Kernels/Convolution/Tiles/*.cs; see GenerateGemmTiles.cs for why.
// Usage, from the repository root: dotnet run eng/GenerateConvolutionTiles.cs
using System.Text;

const int MaxRows = 12;
const string Folder = "src/Facula.Kernels/Convolution/Tiles";

foreach (int vectors in (int[])[1, 2])
{
    WritePaired(vectors);
}

static void WritePaired(int vectors)
{
    var text = Header($"PairedTiles{vectors}", $"""
        /// <summary>Up to {MaxRows / 2} pairs of positions by {vectors} vector{(vectors > 1 ? "s" : "")} of filters.</summary>
        /// <remarks>A pair is two outputs of one row, wherever it lies; the taps are offsets from its first input, the same for all pairs.</remarks>
        """);
    text.Append("""
            /// <summary>Sums over some taps; row i of the result is position i.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Run(int pairs, T** inputs, nint step, nint* offsets, nint taps, T* weights, nint weightStep, T* result, nint resultRow, bool accumulate)
            {
                switch (pairs)
                {

        """);
    for (int pairs = 1; pairs <= MaxRows / 2; pairs++)
        text.Append($"            case {pairs}: Pairs{pairs}(inputs, step, offsets, taps, weights, weightStep, result, resultRow, accumulate); break;\n");
    text.Append("        }\n    }\n");
    for (int pairs = 1; pairs <= MaxRows / 2; pairs++)
    {
        text.Append("\n    [MethodImpl(MethodImplOptions.AggressiveOptimization)]\n");
        text.Append($"    private static void Pairs{pairs}(T** inputs, nint step, nint* offsets, nint taps, T* weights, nint weightStep, T* result, nint resultRow, bool accumulate)\n    {{\n");
        for (int row = 0; row < 2 * pairs; row++)
            text.Append($"        V {Join(", ", vectors, v => $"c{row}_{v} = default")};\n");
        text.Append($"        T* {Join(", ", pairs, p => $"x{p} = inputs[{p}]")};\n");
        text.Append("        for (; taps > 0; taps--)\n        {\n            nint even = *offsets, odd = even + step;\n");
        text.Append($"            V {Join(", ", vectors, v => $"w{v} = L.Load(weights{Offset(v)})")};\n");
        for (int row = 0; row < 2 * pairs; row++)
            text.Append($"            {(row == 0 ? "V " : "")}x = L.Broadcast(x{row / 2}[{(row % 2 == 0 ? "even" : "odd")}]); {Join(" ", vectors, v => $"c{row}_{v} = L.MultiplyAdd(x, w{v}, c{row}_{v});")}\n");
        text.Append("            offsets++; weights += weightStep;\n        }\n");
        text.Append("        if (accumulate)\n        {\n");
        for (int row = 0; row < 2 * pairs; row++)
            text.Append($"            {Join(" ", vectors, v => $"L.Store(L.Add(L.Load(result{Offset(v)}), c{row}_{v}), result{Offset(v)});")}{(row + 1 < 2 * pairs ? " result += resultRow;" : "")}\n");
        text.Append("        }\n        else\n        {\n");
        for (int row = 0; row < 2 * pairs; row++)
            text.Append($"            {Join(" ", vectors, v => $"L.Store(c{row}_{v}, result{Offset(v)});")}{(row + 1 < 2 * pairs ? " result += resultRow;" : "")}\n");
        text.Append("        }\n    }\n");
    }
    text.Append("}\n");
    File.WriteAllText(Path.Combine(Folder, $"PairedTiles{vectors}.cs"), text.ToString());
}

static StringBuilder Header(string name, string docs) => new($$"""
    // Written by eng/GenerateConvolutionTiles.cs; change that instead.
    using System.Runtime.CompilerServices;

    namespace Facula.Kernels;

    {{docs}}
    internal static unsafe class {{name}}<L, V, T>
        where L : struct, IGemmLanes<V, T>
        where V : struct
        where T : unmanaged
    {

    """);

static string Offset(int vector) => vector == 0 ? "" : vector == 1 ? " + L.Count" : $" + {vector} * L.Count";

static string Join(string separator, int count, Func<int, string> item) => string.Join(separator, Enumerable.Range(0, count).Select(item));
