using Facula.Kernels;

namespace Facula.Serialization;

/// <summary>Brings the storages of a checkpoint into memory: by parallel reads with checksums, or by mapping without touching the data.</summary>
internal static unsafe class StorageLoader
{
    // Pieces are the unit of parallel work; within one, reading and summing alternate in runs that stay in the cache.
    private const int PieceBytes = 4 << 20;
    private const int RunBytes = 256 << 10;

    private sealed record Piece(int Source, long Offset, int Length);

    public static Dictionary<StorageRecord, Storage> Load(CheckpointContent content)
    {
        StorageRecord[] records = [.. content.Storages];
        var storages = new Storage[records.Length];
        var unread = new List<int>();
        for (int i = 0; i < records.Length; i++)
        {
            if (Map(records[i]) is { } mapped)
            {
                storages[i] = mapped;
                continue;
            }
            storages[i] = Storage.Allocate(records[i].Data!.Length, CPU);
            unread.Add(i);
        }
        uint[] sums = Read([.. unread.Select(i => records[i].Data!)], [.. unread.Select(i => storages[i])]);
        for (int i = 0; i < sums.Length; i++)
        {
            content.Verify(records[unread[i]], sums[i]);
            TurnRound(records[unread[i]], storages[unread[i]]);
        }
        return records.Zip(storages).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>Reads the sources into the storages and gives the checksum of each.</summary>
    public static uint[] Read(ByteSource[] sources, Storage[] storages)
    {
        var pieces = new List<Piece>();
        for (int i = 0; i < sources.Length; i++)
        {
            for (long offset = 0; offset < sources[i].Length; offset += PieceBytes)
                pieces.Add(new Piece(i, offset, (int)Math.Min(PieceBytes, sources[i].Length - offset)));
        }
        var body = new ReadBody { Sources = sources, Storages = storages, Pieces = [.. pieces], Sums = new uint[pieces.Count] };
        WorkerPool.Run(pieces.Count, ref body);
        var sums = new uint[sources.Length];
        for (int i = 0; i < pieces.Count; i++)
            sums[pieces[i].Source] = Crc32.Combine(sums[pieces[i].Source], body.Sums[i], pieces[i].Length);
        return sums;
    }

    /// <summary>A storage over mapped memory, when the bytes are mapped, in our byte order and aligned.</summary>
    public static Storage? Map(ByteSource data, int alignment) =>
        data.Pointer is not null && (nint)data.Pointer % alignment == 0 ? new ForeignStorage((nint)data.Pointer, data.Length, data.KeepAlive) : null;

    private static Storage? Map(StorageRecord record) => record.BigEndian ? null : Map(record.Data!, record.Type?.Size() ?? 16);

    private static void TurnRound(StorageRecord record, Storage storage)
    {
        if (record.BigEndian && record.Type is { } type)
            TurnRound(storage, type.SwapUnit());
    }

    /// <summary>Reverses the bytes of every unit of big-endian data.</summary>
    public static void TurnRound(Storage storage, int unit)
    {
        fixed (byte* first = &storage.Reference)
        {
            for (long offset = 0; offset < storage.Bytes; offset += PieceBytes)
                ByteOrder.Swap(new Span<byte>(first + offset, (int)Math.Min(PieceBytes, storage.Bytes - offset)), unit);
        }
        GC.KeepAlive(storage);
    }

    private struct ReadBody : IParallelBody
    {
        public ByteSource[] Sources;
        public Storage[] Storages;
        public Piece[] Pieces;
        public uint[] Sums;

        public readonly void Run(int chunk)
        {
            Piece piece = Pieces[chunk];
            uint sum = 0;
            fixed (byte* first = &Storages[piece.Source].Reference)
            {
                for (int at = 0; at < piece.Length; at += RunBytes)
                {
                    var run = new Span<byte>(first + piece.Offset + at, Math.Min(RunBytes, piece.Length - at));
                    Sources[piece.Source].Read(piece.Offset + at, run);
                    sum = Crc32.Append(sum, run);
                }
            }
            Sums[chunk] = sum;
            GC.KeepAlive(Storages);
        }
    }
}
