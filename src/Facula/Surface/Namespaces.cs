namespace Facula;

/// <summary>PyTorch's module <c>torch</c>: its functions, types and submodules.</summary>
public static partial class torch
{
    /// <summary><c>torch.linalg</c>: linear algebra.</summary>
    public static partial class linalg;

    /// <summary><c>torch.special</c>: special functions.</summary>
    public static partial class special;

    /// <summary><c>torch.masked</c>: reductions and normalisations over the elements that a mask lets through.</summary>
    public static partial class masked;

    public static partial class nn
    {
        /// <summary><c>torch.nn.functional</c>: what the modules of <c>torch.nn</c> compute, as functions.</summary>
        public static partial class functional;
    }
}
