using Facula.Serialization;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Loads what <c>torch.load</c> gave, of whatever type the dictionary is.</summary>
            public IncompatibleKeys load_state_dict(object state_dict, bool strict = true, bool assign = false) =>
                load_state_dict((IEnumerable<KeyValuePair<string, Tensor>>)LoadedAs.StateDict(state_dict), strict, assign);

            /// <summary>Saves the state dict to a file that PyTorch reads, and returns the module.</summary>
            public Module save(string location)
            {
                torch.save(state_dict(), location);
                return this;
            }

            /// <summary>Loads a state dict from a file of any known format, TorchSharp's own among them, and returns the module.</summary>
            public Module load(string location, bool strict = true)
            {
                load_state_dict(torch.load(location), strict);
                return this;
            }
        }
    }
}
