using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class swa_utils
        {
            /// <summary>Estimates the statistics of all batch normalisations of a model anew, in one pass over the batches.</summary>
            public static void update_bn(IEnumerable<Tensor> loader, nn.Module<Tensor, Tensor> model, Device? device = null)
            {
                using GradModeScope _ = no_grad();
                NormLayer[] layers = [.. model.modules().OfType<BatchNormLayer>()];
                if (layers.Length == 0) return;
                double?[] momenta = [.. layers.Select(l => l.momentum)];
                bool training = model.training;
                model.train();
                foreach (NormLayer layer in layers)
                {
                    layer.reset_running_stats();
                    // Without momentum the statistics are the mean over all batches.
                    layer.momentum = null;
                }
                foreach (Tensor batch in loader) model.call(device is { } place ? batch.to(place) : batch);
                for (int i = 0; i < layers.Length; i++) layers[i].momentum = momenta[i];
                model.train(training);
            }

            /// <summary>Estimates the statistics of all batch normalisations anew; the first tensor of each batch is the model's input.</summary>
            public static void update_bn(IEnumerable<(Tensor, Tensor)> loader, nn.Module<Tensor, Tensor> model, Device? device = null) =>
                update_bn(loader.Select(b => b.Item1), model, device);

            /// <summary>Estimates the statistics of all batch normalisations anew; the first tensor of each batch is the model's input.</summary>
            public static void update_bn(IEnumerable<Tensor[]> loader, nn.Module<Tensor, Tensor> model, Device? device = null) =>
                update_bn(loader.Select(b => b[0]), model, device);
        }
    }
}
