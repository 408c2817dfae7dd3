using System.Globalization;

namespace Facula;

public static partial class torch
{
    public partial class Tensor : ISpanFormattable
    {
        /// <summary>PyTorch's printed form, as <c>str(x)</c> and <c>print(x)</c> give it.</summary>
        public override string ToString()
        {
            ThrowIfDisposed();
            return TensorFormatter.Format(this);
        }

        /// <summary>The printed form; with a .NET number format (<c>F4</c>) the only element's.</summary>
        public string ToString(string? format, IFormatProvider? formatProvider = null)
        {
            if (string.IsNullOrEmpty(format)) return ToString();
            if (Numel != 1) throw new ArgumentException("unsupported format string passed to Tensor.__format__");
            return item().ToString(format, CultureInfo.InvariantCulture);
        }

        /// <summary>What interpolation writes: of a 0-dim tensor the number, as Python's <c>f"{x}"</c> does, else the printed form.</summary>
        public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            string text = format.IsEmpty && Rank == 0 ? item().ToString() : ToString(format.ToString(), provider);
            bool fits = text.TryCopyTo(destination);
            charsWritten = fits ? text.Length : 0;
            return fits;
        }

        /// <summary>The elements as nested lists of long, double, bool or Complex; of a 0-dim tensor the number itself.</summary>
        public object tolist()
        {
            ThrowIfDisposed();
            return Nested(0, 0);
        }

        private object Nested(int dim, long position)
        {
            if (dim == Rank)
            {
                Scalar value = GetElement(position);
                return value.IsBool ? value.ToBoolean() : value.IsInteger ? value.ToInt64() : value.IsComplex ? value.ToComplex() : (object)value.ToDouble();
            }
            var items = new List<object>((int)_sizes[dim]);
            for (long i = 0; i < _sizes[dim]; i++) items.Add(Nested(dim + 1, position + i * StridesRef[dim]));
            return items;
        }
    }
}
