using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Nn;

/// <summary>The table of a model's layers.</summary>
public class SummaryTests
{
    [Fact]
    public void A_convolutional_network()
    {
        Sequential net = nn.Sequential(("conv", nn.Conv2d(1, 10, 5)), ("pool", nn.MaxPool2d(2)), ("flat", nn.Flatten()), ("fc", nn.Linear(1440, 10)));
        ModelStatistics statistics = torchinfo.summary(net, new Size(2, 1, 28, 28), verbose: 0);
        Assert.Equal(
            """
            ==========================================================================================
            Layer (type:depth-idx)                   Output Shape              Param #
            ==========================================================================================
            Sequential                               [2, 10]                   --
            ├─Conv2d: 1-1                            [2, 10, 24, 24]           260
            ├─MaxPool2d: 1-2                         [2, 10, 12, 12]           --
            ├─Flatten: 1-3                           [2, 1440]                 --
            ├─Linear: 1-4                            [2, 10]                   14,410
            ==========================================================================================
            Total params: 14,670
            Trainable params: 14,670
            Non-trainable params: 0
            Total mult-adds (M): 0.33
            ==========================================================================================
            Input size (MB): 0.01
            Forward/backward pass size (MB): 0.09
            Params size (MB): 0.06
            Estimated Total Size (MB): 0.16
            ==========================================================================================
            """.ReplaceLineEndings("\n"), statistics.ToString());
        Assert.True(net.training);
    }

    private sealed class Twice : nn.Module<Tensor, Tensor>
    {
        private readonly ModuleList<Linear> layers = nn.ModuleList(nn.Linear(3, 3), nn.Linear(3, 3));
        private readonly Parameter scale = nn.Parameter(ones(3));

        public override Tensor forward(Tensor x)
        {
            foreach (Linear layer in layers) x = layer.call(x);
            return layers[0].call(x) * scale;
        }
    }

    [Fact]
    public void Lists_of_modules_and_modules_that_run_twice()
    {
        var net = new Twice();
        net.parameters().Last().requires_grad_(false);
        string[] lines = torchinfo.summary(net, (4, 3), col_names: ["output_size", "num_params", "mult_adds"], row_settings: ["var_names"], verbose: 0).ToString().Split('\n');
        Assert.Equal("Twice                                    [4, 3]                    3                         --", lines[3]);
        Assert.Equal("├─ModuleList (layers)                    --                        --                        --", lines[4]);
        Assert.Equal("│    └─Linear (0)                        [4, 3]                    12                        48", lines[5]);
        Assert.Equal("│    └─Linear (0)                        [4, 3]                    (recursive)               48", lines[7]);
        Assert.Contains("Total params: 27", lines);
        Assert.Contains("Non-trainable params: 3", lines);
    }

    [Fact]
    public void Modules_of_several_inputs()
    {
        Transformer net = nn.Transformer(8, 2, 1, 1, 16);
        ModelStatistics statistics = torchinfo.summary(net, [new Size(5, 2, 8), new Size(3, 2, 8)], verbose: 0);
        Assert.Equal([3L, 2, 8], statistics.summary_list[0].output_size!);
        Assert.Equal(net.parameters().Sum(p => p.numel()), statistics.total_params);
    }
}
