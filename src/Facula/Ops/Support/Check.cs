using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Facula.Ops;

/// <summary>Argument rules that many ops share, in PyTorch's words.</summary>
internal static class Check
{
    /// <summary>The dimension as 0 … rank−1; a 0-dim tensor has the one dimension that 0 and −1 name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Dim(long dim, int rank)
    {
        long range = rank == 0 ? 1 : rank;
        if (dim < -range || dim >= range) ThrowDim(dim, range);
        return (int)(dim < 0 ? dim + range : dim);
    }

    [DoesNotReturn]
    private static void ThrowDim(long dim, long range) =>
        throw new IndexOutOfRangeException($"Dimension out of range (expected to be in range of [{-range}, {range - 1}], but got {dim})");

    [DoesNotReturn]
    private static void Throw(CheckMessage message) => throw new TorchException(message.ToString());

    /// <summary>Throws PyTorch's RuntimeError unless the condition holds.</summary>
    internal static void That([DoesNotReturnIf(false)] bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] CheckMessage message)
    {
        if (!condition) Throw(message);
    }

    /// <summary>Builds the message only when the check has failed: until then it is a null reference.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct CheckMessage
    {
        private readonly StringBuilder? _text;

        public CheckMessage(int literalLength, int formattedCount, bool condition, out bool wanted)
        {
            wanted = !condition;
            if (wanted) _text = new StringBuilder(literalLength + 8 * formattedCount);
        }

        public void AppendLiteral(string text) => _text!.Append(text);
        public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");
        public override string ToString() => _text!.ToString();
    }
}
