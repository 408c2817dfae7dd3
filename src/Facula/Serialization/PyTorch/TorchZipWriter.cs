namespace Facula.Serialization;

/// <summary>Writes checkpoints in PyTorch's zip form: <c>archive/data.pkl</c>, <c>archive/byteorder</c>, the storages, <c>archive/version</c>.</summary>
internal static class TorchZipWriter
{
    public static void Write(ByteSink sink, object? value)
    {
        using var pickle = new MemoryStream();
        var writer = new PickleWriter(ByteSink.To(pickle));
        writer.WriteAll(value);
        var archive = new ZipWriter(sink);
        archive.AddStored("archive/data.pkl", pickle.GetBuffer().AsSpan(0, (int)pickle.Length));
        archive.AddStored("archive/byteorder", "little"u8);
        for (int i = 0; i < writer.Storages.Count; i++)
        {
            StorageRecord storage = writer.Storages[i];
            ByteSource data = storage.Data!;
            archive.BeginStored($"archive/data/{i}", data.Length, Checksum(data));
            sink.Write(data);
        }
        archive.AddStored("archive/version", "3\n"u8);
        archive.Finish();
    }

    private static uint Checksum(ByteSource data)
    {
        uint crc = 0;
        data.Walk(chunk => crc = Crc32.Append(crc, chunk));
        return crc;
    }
}
