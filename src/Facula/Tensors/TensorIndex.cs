using System.Globalization;

namespace Facula;

public static partial class torch
{
    /// <summary>What may stand between the brackets of <c>x[…]</c>: a number, a range, a slice, None, an ellipsis, text, a list, a mask, a tensor.</summary>
    public readonly struct TensorIndex
    {
        internal enum Kind : byte { Integer, Slice, None, Ellipsis, Boolean, Tensor, Text }

        private readonly Kind _kind;
        private readonly long _start, _stop, _step;
        private readonly bool _hasStart, _hasStop;
        private readonly object? _object;

        private TensorIndex(Kind kind, long? start = null, long? stop = null, long step = 1, object? value = null)
        {
            _kind = kind;
            (_hasStart, _start) = (start.HasValue, start ?? 0);
            (_hasStop, _stop) = (stop.HasValue, stop ?? 0);
            _step = step;
            _object = value;
        }

        internal Kind What => _kind;
        internal long Number => _start;
        internal long? Start => _hasStart ? _start : null;
        internal long? Stop => _hasStop ? _stop : null;
        internal long Step => _step;
        internal Tensor Indices => (Tensor)_object!;
        internal string Words => (string)_object!;

        /// <summary>A whole dimension: Python's <c>:</c>.</summary>
        public static TensorIndex Colon => Slice();

        /// <summary>A new dimension of extent 1.</summary>
        public static TensorIndex None => new(Kind.None);

        /// <summary>A new dimension of extent 1.</summary>
        public static TensorIndex Null => None;

        /// <summary>As many whole dimensions as are missing.</summary>
        public static TensorIndex Ellipsis => new(Kind.Ellipsis);

        /// <summary>Every step-th index from start up to stop, which is not included.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null)
        {
            if (step is <= 0) throw new ArgumentException("step must be greater than zero");
            return new(Kind.Slice, start, stop, step ?? 1);
        }

        /// <summary>One index.</summary>
        public static TensorIndex Single(long? index) => index is { } i ? i : throw new ArgumentNullException(nameof(index));

        /// <summary>True: a new dimension of extent 1; false: of extent 0.</summary>
        public static TensorIndex Bool(bool value) => value;

        /// <summary>Index numbers or a mask.</summary>
        public static TensorIndex Tensor(Tensor tensor) => tensor;

        public static implicit operator TensorIndex(int index) => new(Kind.Integer, index);
        public static implicit operator TensorIndex(long index) => new(Kind.Integer, index);
        public static implicit operator TensorIndex(bool value) => new(Kind.Boolean, value ? 1 : 0);
        public static implicit operator TensorIndex(Tensor indices) => new(Kind.Tensor, value: indices);
        public static implicit operator TensorIndex(int[] indices) => new(Kind.Tensor, value: from_numpy(Array.ConvertAll(indices, i => (long)i)));
        public static implicit operator TensorIndex(long[] indices) => new(Kind.Tensor, value: tensor(indices));
        public static implicit operator TensorIndex(bool[] mask) => new(Kind.Tensor, value: tensor((Array)mask));
        public static implicit operator TensorIndex(List<int> indices) => indices.ToArray();
        public static implicit operator TensorIndex(List<long> indices) => indices.ToArray();
        public static implicit operator TensorIndex(Array indices) => new(Kind.Tensor, value: tensor(indices).to(indices is bool[,] or bool[,,] ? ScalarType.Bool : ScalarType.Int64));
        public static implicit operator TensorIndex(string text) => new(Kind.Text, value: text);
        public static implicit operator TensorIndex((int? start, int? stop) range) => Slice(range.start, range.stop);

        public static implicit operator TensorIndex(Index index) =>
            index is { IsFromEnd: true, Value: 0 } ? throw new IndexOutOfRangeException("^0 lies behind the last element") : new(Kind.Integer, FromEnd(index));

        // x[..^1] ends before the last element; x[1..] and x[1..^0] at the end.
        public static implicit operator TensorIndex(Range range) => new(Kind.Slice,
            range.Start is { IsFromEnd: false, Value: 0 } ? null : range.Start is { IsFromEnd: true, Value: 0 } ? long.MaxValue : FromEnd(range.Start),
            range.End is { IsFromEnd: true, Value: 0 } ? null : FromEnd(range.End));

        private static long FromEnd(Index index) => index.IsFromEnd ? -index.Value : index.Value;

        /// <summary>The indices that a text such as <c>"::2, 1"</c> means.</summary>
        internal static List<TensorIndex> Parse(string text)
        {
            var parts = new List<TensorIndex>();
            string trimmed = text.Trim().TrimEnd(',');
            foreach (string piece in SplitOutside(trimmed))
            {
                string part = piece.Trim();
                if (part is "..." or "Ellipsis") parts.Add(Ellipsis);
                else if (part is "None" or "null" or "newaxis") parts.Add(None);
                else if (part is "True" or "False") parts.Add(part == "True");
                else if (part.StartsWith('[')) parts.Add(Array.ConvertAll(part.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries), p => Parsed(p, text)!.Value));
                else if (part.Contains(':'))
                {
                    string[] bounds = part.Split(':');
                    if (bounds.Length > 3) throw Malformed(text);
                    parts.Add(Slice(Parsed(bounds[0], text), Parsed(bounds[1], text), bounds.Length > 2 ? Parsed(bounds[2], text) : null));
                }
                else parts.Add(Parsed(part, text) ?? throw Malformed(text));
            }
            return parts;
        }

        private static IEnumerable<string> SplitOutside(string text)
        {
            int depth = 0, start = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '[') depth++;
                else if (text[i] == ']') depth--;
                else if (text[i] == ',' && depth == 0)
                {
                    yield return text[start..i];
                    start = i + 1;
                }
            }
            yield return text[start..];
        }

        private static long? Parsed(string number, string text)
        {
            string trimmed = number.Trim();
            if (trimmed.Length == 0 || trimmed == "None") return null;
            return long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Malformed(text);
        }

        private static IndexOutOfRangeException Malformed(string text) => new(
            $"only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got \"{text}\")");
    }

    /// <summary>As an index: a new dimension of extent 1.</summary>
    public static TensorIndex None => TensorIndex.None;

    /// <summary>As an index: as many whole dimensions as are missing.</summary>
    public static TensorIndex Ellipsis => TensorIndex.Ellipsis;

    /// <summary>As an index: Python's <c>start:stop:step</c>.</summary>
    public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => TensorIndex.Slice(start, stop, step);
}
