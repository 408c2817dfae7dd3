namespace Facula.Serialization;

/// <summary>
/// The grammar of a .npy header and nothing more of Python: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), }</c>,
/// keys in any order, each once.
/// </summary>
internal sealed class NpyLiteral(string text, Func<int, InvalidDataException> malformed)
{
    private const int HighestRank = 64;

    private int _at;

    public NpyHeader Parse(long dataOffset, Func<int, string, InvalidDataException> corrupt)
    {
        string? descr = null;
        bool? fortran = null;
        long[]? shape = null;
        int descrAt = 0;
        Expect('{');
        while (!TryTake('}'))
        {
            string key = ParseText();
            Expect(':');
            SkipSpace();
            switch (key)
            {
                case "descr" when descr is null:
                    descrAt = _at;
                    descr = ParseText();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = ParseFlag();
                    break;
                case "shape" when shape is null:
                    shape = ParseShape();
                    break;
                default:
                    throw malformed(_at);
            }
            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }
        SkipSpace();
        if (_at != text.Length || descr is null || fortran is null || shape is null)
            throw malformed(_at);
        bool marked = descr.Length > 0 && descr[0] is '<' or '>' or '|' or '=';
        if (descr.TrimStart('|', '<', '>', '=').StartsWith('O'))
            throw corrupt(descrAt, "the array holds Python objects; only numbers are read. Convert it in Python: a.astype(float)");
        if (!NumpyTypes.TryParse(marked ? descr[1..] : descr, out StoredType type))
            throw corrupt(descrAt, $"the dtype '{(descr.Length > 20 ? descr[..20] : descr)}' is unknown");
        return new NpyHeader(type, descr[0] == '>', fortran.Value, shape, dataOffset);
    }

    private long[] ParseShape()
    {
        var sizes = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            sizes.Add(ParseNumber());
            if (sizes.Count > HighestRank)
                throw malformed(_at);
            if (!TryTake(','))
            {
                // (3) is a number in Python, not a tuple.
                if (sizes.Count == 1)
                    throw malformed(_at);
                Expect(')');
                break;
            }
        }
        return [.. sizes];
    }

    private long ParseNumber()
    {
        SkipSpace();
        int start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
        if (!long.TryParse(text.AsSpan(start, _at - start), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number))
            throw malformed(start);
        // Python 2 wrote long integers as 3L.
        if (_at < text.Length && text[_at] == 'L')
            _at++;
        return number;
    }

    private string ParseText()
    {
        SkipSpace();
        char quote = _at < text.Length ? text[_at] : '\0';
        int end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
        if (end < 0)
            throw malformed(_at);
        string value = text[(_at + 1)..end];
        if (value.Contains('\\'))
            throw malformed(_at);
        _at = end + 1;
        return value;
    }

    private bool ParseFlag()
    {
        foreach (bool flag in (ReadOnlySpan<bool>)[true, false])
        {
            string word = flag ? "True" : "False";
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) == 0)
            {
                _at += word.Length;
                return flag;
            }
        }
        throw malformed(_at);
    }

    private bool TryTake(char expected)
    {
        SkipSpace();
        if (_at >= text.Length || text[_at] != expected)
            return false;
        _at++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
            throw malformed(_at);
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\n' or '\t' or '\r')
            _at++;
    }
}
