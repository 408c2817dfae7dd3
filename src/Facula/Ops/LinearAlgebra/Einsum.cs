namespace Facula.Ops;

[CompositeOp("einsum", Method = false)]
internal static partial class Einsum
{
    /// <summary>Sums products of the operands' elements as the <paramref name="equation"/> says (<c>"ij,jk->ik"</c>), contracting two operands at a time from the left.</summary>
    static Tensor Compose(string equation, [Variadic] TensorList operands)
    {
        if (operands.Count == 0) throw new ArgumentException("einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list");
        EinsumEquation parsed = EinsumEquation.Parse(equation, operands);
        Tensor[] aligned = parsed.Align(operands);
        Tensor result = aligned[0];
        for (int i = 1; i < aligned.Length; i++) result = Contract(result, aligned[i], parsed, aligned, i);
        // What no later operand took away is summed at the end.
        var rest = new List<long>();
        for (int d = parsed.OutputCount; d < result.Rank; d++) rest.Add(d);
        if (rest.Count == 0) return result;
        bool ones = aligned.Length > 1 && rest.TrueForAll(d => result.Sizes[(int)d] == 1);
        return ones ? Reshape.Call(result, result.shape[..parsed.OutputCount]) : result.sum(rest.ToArray());
    }

    // All operands have one dimension per label, outputs first; a label is summed with the last operand that has it.
    private static Tensor Contract(Tensor left, Tensor right, EinsumEquation equation, Tensor[] aligned, int at)
    {
        int rank = left.Rank;
        List<int> batch = [], leftOnly = [], rightOnly = [], summed = [];
        for (int d = 0; d < rank; d++)
        {
            bool inLeft = left.Sizes[d] != 1, inRight = right.Sizes[d] != 1;
            bool last = d >= equation.OutputCount;
            for (int i = at + 1; last && i < aligned.Length; i++) last = aligned[i].Sizes[d] == 1;
            if (last && inLeft && inRight) summed.Add(d);
            else if (last && (inLeft || inRight))
            {
                if (inLeft) left = left.sum(d, keepdim: true);
                else right = right.sum(d, keepdim: true);
                rightOnly.Add(d);
            }
            else if (inLeft && inRight) batch.Add(d);
            else if (inLeft) leftOnly.Add(d);
            else rightOnly.Add(d);
        }
        // Integers that were summed are int64; the product is then made in their common type.
        ScalarType common = Promotion.ResultType(left, right);
        (left, right) = (left.to(common), right.to(common));
        if (summed.Count == 0 && (leftOnly.Count == 0 || rightOnly.Count == 0 || batch.Count > 0)) return left * right;
        // Sums of few or scattered products of each result: a product of matrices would be one row times one column for every one of them.
        if (leftOnly.Count == 0 && rightOnly.Count == 0 && batch.Count > 0 && !IsDense(left, summed) && !IsDense(right, summed)) return (left * right).sum([.. summed.Select(d => (long)d)], keepdim: true, dtype: common);
        long Extent(Tensor tensor, List<int> dims)
        {
            long count = 1;
            foreach (int d in dims) count *= tensor.Sizes[d];
            return count;
        }
        static Tensor Ordered(Tensor tensor, params List<int>[] groups) => tensor.permute(groups.SelectMany(g => g).Select(d => (long)d).ToArray());
        long b = Extent(left, batch), m = Extent(left, leftOnly), n = Extent(right, rightOnly), k = Extent(left, summed);
        Tensor x = Reshape.Call(Ordered(left, batch, leftOnly, summed, rightOnly), [b, m, k]);
        Tensor y = Reshape.Call(Ordered(right, batch, summed, rightOnly, leftOnly), [b, k, n]);
        Tensor product = Bmm.Call(x, y);
        var size = new List<long>();
        List<int> order = [.. batch, .. leftOnly, .. rightOnly, .. summed];
        foreach (int d in batch) size.Add(left.Sizes[d]);
        foreach (int d in leftOnly) size.Add(left.Sizes[d]);
        foreach (int d in rightOnly) size.Add(right.Sizes[d]);
        foreach (int _ in summed) size.Add(1);
        var back = new long[rank];
        for (int i = 0; i < rank; i++) back[order[i]] = i;
        return View.Call(product, size).permute(back);
    }

    // Whether elements that are summed are neighbours.
    private static bool IsDense(Tensor tensor, List<int> summed) => summed.Exists(d => tensor.Strides[d] == 1);
}

/// <summary>An Einstein summation's subscripts: which label each dimension has, and the order of the output.</summary>
internal sealed class EinsumEquation
{
    private const int Ellipsis = 52;    // stands among the labels 0 … 51
    private readonly List<int>[] _operands;
    private readonly int[] _place = new int[52];        // a label's place among the aligned dimensions
    private int _ellipsisRank, _ellipsisPlace = -1, _rank;

    /// <summary>How many of the aligned dimensions, the first ones, are the output's.</summary>
    internal int OutputCount { get; private set; }

    private EinsumEquation(int operands) => _operands = new List<int>[operands];

    private static int Label(char c) => c is >= 'A' and <= 'Z' ? c - 'A' : c is >= 'a' and <= 'z' ? c - 'a' + 26 : -1;

    private static char Name(int label) => (char)(label < 26 ? 'A' + label : 'a' + label - 26);

    internal static EinsumEquation Parse(string equation, TensorList operands)
    {
        int arrow = equation.IndexOf("->", StringComparison.Ordinal);
        string inputs = arrow < 0 ? equation : equation[..arrow];
        var parsed = new EinsumEquation(operands.Count);
        parsed.ReadInputs(inputs, operands);
        parsed.ReadOutput(arrow < 0 ? null : equation[(arrow + 2)..], arrow + 2);
        return parsed;
    }

    private void ReadInputs(string text, TensorList operands)
    {
        int current = 0;
        bool ellipsis = false;
        _operands[0] = [];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == ' ') continue;
            if (c == '.')
            {
                Check.That(!ellipsis, $"einsum(): found '.' for operand {current} for which an ellipsis was already found");
                Check.That(i + 2 < text.Length && text[i + 1] == '.' && text[i + 2] == '.', $"einsum(): found '.' for operand {current} that is not part of any ellipsis");
                i += 2;
                _operands[current].Add(Ellipsis);
                ellipsis = true;
            }
            else if (c == ',')
            {
                current++;
                Check.That(current < _operands.Length, $"einsum(): fewer operands were provided than specified in the equation");
                _operands[current] = [];
                ellipsis = false;
            }
            else
            {
                Check.That(Label(c) >= 0, $"einsum(): invalid subscript given at index {i} in the equation string, subscripts must be in [a-zA-Z]");
                _operands[current].Add(Label(c));
            }
        }
        Check.That(current == _operands.Length - 1, $"einsum(): more operands were provided than specified in the equation");
        for (int i = 0; i < _operands.Length; i++)
        {
            int labels = _operands[i].Count, rank = operands[i].Rank;
            bool has = _operands[i].Contains(Ellipsis);
            if (has) _ellipsisRank = Math.Max(_ellipsisRank, rank - labels + 1);
            Check.That(has ? labels - 1 <= rank : labels == rank,
                $"einsum(): the number of subscripts in the equation ({(has ? labels - 1 : labels)}) {(has ? "is more than" : "does not match")} the number of dimensions ({rank}) for operand {i}{(has ? "" : " and no ellipsis was given")}");
        }
    }

    private void ReadOutput(string? text, int offset)
    {
        var counts = new int[52];
        foreach (List<int> labels in _operands)
            foreach (int label in labels)
                if (label != Ellipsis) counts[label]++;
        Array.Fill(_place, -1);
        if (text is null)
        {
            // Without an arrow: the ellipsis, then what occurs once, in alphabetical order.
            _ellipsisPlace = 0;
            _rank = _ellipsisRank;
            for (int label = 0; label < 52; label++)
                if (counts[label] == 1) _place[label] = _rank++;
        }
        else
        {
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (c == ' ') continue;
                if (c == '.')
                {
                    Check.That(_ellipsisPlace < 0, $"einsum(): found '.' for output but an ellipsis (...) was already found");
                    Check.That(i + 2 < text.Length && text[i + 1] == '.' && text[i + 2] == '.', $"einsum(): found '.' for output that is not part of any ellipsis (...)");
                    i += 2;
                    _ellipsisPlace = _rank;
                    _rank += _ellipsisRank;
                    continue;
                }
                Check.That(Label(c) >= 0, $"einsum(): invalid subscript given at index {offset + i} in the equation string, subscripts must be in [a-zA-Z]");
                Check.That(counts[Label(c)] > 0, $"einsum(): output subscript {c} does not appear in the equation for any input operand");
                Check.That(_place[Label(c)] < 0, $"einsum(): output subscript {c} appears more than once in the output");
                _place[Label(c)] = _rank++;
            }
        }
        OutputCount = _rank;
        if (_ellipsisPlace < 0)
        {
            _ellipsisPlace = _rank;
            _rank += _ellipsisRank;
        }
        for (int label = 0; label < 52; label++)
            if (counts[label] > 0 && _place[label] < 0) _place[label] = _rank++;
    }

    /// <summary>The operands as views with one dimension per label; repeated labels become diagonals.</summary>
    internal Tensor[] Align(TensorList operands)
    {
        var sizes = new long[_rank];
        Array.Fill(sizes, 1);
        var result = new Tensor[operands.Count];
        for (int o = 0; o < result.Length; o++)
        {
            Tensor operand = operands[o];
            var places = new List<int>();
            int d = 0;
            foreach (int label in _operands[o])
            {
                if (label == Ellipsis)
                {
                    int covered = operands[o].Rank - (_operands[o].Count - 1);
                    for (int k = 0; k < covered; k++, d++) places.Add(_ellipsisPlace + _ellipsisRank - covered + k);
                    continue;
                }
                int seen = places.IndexOf(_place[label]);
                if (seen >= 0)
                {
                    Check.That(operand.Sizes[seen] == operand.Sizes[d],
                        $"einsum(): subscript {Name(label)} is repeated for operand {o} but the sizes don't match, {operand.Sizes[d]} != {operand.Sizes[seen]}");
                    operand = operand.diagonal(0, seen, d).movedim(-1, seen);
                    continue;
                }
                places.Add(_place[label]);
                d++;
            }
            var order = new List<long>();
            Span<long> shape = new long[_rank];
            shape.Fill(1);
            for (int p = 0; p < _rank; p++)
            {
                int at = places.IndexOf(p);
                if (at < 0) continue;
                order.Add(at);
                long extent = shape[p] = operand.Sizes[at];
                if (extent == 1) continue;
                Check.That(sizes[p] == 1 || sizes[p] == extent,
                    $"einsum(): subscript {SubscriptName(p)} has size {extent} for operand {o} which does not broadcast with previously seen size {sizes[p]}");
                sizes[p] = extent;
            }
            result[o] = Spread(operand.permute(order.ToArray()), new Size(shape));
        }
        return result;
    }

    // Extents of 1 inserted between the operand's dimensions.
    private static Tensor Spread(Tensor operand, in Size shape) => Reshape.Call(operand, shape);

    private string SubscriptName(int place)
    {
        int label = Array.IndexOf(_place, place);
        return label >= 0 ? Name(label).ToString() : "...";
    }
}
