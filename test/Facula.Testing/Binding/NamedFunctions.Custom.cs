namespace Facula.Testing.Binding;

public static partial class NamedFunctions
{
    /// <summary>Functions with a derivative of their own.</summary>
    private static void Custom()
    {
        Add("cube", a => Cube.apply(a[0]), arity: 1);
        Add("straight_through_sign", a => StraightThroughSign.apply(a[0]), arity: 1);
    }

    private sealed class Cube : torch.autograd.Function<Cube>
    {
        private static Tensor forward(Context ctx, Tensor x)
        {
            ctx.save_for_backward(x);
            return x.pow(3);
        }

        private static Tensor backward(Context ctx, Tensor grad) => 3 * ctx.saved_tensors[0].pow(2) * grad;
    }

    private sealed class StraightThroughSign : torch.autograd.Function<StraightThroughSign>
    {
        private static Tensor forward(Context ctx, Tensor x)
        {
            ctx.save_for_backward(x);
            return x.sign();
        }

        private static Tensor backward(Context ctx, Tensor grad) => grad * (ctx.saved_tensors[0].abs() <= 1);
    }
}
