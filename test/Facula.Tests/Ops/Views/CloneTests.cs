using static Facula.torch;

namespace Facula.Tests.Ops.Views;

public class CloneTests
{
    [Fact]
    public void A_copy_keeps_the_order_of_dimensions_also_where_one_is_repeated()
    {
        Tensor x = zeros(2, 3, 4).movedim(0, 2);
        Assert.Equal([4, 1, 12], x.clone().stride());
        Assert.Equal([24, 4, 1, 12], x.expand(2, 3, 4, 2).clone().stride());
        Assert.Equal([24, 8, 2, 1], x.expand(2, 3, 4, 2).clone(contiguous_format).stride());
        Assert.Equal([3, 1], zeros(3).expand(2, 3).clone().stride());
    }
}
