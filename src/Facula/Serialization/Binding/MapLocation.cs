namespace Facula;

/// <summary>Where <c>torch.load</c> puts tensors: a device, its name, or a dictionary from saved locations to devices.</summary>
public readonly struct MapLocation
{
    private readonly Func<string, Device?>? _map;

    internal MapLocation(Func<string, Device?> map) => _map = map;

    public static implicit operator MapLocation(Device device) => new(_ => device);

    public static implicit operator MapLocation(string device)
    {
        Device parsed = device;
        return new(_ => parsed);
    }

    public static implicit operator MapLocation(Dictionary<string, string> devices) =>
        new(location => devices.TryGetValue(location, out string? device) ? new Device(device) : default(Device?));

    /// <summary>The device for a saved location such as <c>cuda:0</c>.</summary>
    internal Device Resolve(string location)
    {
        if (_map?.Invoke(location) is { } device)
            return device;
        if (location == "cpu")
            return CPU;
        bool cuda = location == "cuda" || location.StartsWith("cuda:", StringComparison.Ordinal);
        if (cuda && int.TryParse(location.AsSpan(location.IndexOf(':') + 1), out int index) && Backend.IsAvailable(DeviceType.CUDA))
            return new Device(DeviceType.CUDA, index);
        throw new TorchException(cuda
            ? "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are running on a CPU-only machine, "
                + "please use torch.load with map_location=torch.device('cpu') to map your storages to the CPU."
            : $"don't know how to restore data location of torch.storage.UntypedStorage (tagged with {location})");
    }
}
