namespace Facula;

public static partial class torch
{
    /// <summary><c>torch.cuda</c>: answers for the GPU backend that a package has registered; without one it is not available.</summary>
    public static partial class cuda
    {
        /// <summary>Whether a GPU can be used.</summary>
        public static bool is_available() => Backend.IsAvailable(DeviceType.CUDA) && device_count() > 0;

        /// <summary>Number of GPUs.</summary>
        public static int device_count() => Backend.IsAvailable(DeviceType.CUDA) ? Backend.For(CUDA).DeviceCount : 0;

        /// <summary>Whether a GPU backend was set up.</summary>
        public static bool is_initialized() => Backend.IsAvailable(DeviceType.CUDA);

        /// <summary>The GPU that new tensors on "cuda" go to.</summary>
        public static int current_device()
        {
            Backend.Require(CUDA);
            return s_current;
        }

        /// <summary>Sets the GPU that new tensors on "cuda" go to.</summary>
        public static void set_device(Device device)
        {
            Backend.Require(CUDA);
            s_current = device.index ?? 0;
        }

        /// <summary>Sets the GPU that new tensors on "cuda" go to; −1 does nothing.</summary>
        public static void set_device(int device)
        {
            if (device >= 0) set_device(torch.device(device));
        }

        /// <summary>Makes the GPU current until the scope is disposed; −1 or null does nothing.</summary>
        public static IDisposable device(int? device) => new DeviceScope(device ?? -1);

        /// <summary>Waits until the GPU has finished its work.</summary>
        public static void synchronize(Device? device = null) => Backend.Require(CUDA);

        /// <summary>Gives cached GPU memory back; without a GPU there is none.</summary>
        public static void empty_cache()
        {
        }

        /// <summary>Bytes of GPU memory in use by tensors.</summary>
        public static long memory_allocated(Device? device = null) => 0;

        /// <summary>The most bytes of GPU memory that tensors have used.</summary>
        public static long max_memory_allocated(Device? device = null) => 0;

        /// <summary>Bytes of GPU memory held by the allocator.</summary>
        public static long memory_reserved(Device? device = null) => 0;

        /// <summary>Seeds the current GPU's generator, once there is one.</summary>
        public static void manual_seed(long seed)
        {
        }

        /// <summary>Seeds every GPU's generator.</summary>
        public static void manual_seed_all(long seed)
        {
        }

        /// <summary>The name of a GPU.</summary>
        public static string get_device_name(Device? device = null)
        {
            Backend.Require(CUDA);
            return "cuda:" + (device?.index ?? s_current);
        }

        private static int s_current;

        private sealed class DeviceScope : IDisposable
        {
            private readonly int _before = s_current;

            internal DeviceScope(int device)
            {
                if (device < 0) return;
                Backend.Require(CUDA);
                s_current = device;
            }

            public void Dispose() => s_current = _before;
        }
    }
}
