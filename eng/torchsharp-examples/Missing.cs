// What the programs use of torchvision and TensorBoard, which are no part of the core: as much as they need to build and run.
using static Facula.torch;

namespace Facula.Modules
{
    public class SummaryWriter
    {
        public void add_scalar(string tag, float value, int step) { }
    }
}

namespace Facula
{
    public static class torchvision
    {
        public interface ITransform
        {
            Tensor call(Tensor input);
        }

        public static class transforms
        {
            public static ITransform Normalize(double[] means, double[] deviations, Device device = null) => new Function(x =>
                (x - Channels(means)) / Channels(deviations));

            public static ITransform HorizontalFlip() => new Function(x => x.flip(-1));

            public static ITransform Grayscale(int channels) => new Function(x => x.mean([1], keepdim: true).expand(-1, channels, -1, -1));

            public static ITransform Rotate(float degrees) => new Function(x => x.rot90((int)(degrees / 90), [-2, -1]));

            public static ITransform AdjustContrast(double factor) => new Function(x => x * factor + x.mean() * (1 - factor));

            private static Tensor Channels(double[] values) => torch.tensor(values, dtype: torch.float32).view(1, -1, 1, 1);

            private sealed class Function(System.Func<Tensor, Tensor> map) : ITransform
            {
                public Tensor call(Tensor input) => map(input);
            }
        }
    }
}
