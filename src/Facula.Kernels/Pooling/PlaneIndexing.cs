namespace Facula.Kernels;

/// <summary>Reads elements of planes by index: the derivative of writing to them, and the second derivative of max pooling.</summary>
public static unsafe class PlaneIndexing
{
    /// <summary>destination[p, i] = source[p, indices[p, i]].</summary>
    public static void Gather<T>(long planes, long sourcePlane, long destinationPlane, T* source, long* indices, T* destination)
        where T : unmanaged
    {
        var body = new GatherBody<T> { SourcePlane = sourcePlane, DestinationPlane = destinationPlane, Source = source, Indices = indices, Destination = destination, Planes = planes };
        body.PerChunk = Math.Max(1, 16384 / Math.Max(1, destinationPlane));
        WorkerPool.Run((int)((planes + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    /// <summary>destination[p, indices[p, i]] = source[p, i], in order; indices must lie within the plane.</summary>
    public static void Put<T>(long planes, long sourcePlane, long destinationPlane, T* source, long* indices, T* destination)
        where T : unmanaged
    {
        var body = new PutBody<T> { SourcePlane = sourcePlane, DestinationPlane = destinationPlane, Source = source, Indices = indices, Destination = destination, Planes = planes };
        body.PerChunk = Math.Max(1, 16384 / Math.Max(1, sourcePlane));
        WorkerPool.Run((int)((planes + body.PerChunk - 1) / body.PerChunk), ref body);
    }

    private struct PutBody<T> : IParallelBody where T : unmanaged
    {
        public long SourcePlane, DestinationPlane, Planes, PerChunk;
        public T* Source, Destination;
        public long* Indices;

        public readonly void Run(int chunk)
        {
            long last = Math.Min(Planes, (chunk + 1) * PerChunk);
            for (long plane = chunk * PerChunk; plane < last; plane++)
            {
                T* source = Source + plane * SourcePlane, destination = Destination + plane * DestinationPlane;
                long* indices = Indices + plane * SourcePlane;
                for (long i = 0; i < SourcePlane; i++) destination[indices[i]] = source[i];
            }
        }
    }

    private struct GatherBody<T> : IParallelBody where T : unmanaged
    {
        public long SourcePlane, DestinationPlane, Planes, PerChunk;
        public T* Source, Destination;
        public long* Indices;

        public readonly void Run(int chunk)
        {
            long last = Math.Min(Planes, (chunk + 1) * PerChunk);
            for (long plane = chunk * PerChunk; plane < last; plane++)
            {
                T* source = Source + plane * SourcePlane;
                T* destination = Destination + plane * DestinationPlane;
                long* indices = Indices + plane * DestinationPlane;
                for (long i = 0; i < DestinationPlane; i++) destination[i] = source[indices[i]];
            }
        }
    }
}
