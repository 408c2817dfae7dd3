#!/usr/bin/env dotnet
#:property PublishAot=false
#:property GenerateDocumentationFile=false
// Writes the register tiles of the matrix product, src/Facula.Kernels/LinearAlgebra/Gemm/Tiles/*.cs.
// C# cannot unroll over locals, and an array of accumulators would live in memory; so every tile height is spelled out.
// Usage, from the repository root: dotnet run eng/GenerateGemmTiles.cs
using System.Text;

const int MaxRows = 12, LowRows = 7, TallRows = 10;
const string Folder = "src/Facula.Kernels/LinearAlgebra/Gemm/Tiles";

foreach (int vectors in (int[])[1, 2])
{
    Write("Packed", vectors, strided: false,
        "A has unit row stride: a packed panel, or a transposed matrix where it lies.");
    Write("Strided", vectors, strided: true,
        "A is read in place with any row stride; one pointer serves three rows, which x64 addresses as base + stride · {0, 1, 2}.");
}

static void Write(string kind, int vectors, bool strided, string why)
{
    var text = new StringBuilder();
    text.Append($$"""
        // Written by eng/GenerateGemmTiles.cs; change that instead.
        using System.Runtime.CompilerServices;

        namespace Facula.Kernels;

        /// <summary>Tiles of 1 to {{MaxRows}} rows and {{vectors}} vector{{(vectors > 1 ? "s" : "")}} of columns.</summary>
        /// <remarks>{{why}}</remarks>
        internal static unsafe partial class {{kind}}Tiles{{vectors}}<L, V, T>
            where L : struct, IGemmLanes<V, T>
            where V : struct
            where T : unmanaged
        {
            /// <summary>Does a tile of <paramref name="rows"/> rows: C = alpha·A·B, or C += alpha·A·B.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Run(int rows, T* a, {{(strided ? "nint aRow, " : "")}}nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, bool accumulate) =>
                Run(rows, a, {{(strided ? "aRow, " : "")}}aStep, b, bStep, k, c, cRow, alpha, accumulate ? c : null, cRow, b, 0, 8);

            /// <summary>Does a tile, C = alpha·A·B + the addend if there is one, and meanwhile, every <paramref name="pause"/> steps, fetches a line from <paramref name="far"/>, then <paramref name="farStep"/> elements further, into the second-level cache.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Run(int rows, T* a, {{(strided ? "nint aRow, " : "")}}nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)
            {
                switch (rows)
                {

        """);
    for (int rows = 1; rows <= MaxRows; rows++)
        text.Append($"            case {rows}: Rows{rows}(a, {(strided ? "aRow, " : "")}aStep, b, bStep, k, c, cRow, alpha, addend, addendRow, far, farStep, pause); break;\n");
    text.Append("        }\n    }\n");
    for (int rows = 1; rows <= LowRows; rows++)
        AppendTile(text, rows, vectors, strided);
    text.Append("}\n");
    File.WriteAllText(Path.Combine(Folder, $"{kind}Tiles{vectors}.cs"), text.ToString());

    WriteTall("Tall", LowRows + 1, TallRows);
    WriteTall("Tallest", TallRows + 1, MaxRows);

    void WriteTall(string name, int from, int to)
    {
        text.Clear();
        text.Append($$"""
            // Written by eng/GenerateGemmTiles.cs; change that instead.
            using System.Runtime.CompilerServices;

            namespace Facula.Kernels;

            internal static unsafe partial class {{kind}}Tiles{{vectors}}<L, V, T>
            {
            """);
        for (int rows = from; rows <= to; rows++)
            AppendTile(text, rows, vectors, strided);
        text.Append("}\n");
        text.Replace("{\n\n", "{\n");
        File.WriteAllText(Path.Combine(Folder, $"{kind}Tiles{vectors}.{name}.cs"), text.ToString());
    }
}

static void AppendTile(StringBuilder text, int rows, int vectors, bool strided)
{
    int pointers = strided ? (rows + 2) / 3 : 1;
    text.Append("\n    [MethodImpl(MethodImplOptions.AggressiveOptimization)]\n");
    text.Append($"    private static void Rows{rows}(T* a, {(strided ? "nint aRow, " : "")}nint aStep, T* b, nint bStep, nint k, T* c, nint cRow, T alpha, T* addend, nint addendRow, T* far, nint farStep, nint pause)\n    {{\n");
    // Prefetches stand between groups of steps: in every step they would cost as much as a tenth of it.
    text.Append($"        nint group = GemmTile<L, V, T>.{(rows > LowRows ? "EvenGroup" : "Group")}(k, {rows}, pause), late = ({rows} + GemmTile<L, V, T>.Lead) * group, steps = 0;\n        T* next = c;\n");
    for (int row = 0; row < rows; row++)
        text.Append($"        V {Join(", ", vectors, v => $"c{row}_{v} = default")};\n");
    text.Append($"        V {Join(", ", vectors, v => $"b{v}")}, x;\n");
    if (rows > LowRows && !strided)
        text.Append("        nint ahead = 8 * aStep, aPair = 2 * aStep, bPair = 2 * bStep;\n");
    for (int p = 1; p < pointers; p++)
        text.Append($"        T* a{p} = a{(p > 1 ? (p - 1).ToString() : "")} + 3 * aRow;\n");
    // Two steps at a time: pointers and counter of a single one would take slots of the multipliers. An odd one comes first.
    bool paired = rows > LowRows;
    if (paired)
    {
        text.Append("        if ((k & 1) != 0)\n        {\n            k--;\n");
        AppendStep(text, rows, vectors, strided, "            ", Step.Alone);
        text.Append("        }\n");
    }
    text.Append("        while (true)\n        {\n");
    text.Append(paired ? "            for (; steps > 0; steps -= 2)\n            {\n" : "            for (; steps > 0; steps--)\n            {\n");
    AppendStep(text, rows, vectors, strided, "                ", paired && !strided ? Step.First : Step.Alone);
    if (paired)
        AppendStep(text, rows, vectors, strided, "                ", strided ? Step.Alone : Step.Second);
    text.Append($"""
                    {"}"}
                    if (k == 0)
                        break;
                    if (k <= late)
                    {"{"}
                        {Join(" ", vectors, v => $"L.Prefetch(next{Offset(v)});")}
                        next += cRow;
                    {"}"}
                    L.PrefetchFar(far);
                    far += farStep;
                    steps = k < group ? k : group;
                    k -= steps;
                {"}"}

                V scale = L.Broadcast(alpha);
                if (addend != null)
                {"{"}

        """);
    // All loads first: rows a multiple of 4 KiB apart would otherwise wait for the stores before them.
    for (int row = 0; row < rows; row++)
        text.Append($"            {Join(" ", vectors, v => $"c{row}_{v} = L.MultiplyAdd(c{row}_{v}, scale, L.Load(addend{Offset(v)}));")}{(row + 1 < rows ? " addend += addendRow;" : "")}\n");
    text.Append("        }\n        else\n        {\n");
    for (int row = 0; row < rows; row++)
        text.Append($"            {Join(" ", vectors, v => $"c{row}_{v} = L.Multiply(c{row}_{v}, scale);")}\n");
    text.Append("        }\n");
    for (int row = 0; row < rows; row++)
        text.Append($"        {Join(" ", vectors, v => $"L.Store(c{row}_{v}, c{Offset(v)});")}{(row + 1 < rows ? " c += cRow;" : "")}\n");
    text.Append("    }\n");
}

/// <summary>One step of k; the pointers move on after it, unless it is the first of two that a packed panel reads from the same ones.</summary>
static void AppendStep(StringBuilder text, int rows, int vectors, bool strided, string indent, Step step)
{
    string bOffset = step == Step.Second ? " + bStep" : "", aOffset = step == Step.Second ? "aStep + " : "";
    // A panel of A streams from the second-level cache, faster than the processor looks ahead.
    if (step is Step.First or Step.Second)
        text.Append($"{indent}L.Prefetch(a + {(step == Step.First ? "ahead" : "ahead + aStep")});\n{indent}if (sizeof(T) > 4) L.Prefetch(a + {(step == Step.First ? "ahead" : "ahead + aStep")} + 64 / sizeof(T));\n");
    text.Append($"{indent}{Join(" ", vectors, v => $"b{v} = L.Load(b{bOffset}{Offset(v)});")}\n");
    for (int row = 0; row < rows; row++)
    {
        string source = strided
            ? $"a{(row / 3 > 0 ? (row / 3).ToString() : "")}[{(row % 3) switch { 0 => "0", 1 => "aRow", _ => "2 * aRow" }}]"
            : $"a[{aOffset}{row}]";
        text.Append($"{indent}x = L.Broadcast({source}); {Join(" ", vectors, v => $"c{row}_{v} = L.MultiplyAdd(x, b{v}, c{row}_{v});")}\n");
    }
    if (step == Step.Second)
        text.Append($"{indent}a += aPair; b += bPair;\n");
    else if (step == Step.Alone)
        text.Append(indent).Append(Join(" ", strided ? (rows + 2) / 3 : 1, p => $"a{(p > 0 ? p.ToString() : "")} += aStep;")).Append(" b += bStep;\n");
}

static string Offset(int vector) => vector == 0 ? "" : vector == 1 ? " + L.Count" : $" + {vector} * L.Count";

static string Join(string separator, int count, Func<int, string> item) => string.Join(separator, Enumerable.Range(0, count).Select(item));

internal enum Step { Alone, First, Second }
