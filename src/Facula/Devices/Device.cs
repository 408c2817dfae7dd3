namespace Facula;

/// <summary>The kinds of device that PyTorch names, with its numbers.</summary>
public enum DeviceType : byte { CPU = 0, CUDA = 1, MPS = 13 }

public static partial class torch
{
    /// <summary>Where a tensor's memory lives: <c>cpu</c>, <c>cuda:0</c> or <c>mps</c>; text converts to it.</summary>
    public sealed class Device : IEquatable<Device>
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
            if (!known) throw new TorchException($"Invalid device string: '{name}'");
            _type = parts[0] switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                "mps" => DeviceType.MPS,
                _ => throw new TorchException($"Expected one of cpu, cuda, mps device type at start of device string: {parts[0]}"),
            };
            _indexPlusOne = (short)(parsed + 1);
        }

        /// <summary><c>"cpu"</c>, <c>"cuda"</c> or <c>"mps"</c>.</summary>
        public DeviceKind type => new(_type);

        /// <summary>The ordinal, or null when none was given.</summary>
        public int? index => _indexPlusOne == 0 ? null : _indexPlusOne - 1;

        internal DeviceType Kind => _type;
        internal bool IsCpu => _type == DeviceType.CPU;

        public static implicit operator Device(string name) => new(name);

        public bool Equals(Device? other) => other is not null && _type == other._type && _indexPlusOne == other._indexPlusOne;
        public override bool Equals(object? obj) => Equals(obj as Device);
        public override int GetHashCode() => HashCode.Combine(_type, _indexPlusOne);
        public static bool operator ==(Device? left, Device? right) => ReferenceEquals(left, right) || (left is not null && left.Equals(right));
        public static bool operator !=(Device? left, Device? right) => !(left == right);

        public override string ToString() => index is int i ? $"{type}:{i}" : type;

        /// <summary>PyTorch's <c>repr</c>: <c>device(type='cuda', index=0)</c>.</summary>
        public string repr() => index is int i ? $"device(type='{type}', index={i})" : $"device(type='{type}')";
    }

    /// <summary>The processor.</summary>
    public static Device CPU { get; } = new(DeviceType.CPU);

    /// <summary>The current CUDA device.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA);

    /// <summary>Apple's GPU.</summary>
    public static Device MPS { get; } = new(DeviceType.MPS);

    /// <summary>The device of that name.</summary>
    public static Device device(string type, int? index = null) => new(type, index);

    /// <summary>The CUDA device with that ordinal.</summary>
    public static Device device(int index) => new(DeviceType.CUDA, index);
}
