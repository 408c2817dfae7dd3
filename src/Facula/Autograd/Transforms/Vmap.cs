namespace Facula;

/// <summary>
/// <c>torch.vmap</c>: calls the function once per entry of the mapped dimension and stacks the results. The results are PyTorch's;
/// nothing is fused, so it costs what the loop costs.
/// </summary>
internal static class Vmap
{
    internal static Tensor[] Run(TensorFunction func, Tensor[] arguments, VmapDims inDims, VmapDims outDims, string randomness, long? chunkSize)
    {
        if (randomness is not ("error" or "different" or "same"))
            throw new TorchException($"Only allowed values for randomness are 'error', 'different', or 'same'. Got {randomness}");
        if (chunkSize is <= 0) throw new ArgumentException("vmap: chunk_size should be None or greater than 0.");
        long?[] dims = Checked(arguments, inDims);
        long count = BatchSize(arguments, dims);
        Tensor[] Sample(long i) => [.. arguments.Select((a, k) => dims[k] is { } dim ? a.select(dim, i) : a)];
        Tensor[][] results = RunAll(func, count == 0 ? 1 : count, randomness, i => count == 0 ? Empty(arguments, dims) : Sample(i));
        Tensor[] first = results[0];
        long?[] places = outDims.For(first.Length) is { } p && p.All(d => d is not null) ? p : throw new ArgumentException(
            $"vmap(func, ..., out_dims={outDims})(<inputs>): out_dims is not compatible with the structure of `outputs`. out_dims has {outDims.Count()} entries but there are {first.Length} outputs.");
        var stacked = new Tensor[first.Length];
        for (int o = 0; o < first.Length; o++)
        {
            Tensor all = torch.stack(Array.ConvertAll(results, r => r[o]), places[o]!.Value);
            stacked[o] = count == 0 ? all.narrow(places[o]!.Value, 0, 0) : all;
        }
        return stacked;
    }

    private static Tensor[][] RunAll(TensorFunction func, long count, string randomness, Func<long, Tensor[]> sample)
    {
        using RandomnessScope scope = new(randomness);
        var results = new Tensor[count][];
        for (long i = 0; i < count; i++)
        {
            scope.NextSample();
            results[i] = func.Call(sample(i));
        }
        return results;
    }

    // Without an entry there is nothing to call the function with: its result's shape comes from entries of zeros.
    private static Tensor[] Empty(Tensor[] arguments, long?[] dims) => [.. arguments.Select((a, k) => dims[k] is not { } dim ? a
        : new TensorSpec(new Size([.. a.Sizes[..(int)dim], .. a.Sizes[((int)dim + 1)..]]), a.DType, a.device).Zeros())];

    private static long?[] Checked(Tensor[] arguments, VmapDims inDims)
    {
        if (arguments.Length == 0)
            throw new ArgumentException("vmap(func)(<inputs>): got no inputs. Maybe you forgot to add inputs, or you are trying to vmap over a function with no inputs. The latter is unsupported.");
        if (inDims.For(arguments.Length) is not { } given)
            throw new ArgumentException($"vmap(func, in_dims={inDims}, ...)(<inputs>): in_dims is not compatible with the structure of `inputs`. in_dims has {inDims.Count()} entries but there are {arguments.Length} inputs.");
        var dims = (long?[])given.Clone();
        for (int i = 0; i < dims.Length; i++)
        {
            if (dims[i] is not { } dim) continue;
            int rank = arguments[i].Rank;
            if (dim < -rank || dim >= rank)
                throw new ArgumentException($"vmap(func, in_dims={inDims}, ...)(<inputs>): Got in_dim={dim} for some input, but that input is a Tensor of dimensionality {rank} so expected in_dim to satisfy -{rank} <= in_dim < {rank}.");
            if (dim < 0) dims[i] = dim + rank;
        }
        return dims;
    }

    private static long BatchSize(Tensor[] arguments, long?[] dims)
    {
        long[] sizes = [.. arguments.Zip(dims).Where(p => p.Second is not null).Select(p => p.First.Sizes[(int)p.Second!.Value])];
        if (sizes.Length == 0) throw new ArgumentException("vmap: Expected at least one Tensor to vmap over");
        if (sizes.Any(s => s != sizes[0]))
            throw new ArgumentException($"vmap: Expected all tensors to have the same size in the mapped dimension, got sizes [{string.Join(", ", sizes)}] for the mapped dimension");
        return sizes[0];
    }

    /// <summary>What random operations do inside: refuse, draw for every entry, or draw the same for all.</summary>
    private sealed class RandomnessScope : IDisposable
    {
        private readonly string? _refusedBefore = Generator.RefusesDraws;
        private readonly Tensor? _state;

        internal RandomnessScope(string randomness)
        {
            Generator.RefusesDraws = randomness == "error"
                ? "vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' randomness flags on vmap or perform the randomness operation out of vmap"
                : null;
            if (randomness == "same") _state = torch.get_rng_state();
        }

        internal void NextSample()
        {
            if (_state is not null) torch.set_rng_state(_state);
        }

        public void Dispose() => Generator.RefusesDraws = _refusedBefore;
    }
}
