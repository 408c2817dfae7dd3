using Facula.Modules;
using static Facula.torch;

namespace Facula.Tests.Nn;

/// <summary>What rounding does not explain adds up over hundreds of steps: the program of examples/lstm_next_number.cs in float64 beside PyTorch's losses.</summary>
public class LongTrainingTests
{
    // What examples/lstm_next_number.py prints with PyTorch 1.13, after every fiftieth epoch.
    private static readonly double[] Expected =
        [0.02354512804858251, 0.014068606338361836, 0.009509854360125554, 0.006668094657518172, 0.0035047763006807254, 0.0016833013353411577];

    [Fact]
    public void Stacked_lstm_layers_follow_PyTorch_through_300_epochs()
    {
        const int length = 30, window = 3, samples = length - window;
        manual_seed(0);
        Tensor x = (arange(samples).unsqueeze(1) + arange(window)).unsqueeze(1).to(float64) / length;
        Tensor y = zeros(samples, length, dtype: float64).scatter_(1, arange(window, length).unsqueeze(1), 1);
        var recurrent = nn.LSTM(window, 32, 4);
        var linear = nn.Linear(32, length);
        var model = nn.ModuleList(recurrent, linear);
        // Python divides in float64 and rounds the windows to float32 before.
        x = x.to(float32).to(float64);
        model.to(float64);
        var optimizer = optim.Adam(model.parameters(), lr: 0.01);
        for (int epoch = 0; epoch < 300; epoch++)
        {
            Tensor output = nn.functional.softmax(linear.call(recurrent.call(x).output.reshape(-1, 32)), 1);
            Tensor loss = nn.functional.mse_loss(y, output);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            if ((epoch + 1) % 50 != 0) continue;
            double expected = Expected[epoch / 50];
            Assert.InRange(loss.ToDouble(), expected * (1 - 1e-5), expected * (1 + 1e-5));
        }
    }
}
