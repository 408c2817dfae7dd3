namespace Facula.Kernels;

/// <summary>The order in which a forward pass reads its weights.</summary>
public enum WeightForm
{
    /// <summary>Output channels × input channels × kernel.</summary>
    AsGiven,
    /// <summary>Panels of filters, tap by tap.</summary>
    Panels,
    /// <summary>Winograd's 36 points.</summary>
    Points,
}
