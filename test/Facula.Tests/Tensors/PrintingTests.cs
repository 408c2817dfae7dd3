using static Facula.torch;

namespace Facula.Tests.Tensors;

public class PrintingTests
{
    [Fact]
    public void TextIsPyTorchs()
    {
        Assert.Equal("tensor([[1., 2.],\n        [3., 4.]])", torch.tensor([[1.0, 2.0], [3.0, 4.0]]).ToString());
        Assert.Equal("tensor(1.5000, requires_grad=True)", torch.tensor(1.5, requires_grad: true).ToString());
    }

    [Fact]
    public void InterpolationOfOneNumberGivesTheNumber()
    {
        Tensor loss = torch.tensor(1e-5, dtype: torch.float64);
        Assert.Equal("1e-05", $"{loss}");
        Assert.Equal("1e-05", string.Format("{0}", loss));
        Assert.Equal("0.0000", $"{loss:F4}");
        Assert.Equal("tensor(1.0000e-05, dtype=torch.float64)", "" + loss);
        Assert.Equal("tensor([1, 2])", $"{torch.tensor([1, 2])}");
        Assert.Throws<ArgumentException>(() => $"{torch.tensor([1, 2]):F2}");
    }

    [Fact]
    public void HalvesRoundToEven()
    {
        // 0.03125 and 2.5 are exact in binary; Python prints 0.0312 and 2.
        Assert.Equal("tensor([0.0312, 1.0938])", torch.tensor([0.03125, 1.09375]).ToString());
    }

    [Fact]
    public void ListsAreNested()
    {
        var rows = Assert.IsType<List<object>>(torch.tensor([[1, 2], [3, 4]]).tolist());
        Assert.Equal(new object[] { 3L, 4L }, Assert.IsType<List<object>>(rows[1]));
        Assert.Equal(true, torch.tensor(true).tolist());
    }

    [Fact]
    public void PrintWritesPythonsForm()
    {
        TextWriter before = Console.Out;
        var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            torch.print("loss", 0.5, null, true, new[] { 1, 2 }, (1, "a"), torch.tensor(3));
        }
        finally
        {
            Console.SetOut(before);
        }
        Assert.Equal("loss 0.5 None True [1, 2] (1, 'a') tensor(3)" + Environment.NewLine, written.ToString());
    }
}
