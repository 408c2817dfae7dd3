namespace Facula;

/// <summary>TorchSharp's names of the ways to pad a convolution.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>Mirrored at the border.</summary>
    Reflect,

    /// <summary>The border's values.</summary>
    Replicate,

    /// <summary>From the other side.</summary>
    Circular,

    /// <summary>A constant, which for convolutions is zero.</summary>
    Constant,
}

/// <summary>TorchSharp's names of what an EmbeddingBag makes of a bag.</summary>
public enum EmbeddingBagMode
{
    /// <summary>The sum.</summary>
    Sum,

    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The largest element of each column.</summary>
    Max,
}

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>TorchSharp's names of how losses are reduced.</summary>
        public enum Reduction
        {
            /// <summary>Not at all.</summary>
            None,

            /// <summary>To their mean.</summary>
            Mean,

            /// <summary>To their sum.</summary>
            Sum,
        }

        /// <summary>TorchSharp's names of a recurrent network's nonlinearity.</summary>
        public enum NonLinearities
        {
            /// <summary>max(0, x).</summary>
            ReLU,

            /// <summary>The hyperbolic tangent.</summary>
            Tanh,
        }
    }
}

/// <summary>PyTorch's texts for TorchSharp's enumerations.</summary>
internal static class EnumNames
{
    internal static string Of(nn.Reduction value) => value switch { nn.Reduction.None => "none", nn.Reduction.Sum => "sum", _ => "mean" };

    internal static string Of(nn.NonLinearities value) => value == nn.NonLinearities.ReLU ? "relu" : "tanh";


    internal static string Of(EmbeddingBagMode value) => value switch { EmbeddingBagMode.Sum => "sum", EmbeddingBagMode.Max => "max", _ => "mean" };

    internal static string Of(PaddingModes value) => value switch
    {
        PaddingModes.Reflect => "reflect",
        PaddingModes.Replicate => "replicate",
        PaddingModes.Circular => "circular",
        _ => "zeros",
    };
}
