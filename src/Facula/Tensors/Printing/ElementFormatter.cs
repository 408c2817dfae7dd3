using System.Globalization;

namespace Facula;

/// <summary>The common form of a tensor's elements: integer-like, fixed or scientific, and the width that aligns them.</summary>
internal sealed class ElementFormatter
{
    private readonly bool _real;
    private readonly bool _whole = true;        // all finite values are integers: "1." rather than "1.0000"
    private readonly bool _scientific;
    private readonly int _precision;

    internal int Width { get; } = 1;

    internal ElementFormatter(IEnumerable<Scalar> values, bool real, PrintOptions options)
    {
        _real = real;
        _precision = options.Precision;
        if (!real)
        {
            foreach (Scalar value in values) Width = Math.Max(Width, value.ToString().Length);
            return;
        }
        var finite = values.Select(v => v.ToDouble()).Where(v => double.IsFinite(v) && v != 0).ToList();
        if (finite.Count == 0)
        {
            _scientific = options.Scientific ?? false;
            return;
        }
        double smallest = finite.Min(Math.Abs), largest = finite.Max(Math.Abs);
        _whole = finite.TrueForAll(v => v == Math.Ceiling(v));
        bool scientific = largest / smallest > 1000 || largest > 1e8 || (!_whole && smallest < 1e-4);
        foreach (double value in finite)
        {
            int length = scientific ? RealText.Scientific(value, _precision).Length
                : _whole ? RealText.Fixed(value, 0).Length + 1
                : RealText.Fixed(value, _precision).Length;
            Width = Math.Max(Width, length);
        }
        // A forced notation keeps the width of the natural one, as in PyTorch.
        _scientific = options.Scientific ?? scientific;
    }

    internal string Format(Scalar value)
    {
        string text;
        if (!_real) text = value.ToString();
        else
        {
            double number = value.ToDouble();
            text = _scientific ? RealText.Scientific(number, _precision)
                : !_whole ? RealText.Fixed(number, _precision)
                : RealText.Fixed(number, 0) + (double.IsFinite(number) ? "." : "");
        }
        return text.PadLeft(Width);
    }
}
