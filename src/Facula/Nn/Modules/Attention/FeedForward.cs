namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>TorchSharp's names of a transformer's activation.</summary>
        public enum Activations
        {
            /// <summary>max(0, x).</summary>
            ReLU,

            /// <summary>The Gaussian error linear unit.</summary>
            GELU,
        }
    }
}

/// <summary>What a transformer's layers share: their activation and the checks of masks.</summary>
internal static class TransformerParts
{
    private static readonly Func<Tensor, Tensor> s_relu = static x => nn.functional.relu(x);

    internal static Func<Tensor, Tensor> Activation(string name) => name switch
    {
        "relu" => s_relu,
        "gelu" => static x => nn.functional.gelu(x),
        _ => throw new TorchException($"activation should be relu/gelu, not {name}"),
    };

    /// <summary>The activation of a linear layer's result; both in one where nothing looks at what is between.</summary>
    internal static Tensor Activated(Modules.Linear linear, Func<Tensor, Tensor> activate, Tensor x) =>
        ReferenceEquals(activate, s_relu) && linear.GetType() == typeof(Modules.Linear) && !linear.IsWatched && Facula.Ops.LinearRelu.Takes(x, linear.weight, linear.bias)
            ? Facula.Ops.LinearRelu.Call(x, linear.weight, linear.bias!)
            : activate(linear.call(x));

    internal static string Name(nn.Activations activation) => activation == nn.Activations.GELU ? "gelu" : "relu";

    /// <summary>The layer and copies of it, with values of their own.</summary>
    internal static Modules.ModuleList<T> Clones<T>(T layer, long count) where T : nn.Module
    {
        var clones = new Modules.ModuleList<T>();
        for (long i = 0; i < count; i++) clones.append((T)layer.DeepCopy());
        return clones;
    }

    internal static void CheckHint(bool? is_causal, Tensor? mask)
    {
        if (is_causal == true && mask is null) throw new TorchException("Need attn_mask if specifying the is_causal hint.");
    }
}
