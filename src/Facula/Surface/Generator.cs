using Facula.Kernels;

namespace Facula;

public static partial class torch
{
    /// <summary>A source of random numbers: PyTorch's CPU stream for the same seed. Draws are locked, so that threads may share it.</summary>
    public sealed class Generator
    {
        private readonly RandomStream _stream;

        public Generator(Device? device = null)
        {
            Backend.Require(device ?? CPU);
            _stream = new RandomStream();
        }

        /// <summary>A generator with a seed.</summary>
        public Generator(ulong seed, Device? device = null) : this(device) => manual_seed(unchecked((long)seed));

        private Generator(RandomStream stream) => _stream = stream;

        private static readonly Generator s_default = new();

        [ThreadStatic] private static Generator? t_own;

        /// <summary>The generator that functions without <c>generator:</c> draw from; each worker of a data loader has one of its own.</summary>
        public static Generator Default => t_own ?? s_default;

        /// <summary>Gives the calling thread a default generator of its own; null takes it away.</summary>
        internal static void UseOnThisThread(Generator? generator) => t_own = generator;

        /// <summary>Where the generator lives.</summary>
        public Device device => CPU;

        /// <summary>Starts the stream anew.</summary>
        public Generator manual_seed(long seed)
        {
            lock (_stream) _stream.Seed(unchecked((ulong)seed));
            return this;
        }

        /// <summary>Starts the stream anew with a seed from the system, which is returned.</summary>
        public long seed()
        {
            long seed = System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
            manual_seed(seed);
            return seed;
        }

        /// <summary>The seed that the stream started with.</summary>
        public long initial_seed()
        {
            lock (_stream) return unchecked((long)_stream.InitialSeed);
        }

        /// <summary>The state, in PyTorch's layout, as a uint8 tensor of 5056 elements.</summary>
        public Tensor get_state()
        {
            lock (_stream) return Literals.Share(_stream.GetState());
        }

        /// <summary>Goes on from a state.</summary>
        public void set_state(Tensor new_state)
        {
            if (new_state.dtype != uint8) throw new ArgumentException("expected a torch.ByteTensor, but got torch." + new_state.dtype.LegacyName + "Tensor");
            byte[] bytes = new_state.ToArray<byte>();
            lock (_stream)
            {
                try
                {
                    _stream.SetState(bytes);
                }
                catch (InvalidOperationException error)
                {
                    throw new TorchException(error.Message);
                }
            }
        }

        /// <summary>An equal generator that goes on by itself.</summary>
        public Generator clone_state()
        {
            lock (_stream) return new Generator(_stream.Clone());
        }

        /// <summary>Why this thread may not draw now, or null.</summary>
        [field: ThreadStatic]
        internal static string? RefusesDraws { get; set; }

        internal RandomStream Stream => RefusesDraws is { } reason ? throw new TorchException(reason) : _stream;
    }

    /// <summary>Seeds the default generator and returns it.</summary>
    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

    /// <summary>Seeds the default generator from the system and returns the seed.</summary>
    public static long seed() => Generator.Default.seed();

    /// <summary>The seed of the default generator.</summary>
    public static long initial_seed() => Generator.Default.initial_seed();

    /// <summary>The default generator's state.</summary>
    public static Tensor get_rng_state() => Generator.Default.get_state();

    /// <summary>Sets the default generator's state.</summary>
    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    /// <summary>The default generator.</summary>
    public static Generator default_generator => Generator.Default;

    /// <summary><c>torch.random</c>: the default generator's seed and state.</summary>
    public static class random
    {
        /// <summary>Seeds the default generator and returns it.</summary>
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        /// <summary>Seeds the default generator from the system and returns the seed.</summary>
        public static long seed() => torch.seed();

        /// <summary>The seed of the default generator.</summary>
        public static long initial_seed() => torch.initial_seed();

        /// <summary>The default generator's state.</summary>
        public static Tensor get_rng_state() => torch.get_rng_state();

        /// <summary>Sets the default generator's state.</summary>
        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);

        /// <summary>Restores the default generator's state at the end of the scope.</summary>
        public static IDisposable fork_rng(bool enabled = true) => new Fork(enabled ? get_rng_state() : null);

        private sealed class Fork(Tensor? state) : IDisposable
        {
            public void Dispose()
            {
                if (state is not null) set_rng_state(state);
            }
        }
    }
}
