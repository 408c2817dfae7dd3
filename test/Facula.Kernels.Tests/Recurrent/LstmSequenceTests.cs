namespace Facula.Kernels.Tests;

/// <summary>The fused sequence against the formulas, and its gradient against differences.</summary>
[Trait("Size", "Small")]
public unsafe class LstmSequenceTests
{
    private readonly Random _random = new(3);

    [Theory]
    [InlineData(4, 3, 5, false)]
    [InlineData(3, 13, 8, true)]
    [InlineData(2, 2, 19, false)]
    public void ForwardFollowsTheFormulas(int length, int batch, int h, bool reverse)
    {
        double[] gates = Numbers(length * batch * 4 * h), hidden = Numbers(batch * h), cell = Numbers(batch * h), weight = Numbers(4 * h * h);
        (double[] output, double[] cells) = Naive(length, batch, h, reverse, gates, hidden, cell, weight);
        (double[] actualOutput, double[] actualCells, _) = Run(length, batch, h, reverse, gates, hidden, cell, weight);
        for (int i = 0; i < output.Length; i++)
        {
            Assert.Equal(output[i], actualOutput[i], 1e-12);
            Assert.Equal(cells[i], actualCells[i], 1e-12);
        }
    }

    [Theory]
    [InlineData(3, 2, 5, false)]
    [InlineData(2, 3, 9, true)]
    public void BackwardFollowsTheDifferences(int length, int batch, int h, bool reverse)
    {
        double[] gates = Numbers(length * batch * 4 * h), hidden = Numbers(batch * h), cell = Numbers(batch * h), weight = Numbers(4 * h * h);
        double[] gradOutputs = Numbers(length * batch * h), gradCells = Numbers(length * batch * h);
        (_, double[] cells, double[] activations) = Run(length, batch, h, reverse, gates, hidden, cell, weight);
        double[] gradGates = new double[gates.Length], gradHidden = new double[hidden.Length], gradCell = new double[cell.Length];
        fixed (double* go = gradOutputs, gc = gradCells, c = cell, w = weight, s = cells, a = activations, gg = gradGates, gh = gradHidden, gcell = gradCell)
            LstmSequence.Backward(new LstmSequence.Shape(length, batch, h, reverse), go, gc, c, w, s, a, gg, gh, gcell);
        Check(gates, gradGates);
        Check(hidden, gradHidden);
        Check(cell, gradCell);

        void Check(double[] variable, double[] gradient)
        {
            for (int i = 0; i < variable.Length; i += 3)
            {
                double kept = variable[i];
                variable[i] = kept + 1e-6;
                double up = Sum();
                variable[i] = kept - 1e-6;
                double down = Sum();
                variable[i] = kept;
                Assert.Equal((up - down) / 2e-6, gradient[i], 1e-7);
            }
        }

        double Sum()
        {
            (double[] output, double[] states) = Naive(length, batch, h, reverse, gates, hidden, cell, weight);
            double sum = 0;
            for (int i = 0; i < output.Length; i++) sum += output[i] * gradOutputs[i] + states[i] * gradCells[i];
            return sum;
        }
    }

    private double[] Numbers(int count)
    {
        var numbers = new double[count];
        for (int i = 0; i < count; i++) numbers[i] = _random.NextDouble() - 0.5;
        return numbers;
    }

    private static (double[], double[], double[]) Run(int length, int batch, int h, bool reverse, double[] gates, double[] hidden, double[] cell, double[] weight)
    {
        double[] output = new double[length * batch * h], cells = new double[output.Length], activations = new double[gates.Length];
        fixed (double* g = gates, hp = hidden, c = cell, w = weight, o = output, s = cells, a = activations)
            LstmSequence.Forward(new LstmSequence.Shape(length, batch, h, reverse), g, hp, c, w, o, s, a);
        return (output, cells, activations);
    }

    private static (double[] output, double[] cells) Naive(int length, int batch, int h, bool reverse, double[] gates, double[] hidden, double[] cell, double[] weight)
    {
        double[] output = new double[length * batch * h], cells = new double[output.Length], state = [.. hidden], memory = [.. cell];
        for (int t = 0; t < length; t++)
        {
            int at = reverse ? length - 1 - t : t;
            double[] before = [.. state];
            for (int n = 0; n < batch; n++)
                for (int j = 0; j < h; j++)
                {
                    double[] sums = new double[4];
                    for (int q = 0; q < 4; q++)
                    {
                        sums[q] = gates[(at * batch + n) * 4 * h + q * h + j];
                        for (int k = 0; k < h; k++) sums[q] += before[n * h + k] * weight[(q * h + j) * h + k];
                    }
                    double c = Sigmoid(sums[1]) * memory[n * h + j] + Sigmoid(sums[0]) * Math.Tanh(sums[2]);
                    memory[n * h + j] = cells[(at * batch + n) * h + j] = c;
                    state[n * h + j] = output[(at * batch + n) * h + j] = Sigmoid(sums[3]) * Math.Tanh(c);
                }
        }
        return (output, cells);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
