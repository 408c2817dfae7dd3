namespace Facula;

/// <summary>
/// The device seam. Family routers (<c>Elementwise</c>, <c>Reduce</c>, <c>MatrixProduct</c> …) call CPU kernels directly, as static generic calls;
/// for a tensor on another device they hand the kernel's name and the tensors to that device's backend, registered here.
/// </summary>
internal abstract class Backend
{
    private static readonly Backend?[] s_backends = new Backend?[(int)DeviceType.MPS + 1];

    /// <summary>Adds a device: the one call that a GPU package makes at start.</summary>
    internal static void Register(DeviceType device, Backend backend) => s_backends[(int)device] = backend;

    internal static bool IsAvailable(DeviceType device) => device == DeviceType.CPU || s_backends[(int)device] is not null;

    internal static Backend For(Device device) => s_backends[(int)device.Kind] ?? throw Missing(device.Kind);

    internal static void Require(Device? device)
    {
        if (device is { IsCpu: false } && s_backends[(int)device.Kind] is null) throw Missing(device.Kind);
    }

    private static TorchException Missing(DeviceType device)
    {
        const string WhatToDo = "Facula found no GPU backend in this process: keep tensors on device 'cpu', or choose the device with";
        return device == DeviceType.CUDA
            ? new AssertionException($"Torch not compiled with CUDA enabled\n{WhatToDo} torch.cuda.is_available().")
            : new TorchException($"PyTorch is not linked with support for mps devices\n{WhatToDo} torch.backends.mps.is_available().");
    }

    /// <summary>Number of devices of this kind.</summary>
    internal abstract int DeviceCount { get; }

    /// <summary>result[i] = kernel(input[i]).</summary>
    internal abstract void Unary(string kernel, Tensor input, Tensor result);

    /// <summary>result[i] = kernel(input[i], other[i]), broadcast.</summary>
    internal abstract void Binary(string kernel, Tensor input, Tensor other, Tensor result);

    /// <summary>Folds the named dimensions.</summary>
    internal abstract void Reduce(string kernel, Tensor input, ReadOnlySpan<int> dims, Tensor result);

    /// <summary>Any other operation, by the name of its op.</summary>
    internal abstract void Run(string op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> results);

    /// <summary>Copies between devices or within this one.</summary>
    internal abstract void Copy(Tensor source, Tensor destination);
}

/// <summary>Python's AssertionError, which PyTorch raises for a build without CUDA.</summary>
public sealed class AssertionException(string message) : TorchException(message);
