using System.Runtime.CompilerServices;
using Facula.Modules;

namespace Facula;

// TorchSharp's argument names where they are not PyTorch's. The parameter types differ from those of the forms with PyTorch's names, since
// names alone do not make an overload; the priority lets those forms win whenever the names do not decide.
public static partial class torch
{
    public static partial class nn
    {
        /// <summary>y = x·Wᵀ + b, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, ScalarType? dtype = null, Device? device = null) =>
            new(inputSize, outputSize, hasBias, device, dtype);

        /// <summary>y = x₁ᵀ·A·x₂ + b, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static Bilinear Bilinear(long in1Features, long in2Features, long outputSize, bool hasBias = true, ScalarType? dtype = null, Device? device = null) =>
            new(in1Features, in2Features, outputSize, hasBias, device, dtype);

        /// <summary>Dropout, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static Dropout Dropout(double probability, bool inplace = false) => new(probability, inplace);

        /// <summary>Dropout of channels, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static Dropout2d Dropout2d(double probability, bool inplace = false) => new(probability, inplace);

        /// <summary>Flattens dimensions, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static Flatten Flatten(int startDim = 1, int endDim = -1) => new(startDim, endDim);

        /// <summary>A table of vectors, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
            bool scale_grad_by_freq = false, bool sparse = false, ScalarType? dtype = null, Device? device = null) =>
            new(num_embeddings, embedding_dims, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, null, device, dtype);

        /// <summary>Convolution (N, C, L), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static Conv1d Conv1d(long in_channels, long out_channels, Dims kernelSize, Dims stride = default, Dims padding = default, Dims dilation = default,
            PaddingModes paddingMode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(in_channels, out_channels, kernelSize, stride, padding, dilation, groups, bias, EnumNames.Of(paddingMode), device, dtype);

        /// <summary>Convolution (N, C, H, W), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static Conv2d Conv2d(long in_channels, long out_channels, Dims kernelSize, Dims stride = default, Dims padding = default, Dims dilation = default,
            PaddingModes paddingMode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(in_channels, out_channels, kernelSize, stride, padding, dilation, groups, bias, EnumNames.Of(paddingMode), device, dtype);

        /// <summary>Convolution (N, C, D, H, W), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static Conv3d Conv3d(long in_channels, long out_channels, Dims kernelSize, Dims stride = default, Dims padding = default, Dims dilation = default,
            PaddingModes paddingMode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(in_channels, out_channels, kernelSize, stride, padding, dilation, groups, bias, EnumNames.Of(paddingMode), device, dtype);

        /// <summary>Convolution (N, C, H, W) with <see cref="Padding.Same"/> or <see cref="Padding.Valid"/>.</summary>
        [OverloadResolutionPriority(-2)]
        public static Conv2d Conv2d(long in_channels, long out_channels, Dims kernel_size, Dims stride, Padding padding, Dims dilation = default,
            PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, EnumNames.Of(padding_mode), device, dtype);

        /// <summary>Largest values (N, C, L), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static MaxPool1d MaxPool1d(Dims kernelSize, Dims stride = default, Dims padding = default, Dims dilation = default, bool ceilMode = false) =>
            new(kernelSize, stride, padding, dilation.IsNone ? 1 : dilation, false, ceilMode);

        /// <summary>Largest values (N, C, H, W), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static MaxPool2d MaxPool2d(Dims kernelSize, Dims stride = default, Dims padding = default, Dims dilation = default, bool ceilMode = false) =>
            new(kernelSize, stride, padding, dilation.IsNone ? 1 : dilation, false, ceilMode);

        /// <summary>Means (N, C, H, W), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static AvgPool2d AvgPool2d(Dims kernelSize, Dims stride = default, Dims padding = default, bool ceilMode = false) =>
            new(kernelSize, stride, padding, ceilMode);

        /// <summary>Means on a grid of given size, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(params long[] outputSize) => new(outputSize);

        /// <summary>Batch normalisation (N, C) or (N, C, L), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static BatchNorm1d BatchNorm1d(long features, double eps = 1e-5, double momentum = 0.1, bool affine = true, bool track_running_stats = true) =>
            new(features, eps, momentum, affine, track_running_stats);

        /// <summary>Batch normalisation (N, C, H, W), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static BatchNorm2d BatchNorm2d(long features, double eps = 1e-5, double momentum = 0.1, bool affine = true, bool track_running_stats = true) =>
            new(features, eps, momentum, affine, track_running_stats);

        /// <summary>Batch normalisation (N, C, D, H, W), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static BatchNorm3d BatchNorm3d(long features, double eps = 1e-5, double momentum = 0.1, bool affine = true, bool track_running_stats = true) =>
            new(features, eps, momentum, affine, track_running_stats);

        /// <summary>max(0, x) + slope·min(0, x), in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static LeakyReLU LeakyReLU(float negativeSlope, bool inplace = false) => new(negativeSlope, inplace);

        /// <summary>Elman network, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static RNN RNN(long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, bool batchFirst = false,
            double dropout = 0.0, bool bidirectional = false, ScalarType? dtype = null, Device? device = null) =>
            new(inputSize, hiddenSize, numLayers, EnumNames.Of(nonLinearity), bias, batchFirst, dropout, bidirectional, device, dtype);

        /// <summary>Long short-term memory, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static LSTM LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false,
            ScalarType? dtype = null, Device? device = null) =>
            new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, 0, device, dtype);

        /// <summary>Gated recurrent units, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static GRU GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false,
            ScalarType? dtype = null, Device? device = null) =>
            new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        /// <summary>One step of an Elman network, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static RNNCell RNNCell(long inputSize, long hiddenSize, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, ScalarType? dtype = null, Device? device = null) =>
            new(inputSize, hiddenSize, bias, EnumNames.Of(nonLinearity), device, dtype);

        /// <summary>One step of a long short-term memory, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static LSTMCell LSTMCell(long inputSize, long hiddenSize, bool bias = true, ScalarType? dtype = null, Device? device = null) =>
            new(inputSize, hiddenSize, bias, device, dtype);

        /// <summary>One step of gated recurrent units, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static GRUCell GRUCell(long inputSize, long hiddenSize, bool bias = true, ScalarType? dtype = null, Device? device = null) =>
            new(inputSize, hiddenSize, bias, device, dtype);

        /// <summary>Binary cross entropy of logits, in TorchSharp's spelling.</summary>
        [OverloadResolutionPriority(-2)]
        public static BCEWithLogitsLoss BCEWithLogitsLoss(Tensor? weight, Reduction reduction, Tensor? pos_weights) =>
            new(weight, reduction: EnumNames.Of(reduction), pos_weight: pos_weights);
    }
}
