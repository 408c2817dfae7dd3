using System.Runtime.CompilerServices;
using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Autograd;

public class ThreadTests
{
    private const int Threads = 16;

    private static void OnAll(Action<int> work)
    {
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            try
            {
                work(i);
            }
            catch (Exception e)
            {
                failure = e;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void Sixteen_threads_of_inference_give_equal_bits()
    {
        manual_seed(0);
        Sequential model = nn.Sequential(nn.Conv2d(3, 8, 3, padding: 1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8 * 8 * 8, 32), nn.Tanh(), nn.Linear(32, 10), nn.Softmax(1));
        model.eval();
        Tensor x = randn(4, 3, 16, 16);
        float[] expected = model.call(x).ToArray<float>();
        OnAll(i =>
        {
            using GradModeScope? _ = i % 2 == 0 ? no_grad() : null;
            for (int round = 0; round < 10; round++) Assert.Equal(expected, model.call(x).ToArray<float>());
        });
    }

    [Fact]
    public void Gradients_of_all_threads_are_added()
    {
        Tensor w = ones(64, requires_grad: true);
        OnAll(i =>
        {
            for (int round = 0; round < 25; round++) (w * (i + 1)).sum().backward();
        });
        Assert.Equal(Enumerable.Repeat(25f * Threads * (Threads + 1) / 2, 64).ToArray(), w.grad.ToArray<float>());
    }

    [Fact]
    public void Backward_passes_may_share_a_graph()
    {
        Tensor w = tensor([2.0], dtype: float64, requires_grad: true);
        Tensor shared = w * w;
        Tensor[] losses = [.. Enumerable.Range(1, Threads).Select(i => (shared * i).sum())];
        OnAll(i => losses[i].backward(retain_graph: true));
        Assert.Equal(4.0 * Threads * (Threads + 1) / 2, (double)w.grad, 9);
    }

    [Fact]
    public void Draws_of_all_threads_are_one_stream()
    {
        const int draws = 50;
        manual_seed(3);
        float[] sequential = [.. Enumerable.Range(0, Threads * draws).Select(_ => (float)rand(1)).Order()];
        manual_seed(3);
        var drawn = new float[Threads * draws];
        OnAll(i =>
        {
            for (int k = 0; k < draws; k++) drawn[i * draws + k] = (float)rand(1);
        });
        Assert.Equal(sequential, drawn.Order());
    }

    [Fact]
    public void Grad_mode_belongs_to_a_thread()
    {
        using (no_grad())
        {
            bool elsewhere = false;
            var thread = new Thread(() => elsewhere = is_grad_enabled());
            thread.Start();
            thread.Join();
            Assert.True(elsewhere);
            Assert.False(is_grad_enabled());
        }
        GradModeScope scope = no_grad();
        Exception? thrown = null;
        var other = new Thread(() => thrown = Record.Exception(scope.Dispose));
        other.Start();
        other.Join();
        Assert.Contains("await", Assert.IsType<InvalidOperationException>(thrown).Message);
        scope.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hundred_thousand_nodes(bool createGraph)
    {
        Tensor x = tensor([1.0], dtype: float64, requires_grad: true);
        Tensor y = x;
        for (int i = 0; i < 50_000; i++) y = (y * 1.0001).neg();
        Tensor grad = autograd.grad(y, x, create_graph: createGraph)[0];
        Assert.Equal(Math.Pow(1.0001, 50_000), (double)grad, 6);
    }

    [Fact]
    public void Deep_graphs_are_forgotten()
    {
        WeakReference[] nodes = Build();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.All(nodes, n => Assert.False(n.IsAlive));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Build()
    {
        Tensor x = tensor([1.0], requires_grad: true);
        Tensor y = x;
        for (int i = 0; i < 100_000; i++) y = y.exp().log();
        Tensor z = y.clone();
        y.backward();
        return [new WeakReference(y), new WeakReference(y.grad_fn), new WeakReference(z.grad_fn), new WeakReference(x)];
    }
}
