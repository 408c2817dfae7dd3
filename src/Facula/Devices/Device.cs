namespace Facula;

/// <summary>The kinds of device that PyTorch names.</summary>
public enum DeviceType : byte { CPU = 0, CUDA = 1 }

public static partial class torch
{
    /// <summary>Where a tensor's memory lives: <c>cpu</c> or <c>cuda:0</c>; text converts to it.</summary>
    public readonly struct Device : IEquatable<Device>
    {
        private readonly DeviceType _type;
        private readonly short _indexPlusOne;

        internal Device(DeviceType type, int index = -1)
        {
            _type = type;
            _indexPlusOne = (short)(index + 1);
        }

        /// <summary>The device named by text such as <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
        public Device(string name, int? index = null)
        {
            string[] parts = name.Split(':');
            int parsed = index ?? -1;
            bool known = parts.Length <= 2 && (parts.Length == 1 || (index is null && int.TryParse(parts[1], out parsed) && parsed >= 0));
            _type = parts[0] switch { "cpu" => DeviceType.CPU, "cuda" => DeviceType.CUDA, _ => (DeviceType)255 };
            if (!known) throw new TorchException($"Invalid device string: '{name}'");
            if (_type == (DeviceType)255)
                throw new TorchException($"Expected one of cpu, cuda device type at start of device string: {parts[0]}");
            _indexPlusOne = (short)(parsed + 1);
        }

        /// <summary><c>"cpu"</c> or <c>"cuda"</c>.</summary>
        public DeviceKind type => new(_type);

        /// <summary>The ordinal, or null when none was given.</summary>
        public int? index => _indexPlusOne == 0 ? null : _indexPlusOne - 1;

        internal DeviceType Kind => _type;
        internal short Ordinal => (short)(_indexPlusOne - 1);
        internal bool IsCpu => _type == DeviceType.CPU;

        public static implicit operator Device(string name) => new(name);

        public bool Equals(Device other) => _type == other._type && _indexPlusOne == other._indexPlusOne;
        public override bool Equals(object? obj) => obj is Device other && Equals(other);
        public override int GetHashCode() => HashCode.Combine(_type, _indexPlusOne);
        public static bool operator ==(Device left, Device right) => left.Equals(right);
        public static bool operator !=(Device left, Device right) => !left.Equals(right);

        public override string ToString() => index is int i ? $"{type}:{i}" : type;

        /// <summary>PyTorch's <c>repr</c>: <c>device(type='cuda', index=0)</c>.</summary>
        public string repr() => index is int i ? $"device(type='{type}', index={i})" : $"device(type='{type}')";
    }

    public static Device CPU => new(DeviceType.CPU);
    public static Device CUDA => new(DeviceType.CUDA);

    /// <summary>The device of that name.</summary>
    public static Device device(string type, int? index = null) => new(type, index);

    /// <summary>The CUDA device with that ordinal.</summary>
    public static Device device(int index) => new(DeviceType.CUDA, index);
}
