namespace Facula;

public static partial class torch
{
    /// <summary>The same memory outside the graph; in-place writes are noticed by both.</summary>
    public static Tensor detach(Tensor input) => input.detach();

    /// <summary>Takes the tensor out of the graph.</summary>
    public static Tensor detach_(Tensor input) => input.detach_();
}
