namespace Facula;

/// <summary>What <c>device.type</c> answers: PyTorch's text, which also compares with TorchSharp's <see cref="DeviceType"/>.</summary>
public readonly struct DeviceKind : IEquatable<DeviceKind>, IEquatable<string>
{
    private readonly DeviceType _type;

    internal DeviceKind(DeviceType type) => _type = type;

    public static implicit operator string(DeviceKind kind) => kind.ToString();

    public static implicit operator DeviceType(DeviceKind kind) => kind._type;

    public override string ToString() => _type switch { DeviceType.CPU => "cpu", DeviceType.CUDA => "cuda", _ => "mps" };

    public bool Equals(DeviceKind other) => _type == other._type;

    public bool Equals(string? other) => ToString() == other;

    public override bool Equals(object? obj) => obj switch
    {
        DeviceKind other => Equals(other),
        string text => Equals(text),
        DeviceType type => _type == type,
        _ => false,
    };

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(DeviceKind left, DeviceKind right) => left.Equals(right);
    public static bool operator !=(DeviceKind left, DeviceKind right) => !left.Equals(right);
    public static bool operator ==(DeviceKind left, DeviceType right) => left._type == right;
    public static bool operator !=(DeviceKind left, DeviceType right) => left._type != right;
    public static bool operator ==(DeviceKind left, string right) => left.Equals(right);
    public static bool operator !=(DeviceKind left, string right) => !left.Equals(right);
    public static bool operator ==(string left, DeviceKind right) => right.Equals(left);
    public static bool operator !=(string left, DeviceKind right) => !right.Equals(left);
}
