namespace Facula;

public static partial class torch
{
    /// <summary>Whether Apple's GPU can be used; TorchSharp's name of <c>torch.backends.mps.is_available()</c>.</summary>
    public static bool mps_is_available() => backends.mps.is_available();

    /// <summary><c>torch.backends</c>: what the devices can do.</summary>
    public static partial class backends
    {
        /// <summary>Apple's GPU.</summary>
        public static class mps
        {
            /// <summary>Whether it can be used: a backend is registered.</summary>
            public static bool is_available() => Backend.IsAvailable(DeviceType.MPS);

            /// <summary>Whether a backend for it is part of this process.</summary>
            public static bool is_built() => Backend.IsAvailable(DeviceType.MPS);
        }
    }
}
