namespace Facula.Serialization;

/// <summary>An open safetensors file whose tensors are made one by one or all at once.</summary>
internal sealed class SafeTensorsFile(ByteSource source)
{
    private readonly SafeTensorsHeader _header = SafeTensorsHeader.Read(source);

    public SafeTensorsHeader Header => _header;

    public SafeTensorsEntry? Find(string name) => _header.Entries.FirstOrDefault(entry => entry.Name == name);

    public OrderedDict<string, Tensor> LoadAll(MapLocation location)
    {
        var tensors = new OrderedDict<string, Tensor>();
        Tensor[] loaded = Load(_header.Entries, location);
        for (int i = 0; i < loaded.Length; i++)
            tensors[_header.Entries[i].Name] = loaded[i];
        return tensors;
    }

    /// <summary>Tensors that point into the file when it is mapped and their bytes are aligned, and otherwise own their memory.</summary>
    public Tensor[] Load(IReadOnlyList<SafeTensorsEntry> entries, MapLocation location)
    {
        var storages = new Storage[entries.Count];
        var unread = new List<(ByteSource Data, Storage Storage)>();
        for (int i = 0; i < storages.Length; i++)
        {
            SafeTensorsEntry entry = entries[i];
            entry.Type.RequireScalarType(source.Name, $"tensor '{entry.Name}'");
            ByteSource data = source.Slice(entry.Begin, entry.End - entry.Begin);
            if (StorageLoader.Map(data, entry.Type.Size()) is { } mapped)
            {
                storages[i] = mapped;
                continue;
            }
            storages[i] = Storage.Allocate(data.Length, CPU);
            unread.Add((data, storages[i]));
        }
        StorageLoader.Read([.. unread.Select(pair => pair.Data)], [.. unread.Select(pair => pair.Storage)]);
        Device device = location.Resolve("cpu");
        return [.. entries.Select((entry, i) => new Tensor(storages[i], new Size(entry.Sizes), null, 0, entry.Type.ToScalarType()!.Value).to(device))];
    }
}
