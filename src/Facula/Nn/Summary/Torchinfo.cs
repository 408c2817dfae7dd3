namespace Facula;

/// <summary>Python's package torchinfo: a table of a model's layers. <c>using static Facula.torchinfo;</c></summary>
public static class torchinfo
{
    /// <summary>
    /// Runs the model on zeros of <paramref name="input_size"/>, batch included, and describes its layers: output shapes, parameters, multiply-adds and memory.
    /// Columns are named <c>input_size</c>, <c>output_size</c>, <c>num_params</c>, <c>kernel_size</c>, <c>mult_adds</c> and <c>trainable</c>.
    /// </summary>
    public static ModelStatistics summary(nn.Module model, Size input_size, int depth = 3, IEnumerable<string>? col_names = null, int col_width = 25, IEnumerable<string>? row_settings = null,
        ScalarType? dtype = null, string mode = "eval", int verbose = 1) =>
        summary(model, [torch.zeros(input_size, dtype: dtype)], depth, col_names, col_width, row_settings, mode, verbose);

    /// <summary>Describes the layers of a model of several inputs.</summary>
    public static ModelStatistics summary(nn.Module model, IReadOnlyList<Size> input_size, int depth = 3, IEnumerable<string>? col_names = null, int col_width = 25,
        IEnumerable<string>? row_settings = null, IReadOnlyList<ScalarType>? dtypes = null, string mode = "eval", int verbose = 1) =>
        summary(model, input_size.Select((s, i) => (object?)torch.zeros(s, dtype: dtypes?[i])).ToArray(), depth, col_names, col_width, row_settings, mode, verbose);

    /// <summary>Describes the layers of a model that runs on this input.</summary>
    public static ModelStatistics summary(nn.Module model, Tensor input_data, int depth = 3, IEnumerable<string>? col_names = null, int col_width = 25,
        IEnumerable<string>? row_settings = null, string mode = "eval", int verbose = 1) =>
        summary(model, [input_data], depth, col_names, col_width, row_settings, mode, verbose);

    /// <summary>Describes the layers of a model that runs on these arguments; prints the table unless <paramref name="verbose"/> is 0.</summary>
    public static ModelStatistics summary(nn.Module model, object?[] input_data, int depth = 3, IEnumerable<string>? col_names = null, int col_width = 25,
        IEnumerable<string>? row_settings = null, string mode = "eval", int verbose = 1)
    {
        if (mode is not ("train" or "eval")) throw new ArgumentException($"mode must be 'train' or 'eval', got '{mode}'");
        var walk = new SummaryWalk(model);
        using (torch.no_grad())
        {
            (nn.Module module, bool training)[] before = [.. model.modules().Select(m => (m, m.training))];
            model.train(mode == "train");
            try
            {
                walk.Run(input_data);
            }
            finally
            {
                foreach ((nn.Module module, bool training) in before) module.training = training;
            }
        }
        var statistics = new ModelStatistics(walk, input_data, depth, [.. col_names ?? ["output_size", "num_params"]], col_width, [.. row_settings ?? ["depth"]]);
        if (verbose > 0) Console.WriteLine(statistics);
        return statistics;
    }
}
