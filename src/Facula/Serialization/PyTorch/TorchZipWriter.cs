using Facula.Kernels;

namespace Facula.Serialization;

/// <summary>Writes checkpoints in PyTorch's zip form: <c>archive/data.pkl</c>, <c>archive/byteorder</c>, the storages, <c>archive/version</c>.</summary>
internal static class TorchZipWriter
{
    private const int PieceBytes = 4 << 20;

    // What an entry takes beside its data, at most: both its headers, two names of some twenty letters, and up to 63 bytes before the data.
    private const int EntryBytes = 512;

    public static void Write(ByteSink sink, object? value)
    {
        using var pickle = new MemoryStream();
        var writer = new PickleWriter(ByteSink.To(pickle));
        writer.WriteAll(value);
        var archive = new ZipWriter(sink);
        archive.AddStored("archive/data.pkl", pickle.GetBuffer().AsSpan(0, (int)pickle.Length));
        archive.AddStored("archive/byteorder", "little"u8);
        if (sink is FileSink file)
            WriteInParallel(archive, file, writer.Storages);
        else
            WriteInOrder(archive, sink, writer.Storages);
        archive.AddStored("archive/version", "3\n"u8);
        archive.Finish();
    }

    private static string Name(int storage) => $"archive/data/{storage}";

    private static void WriteInOrder(ZipWriter archive, ByteSink sink, IReadOnlyList<StorageRecord> storages)
    {
        sink.Expect(storages.Sum(storage => storage.Data!.Length + EntryBytes) + EntryBytes);
        for (int i = 0; i < storages.Count; i++)
        {
            ByteSource data = storages[i].Data!;
            uint crc = 0;
            data.Walk(chunk => crc = Crc32.Append(crc, chunk));
            archive.BeginStored(Name(i), data.Length, crc);
            sink.Write(data);
        }
    }

    // Each piece is summed and written while it is in the cache; the headers, which hold the sums, come last.
    private static void WriteInParallel(ZipWriter archive, FileSink file, IReadOnlyList<StorageRecord> storages)
    {
        var pieces = new List<Piece>();
        var entries = new ZipWriter.Entry[storages.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = archive.Reserve(file, Name(i), storages[i].Data!.Length);
            for (long offset = 0; offset < entries[i].Size; offset += PieceBytes)
                pieces.Add(new Piece(i, storages[i].Data!, offset, Math.Min(PieceBytes, entries[i].Size - offset), entries[i].DataOffset));
        }
        var body = new WriteBody { File = file, Pieces = [.. pieces], Sums = new uint[pieces.Count] };
        WorkerPool.Run(pieces.Count, ref body);
        var sums = new uint[entries.Length];
        for (int i = 0; i < pieces.Count; i++)
            sums[pieces[i].Entry] = Crc32.Combine(sums[pieces[i].Entry], body.Sums[i], pieces[i].Length);
        for (int i = 0; i < entries.Length; i++)
            ZipWriter.Complete(file, entries[i], sums[i]);
    }

    private sealed record Piece(int Entry, ByteSource Data, long Offset, long Length, long DataOffset);

    private struct WriteBody : IParallelBody
    {
        public FileSink File;
        public Piece[] Pieces;
        public uint[] Sums;

        public readonly void Run(int chunk)
        {
            Piece piece = Pieces[chunk];
            FileSink file = File;
            uint sum = 0;
            long at = piece.DataOffset + piece.Offset;
            piece.Data.Walk(piece.Offset, piece.Length, run =>
            {
                sum = Crc32.Append(sum, run);
                file.WriteAt(at, run);
                at += run.Length;
            });
            Sums[chunk] = sum;
        }
    }
}
