namespace Facula.Ops;

[CompositeOp("outer", Out = true)]
[Alias("torch.ger")]
internal static partial class Outer
{
    /// <summary>All products of an element of the first vector and one of the second, as a matrix.</summary>
    static Tensor Compose(Tensor input, Tensor vec2)
    {
        Check.That(input.Rank == 1, $"outer: Expected 1-D argument self, but got {input.Rank}-D");
        Check.That(vec2.Rank == 1, $"outer: Expected 1-D argument vec2, but got {vec2.Rank}-D");
        return Unsqueeze.Call(input, 1) * vec2;
    }
}
