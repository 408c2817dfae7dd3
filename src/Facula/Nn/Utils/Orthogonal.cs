using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static partial class parametrizations
            {
                /// <summary>
                /// Makes a parameter a matrix, or batch of matrices, with orthonormal columns (rows, where they are fewer), by <c>matrix_exp</c>, <c>cayley</c> or <c>householder</c>.
                /// </summary>
                public static T orthogonal<T>(T module, string name = "weight", string? orthogonal_map = null, bool use_trivialization = true) where T : Module
                {
                    Tensor weight = TensorOf(module, name);
                    if (weight.ndim < 2) throw new ArgumentException($"Expected a matrix or batch of matrices. Got a tensor of {weight.ndim} dimensions.");
                    orthogonal_map ??= weight.size(-2) == weight.size(-1) || weight.dtype.is_complex ? "matrix_exp" : "householder";
                    if (orthogonal_map is not ("matrix_exp" or "cayley" or "householder"))
                        throw new ArgumentException($"orthogonal_map has to be one of \"matrix_exp\", \"cayley\", \"householder\". Got: {orthogonal_map}");
                    return parametrize.register_parametrization(module, name, new _Orthogonal(weight, orthogonal_map, use_trivialization), @unsafe: true);
                }

                private sealed class _Orthogonal : Module<Tensor, Tensor>, parametrize.IRightInverse
                {
                    private readonly Size _shape;
                    private readonly string _map;
                    private readonly bool _trivialized;

                    internal _Orthogonal(Tensor weight, string map, bool trivialized)
                    {
                        if (weight.dtype.is_complex && map == "householder") throw new ArgumentException("The householder parametrization does not support complex tensors.");
                        (_shape, _map, _trivialized) = (weight.shape, map, trivialized);
                        if (trivialized) register_buffer("base", null);
                    }

                    public override Tensor forward(Tensor x)
                    {
                        bool wide = x.size(-2) < x.size(-1);
                        if (wide) x = x.mT;
                        long n = x.size(-2), k = x.size(-1);
                        Tensor q;
                        if (_map == "householder")
                        {
                            Tensor reflectors = x.tril(-1);
                            Tensor tau = 2.0 / (1.0 + (reflectors * reflectors).sum(-2));
                            q = linalg.householder_product(reflectors, tau);
                            // The diagonal holds signs.
                            q = q * x.diagonal(0, -2, -1).to(int32).unsqueeze(-2);
                        }
                        else
                        {
                            // A skew matrix from the lower triangle: its exponential, or its Cayley transform, is orthogonal.
                            Tensor lower = x.tril();
                            if (n != k) lower = torch.cat([lower, torch.zeros(new Size([.. x.shape.ToArray()[..^1], n - k]), dtype: x.dtype, device: x.device)], -1);
                            Tensor skew = lower - lower.mH;
                            Tensor identity = torch.eye(n, dtype: x.dtype, device: x.device);
                            q = _map == "matrix_exp" ? torch.matrix_exp(skew) : linalg.solve(identity - 0.5 * skew, identity + 0.5 * skew);
                            if (n != k) q = q.narrow(-1, 0, k);
                        }
                        if (_trivialized) q = BufferOrNull("base")!.matmul(q);
                        return wide ? q.mT : q;
                    }

                    public Tensor right_inverse(Tensor value)
                    {
                        using GradModeScope _ = no_grad();
                        if (value.shape != _shape) throw new ArgumentException($"Expected a matrix or batch of matrices of shape {_shape}. Got a tensor of shape {value.shape}.");
                        bool wide = value.size(-2) < value.size(-1);
                        Tensor q = wide ? value.mT : value;
                        if (!_trivialized)
                        {
                            // Without a base only reflectors can be found for a given matrix; the other maps start where they are.
                            if (_map != "householder") return value;
                            (Tensor a, Tensor tau) = torch.geqrf(q);
                            Tensor diagonal = a.diagonal(0, -2, -1);
                            Tensor signs = diagonal.sign();
                            diagonal.copy_(torch.where(tau.eq(0), -signs, signs));
                            return wide ? a.mT : a;
                        }
                        long n = q.size(-2), k = q.size(-1);
                        if (n != k)
                        {
                            Tensor more = torch.randn(new Size([.. q.shape.ToArray()[..^2], n, n - k]), dtype: q.dtype, device: q.device);
                            q = Orthogonalized(torch.cat([q, more], -1));
                        }
                        else q = IsOrthogonal(q) ? q.clone() : Orthogonalized(q);
                        register_buffer("base", q);
                        Tensor start = torch.zeros_like(value);
                        start.diagonal(0, -2, -1).fill_(-1.0);
                        return start;
                    }

                    private static bool IsOrthogonal(Tensor q)
                    {
                        Tensor identity = torch.eye(q.size(-1), dtype: q.dtype, device: q.device);
                        return torch.allclose(q.mH.matmul(q), identity, atol: 10.0 * q.size(-2) * finfo(q.dtype).eps);
                    }

                    private static Tensor Orthogonalized(Tensor a)
                    {
                        (Tensor x, Tensor tau) = torch.geqrf(a);
                        return linalg.householder_product(x, tau) * x.diagonal(0, -2, -1).sgn().unsqueeze(-2);
                    }
                }
            }
        }
    }
}
