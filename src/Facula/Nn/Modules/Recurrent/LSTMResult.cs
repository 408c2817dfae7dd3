using System.Runtime.CompilerServices;

namespace Facula.Modules;

/// <summary>
/// What an LSTM answers. It unpacks as in Python, <c>var (output, (h, c)) = lstm.call(x)</c>, and flat, <c>var (output, h, c) = lstm.call(x)</c>.
/// </summary>
public readonly struct LSTMResult<T>(T output, Tensor h_n, Tensor c_n) : ITuple
    where T : notnull
{
    /// <summary>The hidden states of the last layer at all times.</summary>
    public T output { get; } = output;

    /// <summary>The last hidden states (layers · directions, N, H).</summary>
    public Tensor h_n { get; } = h_n;

    /// <summary>The last cell states (layers · directions, N, H).</summary>
    public Tensor c_n { get; } = c_n;

    /// <summary>Hidden and cell states together, as the next call takes them.</summary>
    public (Tensor h_n, Tensor c_n) state => (h_n, c_n);

    /// <summary>Unpacks as in Python.</summary>
    public void Deconstruct(out T output, out (Tensor h_n, Tensor c_n) state) => (output, state) = (this.output, this.state);

    /// <summary>Unpacks into three.</summary>
    public void Deconstruct(out T output, out Tensor h_n, out Tensor c_n) => (output, h_n, c_n) = (this.output, this.h_n, this.c_n);

    public static implicit operator (T output, Tensor h_n, Tensor c_n)(LSTMResult<T> result) => (result.output, result.h_n, result.c_n);

    int ITuple.Length => 2;

    object? ITuple.this[int index] => index switch
    {
        0 => output,
        1 => state,
        _ => throw new IndexOutOfRangeException("tuple index out of range"),
    };
}
