namespace Facula.Ops;

[CompositeOp("trace")]
internal static partial class Trace
{
    /// <summary>The sum of the diagonal of a matrix.</summary>
    static Tensor Compose(Tensor input)
    {
        Check.That(input.Rank == 2, $"trace: expected a matrix, but got tensor with dim {input.Rank}");
        return Sum.Call(input.diagonal());
    }
}
