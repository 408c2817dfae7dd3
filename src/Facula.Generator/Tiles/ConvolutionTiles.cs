using System;
using System.Collections.Generic;
using System.Text;
using static Facula.Generator.TileGenerator;

namespace Facula.Generator;

/// <summary>The register tiles of the direct convolutions.</summary>
internal static class ConvolutionTiles
{
    private const int MaxRows = 12;

    internal static IEnumerable<(string Hint, string Source)> Emit()
    {
        foreach (int vectors in (int[])[1, 2])
        {
            yield return ($"PairedTiles{vectors}.g.cs", WritePaired(vectors));
            yield return ($"LaneTiles{vectors}.g.cs", WriteLanes(vectors));
        }
        yield return ("PlaneTiles.g.cs", WritePlanes());
        yield return ("PlaneWeightTiles.g.cs", WritePlaneWeights());
        yield return ("PlaneColumnTiles.g.cs", WritePlaneColumns());
    }

    private static string WritePaired(int vectors)
    {
        var text = Header($"PairedTiles{vectors}", $"""
            /// <summary>Up to {MaxRows / 2} pairs of positions by {vectors} vector{(vectors > 1 ? "s" : "")} of filters.</summary>
            /// <remarks>A pair is two outputs of one row, wherever it lies; the taps are offsets from its first input, the same for all pairs.</remarks>
            """);
        text.Append("""
                /// <summary>Sums over some taps; weights lie two vectors apart, results as the steps from pair to pair and within one say.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static void Run(int pairs, T** inputs, nint step, nint* offsets, nint taps, T* weights, T* result, nint pair, nint second, bool accumulate)
                {
                    switch (pairs)
                    {

            """);
        for (int pairs = 1; pairs <= MaxRows / 2; pairs++)
            text.Append($"            case {pairs}: Pairs{pairs}(inputs, step, offsets, taps, weights, result, pair, second, accumulate); break;\n");
        text.Append("        }\n    }\n");
        for (int pairs = 1; pairs <= MaxRows / 2; pairs++)
        {
            text.Append("\n    [MethodImpl(MethodImplOptions.AggressiveOptimization)]\n");
            text.Append($"    private static void Pairs{pairs}(T** inputs, nint step, nint* offsets, nint taps, T* weights, T* result, nint pair, nint second, bool accumulate)\n    {{\n");
            for (int row = 0; row < 2 * pairs; row++)
                text.Append($"        V {Join(", ", vectors, v => $"c{row}_{v} = default")};\n");
            text.Append($"        T* {Join(", ", pairs, p => $"x{p} = inputs[{p}]")};\n        nint* end = offsets + taps;\n");
            // Two taps at a time: with the loop's own instructions after each, decoding them takes as long as multiplying.
            text.Append("        for (; offsets + 1 < end; offsets += 2, weights += 4 * L.Count)\n        {\n");
            AppendTap(text, pairs, vectors, 0);
            AppendTap(text, pairs, vectors, 1);
            text.Append("        }\n        if (offsets < end)\n        {\n");
            AppendTap(text, pairs, vectors, 0);
            text.Append("        }\n");
            AppendStores(text, 2 * pairs, vectors, "result", row => row % 2 == 0 ? "second" : "pair - second");
            text.Append("    }\n");
        }
        return text.Append("}\n").ToString();
    }

    private static void AppendTap(StringBuilder text, int pairs, int vectors, int tap)
    {
        text.Append($"            {{\n                nint even = offsets[{tap}], odd = even + step;\n");
        text.Append($"                V {Join(", ", vectors, v => $"w{v} = L.Load(weights + {2 * tap + v} * L.Count)")};\n");
        // What the next tile reads mostly lies behind what this one does.
        text.Append($"                L.Prefetch(x{pairs - 1} + even + 64 / sizeof(T));\n");
        for (int row = 0; row < 2 * pairs; row++)
            text.Append($"                {(row == 0 ? "V " : "")}x = L.Broadcast(x{row / 2}[{(row % 2 == 0 ? "even" : "odd")}]); {Join(" ", vectors, v => $"c{row}_{v} = L.MultiplyAdd(x, w{v}, c{row}_{v});")}\n");
        text.Append("            }\n");
    }

    private static string WriteLanes(int vectors)
    {
        var text = Header($"LaneTiles{vectors}", $"""
            /// <summary>Products of up to {MaxRows} rows and {vectors} vector{(vectors > 1 ? "s" : "")} of columns, B lying in panels of two vectors.</summary>
            /// <remarks>A lies by vectors: the rows of one vector of k follow one another, so that every address is a constant from one pointer.</remarks>
            """);
        text.Append("""
                /// <summary>C = A·B, or C += A·B; from one vector of k to the next it is <paramref name="aBlock"/>.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static void Run(int rows, T* a, nint aBlock, T* b, nint k, T* c, nint cRow, bool accumulate)
                {
                    switch (rows)
                    {

            """);
        for (int rows = 1; rows <= MaxRows; rows++)
            text.Append($"            case {rows}: Rows{rows}(a, aBlock, b, k, c, cRow, accumulate); break;\n");
        text.Append("        }\n    }\n");
        for (int rows = 1; rows <= MaxRows; rows++)
        {
            text.Append("\n    [MethodImpl(MethodImplOptions.AggressiveOptimization)]\n");
            text.Append($"    private static void Rows{rows}(T* a, nint aBlock, T* b, nint k, T* c, nint cRow, bool accumulate)\n    {{\n");
            for (int row = 0; row < rows; row++)
                text.Append($"        V {Join(", ", vectors, v => $"c{row}_{v} = default")};\n");
            text.Append("        for (; k > 0; k -= L.Count, a += aBlock)\n        {\n            T* from = a, end = a + (k < L.Count ? k : L.Count);\n            for (; from < end; from++, b += 2 * L.Count)\n            {\n");
            text.Append($"                V {Join(", ", vectors, v => $"b{v} = L.Load(b{Offset(v)})")};\n");
            for (int row = 0; row < rows; row++)
                text.Append($"                {(row == 0 ? "V " : "")}x = L.Broadcast(from[{row} * L.Count]); {Join(" ", vectors, v => $"c{row}_{v} = L.MultiplyAdd(x, b{v}, c{row}_{v});")}\n");
            text.Append("            }\n        }\n");
            AppendStores(text, rows, vectors, "c", _ => "cRow");
            text.Append("    }\n");
        }
        return text.Append("}\n").ToString();
    }

    /// <summary>Stores accumulators row by row, or adds them to what is there.</summary>
    private static void AppendStores(StringBuilder text, int rows, int vectors, string to, Func<int, string> step)
    {
        text.Append("        if (accumulate)\n        {\n");
        for (int row = 0; row < rows; row++)
            text.Append($"            {Join(" ", vectors, v => $"L.Store(L.Add(L.Load({to}{Offset(v)}), c{row}_{v}), {to}{Offset(v)});")}{(row + 1 < rows ? $" {to} += {step(row)};" : "")}\n");
        text.Append("        }\n        else\n        {\n");
        for (int row = 0; row < rows; row++)
            text.Append($"            {Join(" ", vectors, v => $"L.Store(c{row}_{v}, {to}{Offset(v)});")}{(row + 1 < rows ? $" {to} += {step(row)};" : "")}\n");
        text.Append("        }\n");
    }

    // Heights of the tiles that have positions in their lanes; others are made up of two of these.
    private static int[] Filters => [1, 2, 3, 4, 6];

    private static string WritePlanes()
    {
        var text = Header("PlaneTiles", """
            /// <summary>Up to six filters by 1, 2 or 4 vectors of neighbouring positions.</summary>
            /// <remarks>A tap is an offset from each vector's first input, the same for all; its weights lie side by side.</remarks>
            """);
        text.Append("""
                /// <summary>Sums over the taps, beginning with the biases (which may be null), and stores a vector per filter, <paramref name="plane"/> apart.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static void Run(int filters, int vectors, T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)
                {
                    switch (filters * 8 + vectors)
                    {

            """);
        foreach (int filters in Filters)
            foreach (int vectors in (int[])[1, 2, 4])
                text.Append($"            case {filters * 8 + vectors}: Tile{filters}x{vectors}(inputs, offsets, taps, weights, bias, results, plane); break;\n");
        text.Append("        }\n    }\n");
        foreach (int filters in Filters)
        {
            foreach (int vectors in (int[])[1, 2, 4])
            {
                text.Append("\n    [MethodImpl(MethodImplOptions.AggressiveOptimization)]\n");
                text.Append($"    private static void Tile{filters}x{vectors}(T** inputs, nint* offsets, nint taps, T* weights, T* bias, T** results, nint plane)\n    {{\n");
                text.Append($"        T* {Join(", ", vectors, v => $"x{v} = inputs[{v}]")};\n");
                for (int filter = 0; filter < filters; filter++)
                    text.Append($"        V {Join(", ", vectors, v => $"c{filter}_{v} = {(v == 0 ? $"bias == null ? default : L.Broadcast(bias[{filter}])" : $"c{filter}_0")}")};\n");
                text.Append("        for (; taps > 0; taps--)\n        {\n            nint tap = *offsets++;\n");
                text.Append($"            V {Join(", ", vectors, v => $"v{v} = L.Load(x{v} + tap)")};\n");
                for (int filter = 0; filter < filters; filter++)
                    text.Append($"            {(filter == 0 ? "V " : "")}w = L.Broadcast(weights[{filter}]); {Join(" ", vectors, v => $"c{filter}_{v} = L.MultiplyAdd(v{v}, w, c{filter}_{v});")}\n");
                text.Append($"            weights += {filters};\n        }}\n");
                for (int vector = 0; vector < vectors; vector++)
                {
                    text.Append($"        {(vector == 0 ? "T* " : "")}to = results[{vector}];\n");
                    text.Append($"        {Join(" to += plane; ", filters, f => $"L.Store(c{f}_{vector}, to);")}\n");
                }
                text.Append("    }\n");
            }
        }
        return text.Append("}\n").ToString();
    }

    private static string WritePlaneWeights()
    {
        var text = Header("PlaneWeightTiles", """
            /// <summary>Weights of up to six filters by four taps, or fewer by up to nine, summed over the positions of a plane in as many lanes as there are.</summary>
            """);
        text.Append("""
                /// <summary>Adds gradient · input to the sums: filters lie <paramref name="filterSums"/> apart, taps a vector.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static void Run(int filters, int taps, T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)
                {
                    switch (filters * 16 + taps)
                    {

            """);
        foreach (int filters in Filters)
            for (int taps = 1; taps <= MostTaps(filters); taps++)
                text.Append($"            case {filters * 16 + taps}: Tile{filters}x{taps}(gradient, plane, rows, width, inputs, inputRow, sums, filterSums); break;\n");
        text.Append("        }\n    }\n");
        foreach (int filters in Filters)
        {
            for (int taps = 1; taps <= MostTaps(filters); taps++)
            {
                text.Append("\n    [MethodImpl(MethodImplOptions.AggressiveOptimization)]\n");
                text.Append($"    private static void Tile{filters}x{taps}(T* gradient, nint plane, nint rows, nint width, T** inputs, nint inputRow, T* sums, nint filterSums)\n    {{\n");
                text.Append($"        V {Join(", ", filters * taps, i => $"c{i / taps}_{i % taps} = default")};\n");
                text.Append($"        T* {Join(", ", taps, t => $"x{t} = inputs[{t}]")};\n");
                text.Append("        for (; rows > 0; rows--)\n        {\n            for (nint i = 0; i < width; i += L.Count)\n            {\n                T* from = gradient + i;\n");
                text.Append($"                V {Join(", ", taps, t => $"v{t} = L.Load(x{t} + i)")};\n");
                for (int filter = 0; filter < filters; filter++)
                    text.Append($"                {(filter == 0 ? "V " : "")}g = L.Load(from); {Join(" ", taps, t => $"c{filter}_{t} = L.MultiplyAdd(v{t}, g, c{filter}_{t});")}{(filter + 1 < filters ? " from += plane;" : "")}\n");
                text.Append($"            }}\n            gradient += width; {Join(" ", taps, t => $"x{t} += inputRow;")}\n        }}\n");
                text.Append($"        {Join(" sums += filterSums; ", filters, f => Join(" ", taps, t => $"L.Store(L.Add(L.Load(sums{Offset(t)}), c{f}_{t}), sums{Offset(t)});"))}\n");
                text.Append("    }\n");
            }
        }
        return text.Append("}\n").ToString();
    }

    // One filter's sums would have to wait for each other if they were few.
    private static int MostTaps(int filters) => filters <= 2 ? 9 : filters == 3 ? 6 : 4;

    private static string WritePlaneColumns()
    {
        var text = Header("PlaneColumnTiles", """
            /// <summary>One filter of one channel, 3, 5 or 7 taps high, by a vector of positions in four to seven rows that follow each other.</summary>
            /// <remarks>What is read of an input row serves every output row that it reaches.</remarks>
            """);
        text.Append("""
                /// <summary>Sums over the taps, beginning with the bias (which may be null). The table says where the first tap of each column of the filter lies; the next are a row further.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static void Run(int height, int rows, T* input, nint row, nint* columns, nint width, T* weights, T* bias, T* result, nint resultRow)
                {
                    switch (height * 8 + rows)
                    {

            """);
        foreach (int height in (int[])[3, 5, 7])
            for (int rows = 4; rows <= 7; rows++)
                text.Append($"            case {height * 8 + rows}: Tile{height}x{rows}(input, row, columns, width, weights, bias, result, resultRow); break;\n");
        text.Append("        }\n    }\n");
        foreach (int height in (int[])[3, 5, 7])
        {
            for (int rows = 4; rows <= 7; rows++)
            {
                text.Append("\n    [MethodImpl(MethodImplOptions.AggressiveOptimization)]\n");
                text.Append($"    private static void Tile{height}x{rows}(T* input, nint row, nint* columns, nint width, T* weights, T* bias, T* result, nint resultRow)\n    {{\n");
                text.Append($"        V {Join(", ", rows, r => $"c{r} = {(r == 0 ? "bias == null ? default : L.Broadcast(*bias)" : "c0")}")};\n");
                text.Append("        for (nint left = width; left > 0; left--, weights++)\n        {\n            T* from = input + *columns++;\n");
                text.Append($"            V {Join(", ", height, k => $"w{k} = L.Broadcast(weights[{k} * width])")};\n");
                for (int line = 0; line < height + rows - 1; line++)
                {
                    text.Append($"            {(line == 0 ? "V " : "from += row; ")}x = L.Load(from);");
                    for (int r = 0; r < rows; r++)
                        if (line - r >= 0 && line - r < height)
                            text.Append($" c{r} = L.MultiplyAdd(x, w{line - r}, c{r});");
                    text.Append('\n');
                }
                text.Append($"        }}\n        {Join(" result += resultRow; ", rows, r => $"L.Store(c{r}, result);")}\n    }}\n");
            }
        }
        return text.Append("}\n").ToString();
    }

    private static StringBuilder Header(string name, string docs) => new($$"""
        // <auto-generated/>
        using System.Runtime.CompilerServices;

        namespace Facula.Kernels;

        {{docs}}
        internal static unsafe class {{name}}<L, V, T>
            where L : struct, IGemmLanes<V, T>
            where V : struct
            where T : unmanaged
        {

        """);
}
