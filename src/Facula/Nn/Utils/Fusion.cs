using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>A convolution that does what <paramref name="conv"/> followed by <paramref name="bn"/> does, both in evaluation mode.</summary>
            public static T fuse_conv_bn_eval<T>(T conv, NormLayer bn, bool transpose = false) where T : ConvolutionLayer
            {
                if (conv.training || bn.training) throw new AssertionException("Fusion only for eval!");
                var fused = (T)conv.DeepCopy();
                (fused.weight, fused.bias) = fuse_conv_bn_weights(fused.weight, fused.bias, bn.running_mean!, bn.running_var!, bn.eps, bn.weight, bn.bias, transpose);
                return fused;
            }

            /// <summary>The weights of a convolution into which batch normalisation went.</summary>
            public static (Parameter, Parameter) fuse_conv_bn_weights(Tensor conv_w, Tensor? conv_b, Tensor bn_rm, Tensor bn_rv, double bn_eps, Tensor? bn_w, Tensor? bn_b, bool transpose = false)
            {
                using GradModeScope _ = no_grad();
                conv_b ??= zeros_like(bn_rm);
                bn_w ??= ones_like(bn_rm);
                bn_b ??= zeros_like(bn_rm);
                Tensor scale = rsqrt(bn_rv + bn_eps);
                long[] shape = [.. Enumerable.Repeat(1L, conv_w.ndim)];
                shape[transpose ? 1 : 0] = -1;
                return (new Parameter(conv_w * (bn_w * scale).reshape(shape)), new Parameter((conv_b - bn_rm) * scale * bn_w + bn_b));
            }

            /// <summary>A linear layer that does what <paramref name="linear"/> followed by <paramref name="bn"/> does, both in evaluation mode.</summary>
            public static T fuse_linear_bn_eval<T>(T linear, NormLayer bn) where T : Linear
            {
                if (linear.training || bn.training) throw new AssertionException("Fusion only for eval!");
                var fused = (T)linear.DeepCopy();
                (fused.weight, fused.bias) = fuse_linear_bn_weights(fused.weight, fused.bias, bn.running_mean!, bn.running_var!, bn.eps, bn.weight!, bn.bias!);
                return fused;
            }

            /// <summary>The weights of a linear layer into which batch normalisation went.</summary>
            public static (Parameter, Parameter) fuse_linear_bn_weights(Tensor linear_w, Tensor? linear_b, Tensor bn_rm, Tensor bn_rv, double bn_eps, Tensor bn_w, Tensor bn_b)
            {
                using GradModeScope _ = no_grad();
                linear_b ??= zeros_like(bn_rm);
                Tensor scale = bn_w * rsqrt(bn_rv + bn_eps);
                return (new Parameter(linear_w * scale.unsqueeze(-1)), new Parameter((linear_b - bn_rm) * scale + bn_b));
            }
        }
    }
}
