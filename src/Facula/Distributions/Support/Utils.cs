namespace Facula;

public static partial class torch
{
    public static partial class distributions
    {
        /// <summary><c>torch.distributions.utils</c>: helpers for writing distributions.</summary>
        public static class utils
        {
            /// <summary>Euler's constant.</summary>
            public const double euler_constant = Parameters.EulerGamma;

            /// <summary>The values in their common shape; numbers become tensors of the dtype of the first tensor, or of the default one.</summary>
            public static Tensor[] broadcast_all(params ReadOnlySpan<Tensor> values) => Parameters.Broadcast(values);

            /// <summary>Probabilities of logits: the sigmoid, or the softmax over the last dimension.</summary>
            public static Tensor logits_to_probs(Tensor logits, bool is_binary = false) => Parameters.LogitsToProbs(logits, is_binary);

            /// <summary>Logits of probabilities, which are kept off 0 and 1.</summary>
            public static Tensor probs_to_logits(Tensor probs, bool is_binary = false) => Parameters.ProbsToLogits(probs, is_binary);

            /// <summary>Probabilities kept off 0 and 1 by the dtype's precision.</summary>
            public static Tensor clamp_probs(Tensor probs) => Parameters.ClampProbs(probs);

            /// <summary>The lower triangles of matrices (*, n, n), up to the diagonal <paramref name="diag"/>, as vectors.</summary>
            public static Tensor tril_matrix_to_vec(Tensor mat, long diag = 0)
            {
                long n = mat.shape[^1];
                if (diag < -n || diag >= n) throw new ArgumentException($"diag ({diag}) provided is outside [{-n}, {n - 1}].");
                return mat[Ellipsis, LowerMask(n, diag, mat.device)];
            }

            /// <summary>Matrices (*, n, n) whose lower triangles, up to the diagonal <paramref name="diag"/>, are the vectors.</summary>
            public static Tensor vec_to_tril_matrix(Tensor vec, long diag = 0)
            {
                double exact = (-(1 + 2 * diag) + Math.Sqrt((1 + 2 * diag) * (1 + 2 * diag) + 8 * vec.shape[^1] + 4 * Math.Abs(diag) * (diag + 1))) / 2;
                double n = Math.Round(exact);
                if (n - exact > finfo(vec.dtype).eps)
                    throw new ArgumentException($"The size of last dimension is {vec.shape[^1]} which cannot be expressed as the lower triangular part of a square D x D matrix.");
                Tensor matrix = vec.new_zeros(vec.shape[..^1].Concat([(long)n, (long)n]));
                matrix[Ellipsis, LowerMask((long)n, diag, vec.device)] = vec;
                return matrix;
            }

            private static Tensor LowerMask(long n, long diag, Device device)
            {
                Tensor index = arange(n, device: device);
                return index < index.view(-1, 1) + (diag + 1);
            }
        }
    }
}
