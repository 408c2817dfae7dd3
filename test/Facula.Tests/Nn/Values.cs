namespace Facula.Tests.Nn;

/// <summary>Comparison with numbers that PyTorch printed.</summary>
internal static class Values
{
    internal static void Close(double[] expected, torch.Tensor actual, double tolerance = 2e-6)
    {
        double[] found = actual.detach().to(torch.float64).reshape(-1).ToArray<double>();
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance, $"element {i} is {found[i]}, expected {expected[i]}");
    }

    /// <summary>0, 1/6, … 5/6 as (2, 3).</summary>
    internal static torch.Tensor Sixths => torch.arange(6.0).view(2, 3) / 6;

    internal static string Keys(torch.nn.Module module) => string.Join(", ", module.state_dict().Keys);
}
