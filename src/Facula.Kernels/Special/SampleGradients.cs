using System.Numerics;

namespace Facula.Kernels;

/// <summary>How a gamma variate of scale one moves with its shape.</summary>
public readonly struct StandardGammaGradKernel : IFloatBinary
{
    public static string Name => "_standard_gamma_grad";
    public static T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(SpecialFunctions.StandardGammaGrad(double.CreateTruncating(x), double.CreateTruncating(y)));
}

/// <summary>How a Dirichlet variate's component moves with its concentration: of component, concentration and total concentration.</summary>
public readonly struct DirichletGradKernel : IZip3<float, float>, IZip3<double, double>
{
    public float Invoke(float x, float y, float z) => (float)SpecialFunctions.DirichletGrad(x, y, z);
    public double Invoke(double x, double y, double z) => SpecialFunctions.DirichletGrad(x, y, z);
}
