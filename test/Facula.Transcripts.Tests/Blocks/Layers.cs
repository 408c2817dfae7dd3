namespace Facula.Transcripts.Tests.Blocks;

/// <summary>Tutorial 001: layers and their functional forms.</summary>
internal sealed class Layers : Tutorial
{
    [Block(86)]
    public void LinearLayers()
    {
        Linear layer1 = let(torch.nn.Linear(100, 10));
        Linear layer2 = let(torch.nn.Linear(10, 1));
        Tensor x = let(torch.rand(1, 100));
        x = let(layer1.call(x));
        say(x);
        say(x.shape);
        x = let(layer2.call(x));
        say(x);
        say(x.shape);
        say(layer1.weight.shape);
        say(layer1.bias);
    }

    [Block(87)]
    public void LinearFunction()
    {
        Tensor x = let(torch.rand(1, 100));
        Tensor w = let(torch.rand(10, 100));
        x = let(torch.nn.functional.linear(x, w));
        say(x);
    }

    [Block(88)]
    public void Dropout()
    {
        Tensor a = let(torch.rand(20));
        say(torch.nn.functional.dropout(a, 0.2));
    }

    [Block(89)]
    public void BatchNorm()
    {
        Tensor x1 = let(torch.rand(1, 3, 784));
        BatchNorm1d layer1 = let(torch.nn.BatchNorm1d(3));
        say(layer1.weight);
        say(layer1.call(x1));
        say(layer1.call(x1).shape);
        Tensor x2 = let(torch.rand(1, 3, 28, 28));
        BatchNorm2d layer2 = let(torch.nn.BatchNorm2d(3));
        say(layer2.call(x2));
        say(layer2.call(x2).shape);
        say(x2.mean());
        say(x2.std());
        say(layer2.call(x2).mean());
        say(layer2.call(x2).std());
    }

    [Block(90)]
    public void Conv2dLayers()
    {
        Tensor x = let(torch.rand(1, 1, 28, 28));
        Conv2d layer = let(torch.nn.Conv2d(1, 3, kernel_size: 3, stride: 1, padding: 0));
        say(layer.weight);
        say(layer.weight.shape);
        say(layer.bias!.shape);
        say(layer.call(x));
        say(layer.call(x).shape);
        Conv2d layer1 = let(torch.nn.Conv2d(1, 3, kernel_size: 3, stride: 1, padding: 1));
        say(layer1.call(x).shape);
        Conv2d layer2 = let(torch.nn.Conv2d(1, 3, kernel_size: 3, stride: 2, padding: 0));
        say(layer2.call(x).shape);
        Conv2d layer3 = let(torch.nn.Conv2d(1, 3, kernel_size: 3, stride: 2, padding: 1));
        say(layer3.call(x).shape);
    }

    [Block(91)]
    public void Conv2dFunction()
    {
        Tensor x = let(torch.rand(1, 1, 28, 28));
        Tensor w = let(torch.rand(3, 1, 3, 3));
        Tensor b = let(torch.rand(3));
        Tensor layer = let(torch.nn.functional.conv2d(x, w, b, stride: 1, padding: 1));
        say(layer);
        say(layer.shape);
    }

    [Block(92)]
    public void MaxPool()
    {
        Tensor x = let(torch.rand(1, 1, 28, 28));
        MaxPool2d layer = let(torch.nn.MaxPool2d(3, stride: 2));
        say(layer.call(x));
        say(layer.call(x).shape);
    }

    [Block(93)]
    public void AvgPool()
    {
        Tensor x = torch.rand(1, 1, 28, 28);        // from the block before
        say(torch.nn.functional.avg_pool2d(x, 3, stride: 2));
        say(torch.nn.functional.avg_pool2d(x, 3, stride: 2).shape);
    }

    [Block(94)]
    public void FlattenFunction()
    {
        say(torch.flatten(torch.rand(2, 2)));
        say(torch.flatten(torch.rand(2, 2)).shape);
    }

    [Block(95)]
    public void InterpolateFunction()
    {
        Tensor x = let(torch.rand(1, 1, 2, 2));
        say(x);
        say(torch.nn.functional.interpolate(x, scale_factor: 2, mode: "nearest").shape);
        say(torch.nn.functional.interpolate(x, scale_factor: 2, mode: "nearest"));
        say(torch.nn.functional.interpolate(x, scale_factor: 0.5, mode: "nearest"));
    }

    [Block(96)]
    public void UpsampleFunction()
    {
        Tensor x = let(torch.rand(1, 1, 2, 2));
        say(x);
        say(torch.nn.functional.upsample_nearest(x, scale_factor: 2).shape);
        say(torch.nn.functional.upsample_nearest(x, scale_factor: 2));
    }

    [Block(97)]
    public void EmbeddingLayer()
    {
        Embedding embed = let(torch.nn.Embedding(10, 2));
        Tensor words = let(torch.tensor([0, 1, 2, 0]));
        say(embed.call(words));
        say(embed.weight);
    }

    [Block(98)]
    public void RnnOfFourLayers()
    {
        Tensor x = let(torch.randn(10, 3, 100));
        RNN layer = let(torch.nn.RNN(input_size: 100, hidden_size: 20, num_layers: 4));
        say(layer);
        var (@out, h) = let(layer.call(x));
        say(@out.shape);
        say(h.shape);
        say(h[-1]);
        say(@out[-1]);
    }

    [Block(99)]
    public void FourRnns()
    {
        Tensor x = let(torch.randn(10, 3, 100));
        RNN layer1 = let(torch.nn.RNN(input_size: 100, hidden_size: 20, num_layers: 1));
        RNN layer2 = let(torch.nn.RNN(input_size: 20, hidden_size: 20, num_layers: 1));
        RNN layer3 = let(torch.nn.RNN(input_size: 20, hidden_size: 20, num_layers: 1));
        RNN layer4 = let(torch.nn.RNN(input_size: 20, hidden_size: 20, num_layers: 1));
        var (@out, h) = let(layer1.call(x));
        (@out, h) = let(layer2.call(@out));
        (@out, h) = let(layer3.call(@out));
        (@out, h) = let(layer4.call(@out));
        say(@out.shape);
    }

    [Block(100)]
    public void LstmLayer()
    {
        Tensor x = let(torch.randn(10, 3, 100));
        LSTM layer = let(torch.nn.LSTM(input_size: 100, hidden_size: 20, num_layers: 4));
        say(layer);
        var (@out, h, c) = let(layer.call(x));
        say(@out.shape);
        say(h.shape);
        say(c.shape);
    }
}
