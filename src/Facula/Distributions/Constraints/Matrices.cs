namespace Facula;

public static partial class torch
{
    public static partial class distributions
    {
        public static partial class constraints
        {
            /// <summary>Lower triangular square matrices.</summary>
            public sealed class LowerTriangular : Constraint
            {
                public override int event_dim => 2;
                public override Tensor check(Tensor value) => value.tril().eq(value).flatten(-2).all(-1);
            }

            /// <summary>Lower triangular square matrices with a positive diagonal.</summary>
            public class LowerCholesky : Constraint
            {
                public override int event_dim => 2;

                public override Tensor check(Tensor value) =>
                    value.tril().eq(value).flatten(-2).all(-1) & (value.diagonal(dim1: -2, dim2: -1) > 0).all(-1);
            }

            /// <summary>Lower triangular square matrices with a positive diagonal and rows of length 1.</summary>
            public sealed class CorrCholesky : Constraint
            {
                private static readonly LowerCholesky s_shape = new();

                public override int event_dim => 2;

                public override Tensor check(Tensor value)
                {
                    double tolerance = finfo(value.dtype).eps * value.shape[^1] * 10;
                    Tensor length = value.detach().norm(dim: -1);
                    return s_shape.check(value) & ((length - 1).abs() <= tolerance).all(-1);
                }
            }

            /// <summary>Square matrices.</summary>
            public class Square : Constraint
            {
                public override int event_dim => 2;

                public override Tensor check(Tensor value) =>
                    full(value.shape[..^2], value.shape[^2] == value.shape[^1], dtype: ScalarType.Bool, device: value.device);
            }

            /// <summary>Symmetric matrices.</summary>
            public class Symmetric : Square
            {
                public override Tensor check(Tensor value)
                {
                    Tensor isSquare = base.check(value);
                    return isSquare.all() ? isclose(value, value.mT, atol: 1e-6).all(-2).all(-1) : isSquare;
                }
            }

            /// <summary>Symmetric matrices without negative eigenvalues.</summary>
            public sealed class PositiveSemidefinite : Symmetric
            {
                public override Tensor check(Tensor value)
                {
                    Tensor isSymmetric = base.check(value);
                    return isSymmetric.all() ? (linalg.eigvalsh(value.detach()) >= 0).all(-1) : isSymmetric;
                }
            }

            /// <summary>Symmetric matrices with positive eigenvalues.</summary>
            public sealed class PositiveDefinite : Symmetric
            {
                public override Tensor check(Tensor value)
                {
                    Tensor isSymmetric = base.check(value);
                    return isSymmetric.all() ? linalg.cholesky_ex(value.detach()).info.eq(0) : isSymmetric;
                }
            }
        }
    }
}
