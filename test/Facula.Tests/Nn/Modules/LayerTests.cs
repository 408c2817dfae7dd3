using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Nn.Modules;

public class LayerTests
{
    [Fact]
    public void Padding_by_name_keeps_the_size()
    {
        Tensor x = randn(1, 2, 9, 8);
        Conv2d layer = nn.Conv2d(2, 3, (3, 4), padding: "same", dilation: (2, 1));
        Assert.Equal(new Size(1, 3, 9, 8), layer.call(x).shape);
        Assert.Equal("Conv2d(2, 3, kernel_size=(3, 4), stride=(1, 1), padding=same, dilation=(2, 1))", layer.ToString());
        Assert.True(torch.allclose(layer.call(x), nn.functional.conv2d(nn.functional.pad(x, [1, 2, 2, 2]), layer.weight, layer.bias, dilation: (2, 1)), atol: 1e-6));
        Assert.Equal(new Size(1, 3, 7, 6), nn.Conv2d(2, 3, 3, padding: "valid").call(x).shape);
        Assert.Throws<ArgumentException>(() => nn.Conv2d(2, 3, 3, stride: 2, padding: "same"));
        Assert.Throws<ArgumentException>(() => nn.Conv2d(2, 3, 3, padding: "full"));
    }

    [Fact]
    public void A_module_is_a_function()
    {
        Func<Tensor, Tensor> f = nn.Linear(2, 2);
        Assert.Equal(new Size(1, 2), f(zeros(1, 2)).shape);
        TripletMarginWithDistanceLoss loss = nn.TripletMarginWithDistanceLoss(nn.PairwiseDistance());
        Assert.Equal("TripletMarginWithDistanceLoss(\n  (distance_function): PairwiseDistance()\n)", loss.ToString());
        Tensor a = randn(4, 3), p = randn(4, 3), n = randn(4, 3);
        Assert.True(torch.allclose(nn.TripletMarginLoss().call(a, p, n), loss.call(a, p, n)));
        Assert.True(torch.allclose(loss.call(a, p, n), nn.functional.triplet_margin_with_distance_loss(a, p, n, distance_function: nn.PairwiseDistance())));
    }

    [Fact]
    public void Adaptive_softmax_is_a_distribution()
    {
        AdaptiveLogSoftmaxWithLoss layer = nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10]);
        Tensor x = randn(30, 8), target = randint(0, 20, [30]);
        Tensor all = layer.log_prob(x);
        Assert.True(torch.allclose(ones(30), all.exp().sum(1)));
        (Tensor output, Tensor loss) = layer.call(x, target);
        Assert.True(torch.allclose(all.gather(1, target.unsqueeze(1)).squeeze(1), output, atol: 1e-6));
        Assert.True(torch.allclose(-output.mean(), loss));
        Assert.True(torch.equal(all.argmax(1), layer.predict(x)));
        Assert.Throws<TorchException>(() => layer.call(x, target + 20));
        Assert.Throws<ArgumentException>(() => nn.AdaptiveLogSoftmaxWithLoss(8, 20, [10, 4]));
    }

    [Fact]
    public void Containers_take_modules_of_several_kinds()
    {
        ModuleList<nn.Module> list = nn.ModuleList(nn.Linear(2, 2), nn.ReLU());
        Assert.Equal(2, list.Count);
        ModuleDict<nn.Module> byName = nn.ModuleDict(("a", nn.Linear(2, 2)), ("b", nn.ReLU()));
        Assert.Equal(["a", "b"], byName.keys());
        Assert.Equal(["module.weight", "module.bias"], nn.DataParallel(nn.Linear(2, 3)).state_dict().Keys);
    }

    [Fact]
    public void Indices_of_poolings_undo_them()
    {
        Tensor x = randn(1, 2, 6, 6);
        (Tensor output, Tensor indices) = nn.MaxPool2d(2, return_indices: true).forward_with_indices(x);
        Tensor back = nn.MaxUnpool2d(2).call(output, indices);
        Assert.True(torch.allclose(output.sum(), back.sum()));
        Assert.True(torch.equal(output, nn.functional.max_pool2d(back.where(back.ne(0), full_like(back, -10)), 2)));
        (Tensor few, Tensor where) = nn.AdaptiveMaxPool2d(3, return_indices: true).forward_with_indices(x);
        Assert.True(torch.equal(few.flatten(2), x.flatten(2).gather(2, where.flatten(2))));
    }
}
