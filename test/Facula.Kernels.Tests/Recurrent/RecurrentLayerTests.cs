namespace Facula.Kernels.Tests.Recurrent;

/// <summary>Whole recurrent layers against one step at a time in double precision, and their gradients against differences.</summary>
public unsafe class RecurrentLayerTests
{
    private sealed class Problem
    {
        public required long Length, Batch, Size, Wide, Kept;
        public required double[] Gates, Hidden, Cell, Weight, Bias;
        public double[] Outputs = [], Cells = [], Saved = [];
        public bool Reverse;

        public static Problem Make<TCell>(long length, long batch, long size, bool reverse) where TCell : struct, IRecurrentCell
        {
            var random = new Random(5);
            long wide = TCell.Gates * size;
            double[] Fill(long count) => [.. Enumerable.Range(0, (int)count).Select(_ => random.NextDouble() * 2 - 1)];
            return new Problem
            {
                Length = length, Batch = batch, Size = size, Wide = wide, Kept = TCell.Kept, Reverse = reverse,
                Gates = Fill(length * batch * wide), Hidden = Fill(batch * size), Cell = Fill(batch * size), Weight = Fill(wide * size), Bias = Fill(wide),
            };
        }

        public void Run<TCell>() where TCell : struct, IRecurrentCell
        {
            Outputs = new double[Length * Batch * Size];
            Cells = new double[Outputs.Length];
            Saved = new double[Length * Batch * Kept * Size + 1];
            fixed (double* g = Gates, h = Hidden, c = Cell, w = Weight, b = Bias, y = Outputs, cs = Cells, k = Saved)
            {
                RecurrentLayer.Forward<TCell, double>(new(Length, Batch, Size, Reverse), new RecurrentLayer.Memory<double>
                {
                    Gates = g, Hidden = h, Cell = c, Weight = w, Bias = b, Outputs = y, Cells = cs, Kept = k,
                });
            }
        }

        public double Loss<TCell>() where TCell : struct, IRecurrentCell
        {
            Run<TCell>();
            double sum = 0;
            for (int i = 0; i < Outputs.Length; i++) sum += Outputs[i] * Factor(i) + (TCell.HasCell ? Cells[i] * Factor(i + 7) : 0);
            return sum;
        }

        public static double Factor(int i) => Math.Sin(i * 0.7) + 0.3;
    }

    public static TheoryData<string, int, int, bool> Shapes => new()
    {
        { "LSTM", 3, 2, false }, { "LSTM", 19, 3, true }, { "GRU", 3, 2, true }, { "GRU", 19, 3, false }, { "TANH", 3, 2, false }, { "TANH", 19, 1, true },
        { "RELU", 5, 2, false }, { "LSTM", 5, 26, true }, { "RELU", 17, 2, true }, { "LSTM", 16, 1, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_agree_with_differences(string mode, int size, int batch, bool reverse)
    {
        switch (mode)
        {
            case "LSTM": Gradients<LstmCell>(size, batch, reverse); break;
            case "GRU": Gradients<GruCell>(size, batch, reverse); break;
            case "TANH": Gradients<ElmanTanhCell>(size, batch, reverse); break;
            default: Gradients<ElmanReluCell>(size, batch, reverse); break;
        }
    }

    private static void Gradients<TCell>(int size, int batch, bool reverse) where TCell : struct, IRecurrentCell
    {
        var p = Problem.Make<TCell>(4, batch, size, reverse);
        p.Run<TCell>();
        double[] outer = [.. Enumerable.Range(0, p.Outputs.Length).Select(Problem.Factor)], outerCells = [.. Enumerable.Range(0, p.Outputs.Length).Select(i => Problem.Factor(i + 7))];
        double[] toGates = new double[p.Gates.Length], toState = new double[p.Gates.Length], toHidden = new double[p.Hidden.Length], toCell = new double[p.Cell.Length], toWeight = new double[p.Weight.Length];
        fixed (double* g = outer, gc = outerCells, h = p.Hidden, c = p.Cell, w = p.Weight, y = p.Outputs, cs = p.Cells, k = p.Saved, tg = toGates, ts = toState, th = toHidden, tc = toCell, tw = toWeight)
        {
            double* state = TCell.IsSplit ? ts : tg;
            var memory = new RecurrentLayer.Memory<double>
            {
                OutputGradient = g, CellsGradient = TCell.HasCell ? gc : null, Hidden = h, Cell = c, Weight = w, Outputs = y, Cells = cs, Kept = k,
                GatesGradient = tg, StateGradient = state, HiddenGradient = th, CellGradient = tc,
            };
            var shape = new RecurrentLayer.Shape(p.Length, p.Batch, p.Size, reverse);
            RecurrentLayer.Backward<TCell, double>(shape, memory);
            RecurrentLayer.WeightGradient(shape, p.Wide, memory, tw);
        }
        Compare<TCell>(p, p.Gates, toGates);
        Compare<TCell>(p, p.Hidden, toHidden);
        Compare<TCell>(p, p.Weight, toWeight);
        if (TCell.HasCell) Compare<TCell>(p, p.Cell, toCell);
    }

    private static void Compare<TCell>(Problem p, double[] values, double[] gradient) where TCell : struct, IRecurrentCell
    {
        const double Step = 1e-6;
        for (int i = 0; i < values.Length; i += Math.Max(1, values.Length / 40))
        {
            double value = values[i];
            values[i] = value + Step;
            double above = p.Loss<TCell>();
            values[i] = value - Step;
            double below = p.Loss<TCell>();
            values[i] = value;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-5);
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(16, true)]
    [InlineData(37, false)]
    public void The_lstm_agrees_with_its_formulas(int size, bool reverse)
    {
        var p = Problem.Make<LstmCell>(3, 2, size, reverse);
        p.Run<LstmCell>();
        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        for (int n = 0; n < p.Batch; n++)
        {
            double[] h = p.Hidden[(n * size)..((n + 1) * size)], c = p.Cell[(n * size)..((n + 1) * size)];
            for (int step = 0; step < p.Length; step++)
            {
                long t = reverse ? p.Length - 1 - step : step;
                double Gate(int gate, int j)
                {
                    double sum = p.Gates[(t * p.Batch + n) * p.Wide + gate * size + j] + p.Bias[gate * size + j];
                    for (int q = 0; q < size; q++) sum += p.Weight[(gate * size + j) * size + q] * h[q];
                    return sum;
                }
                double[] nextCell = [.. Enumerable.Range(0, size).Select(j => Sigmoid(Gate(1, j)) * c[j] + Sigmoid(Gate(0, j)) * Math.Tanh(Gate(2, j)))];
                double[] nextHidden = [.. Enumerable.Range(0, size).Select(j => Sigmoid(Gate(3, j)) * Math.Tanh(nextCell[j]))];
                (h, c) = (nextHidden, nextCell);
                for (int j = 0; j < size; j++)
                {
                    Assert.Equal(h[j], p.Outputs[(t * p.Batch + n) * size + j], 1e-12);
                    Assert.Equal(c[j], p.Cells[(t * p.Batch + n) * size + j], 1e-12);
                }
            }
        }
    }
}
