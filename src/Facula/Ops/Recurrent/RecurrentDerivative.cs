namespace Facula.Ops;

/// <summary>The derivative of a recurrent layer with differentiable ops, for derivatives of derivatives.</summary>
internal static class RecurrentDerivative
{
    internal static (Tensor? gates, Tensor? hidden, Tensor? cell, Tensor? weight, Tensor? bias) Of(Tensor? grad, Tensor? gradCells, Tensor? gradKept,
        Tensor hidden, Tensor? cell, Tensor weight, bool hasBias, string mode, bool reverse, Tensor output, Tensor cells, Tensor kept)
    {
        long length = output.Sizes[0];
        var toGates = new Tensor[length];
        var toState = new Tensor[length];
        var before = new Tensor[length];
        Tensor? dh = null, dc = null;
        for (long step = length - 1; step >= 0; step--)
        {
            long t = reverse ? length - 1 - step : step, previous = reverse ? t + 1 : t - 1;
            before[t] = step == 0 ? hidden : output.select(0, previous);
            dh = Sum(dh, grad?.select(0, t)) ?? output.select(0, t) * 0;
            Tensor[] saved = [.. kept.select(0, t).unbind(1)];
            Tensor[]? gradSaved = gradKept is null ? null : [.. gradKept.select(0, t).unbind(1)];
            Tensor? direct = null;
            switch (mode)
            {
                case "LSTM":
                    dc = Sum(dc, gradCells?.select(0, t));
                    (toGates[t], dc) = Lstm(dh, dc, saved, gradSaved, step == 0 ? cell! : cells.select(0, previous), cells.select(0, t));
                    toState[t] = toGates[t];
                    break;
                case "GRU":
                    (toGates[t], toState[t], direct) = Gru(dh, saved, gradSaved, before[t]);
                    break;
                default:
                    Tensor h = output.select(0, t);
                    toGates[t] = toState[t] = mode == "RNN_TANH" ? dh * (1 - h * h) : dh * h.gt(0).to(h.DType);
                    break;
            }
            dh = Sum(torch.mm(toState[t], weight), direct);
        }
        Tensor state = torch.stack(toState, 0).flatten(0, 1);
        return (torch.stack(toGates, 0), dh, dc, torch.mm(state.t(), torch.stack(before, 0).flatten(0, 1)), hasBias ? state.sum(0) : null);
    }

    private static (Tensor Gates, Tensor Cell) Lstm(Tensor dh, Tensor? dc, Tensor[] saved, Tensor[]? gradSaved, Tensor cellBefore, Tensor cellAfter)
    {
        (Tensor i, Tensor f, Tensor g, Tensor o) = (saved[0], saved[1], saved[2], saved[3]);
        Tensor tanh = cellAfter.tanh();
        Tensor total = Sum(dc, dh * o * (1 - tanh * tanh))!;
        Tensor di = Sum(total * g, gradSaved?[0])!, df = Sum(total * cellBefore, gradSaved?[1])!, dg = Sum(total * i, gradSaved?[2])!, dO = Sum(dh * tanh, gradSaved?[3])!;
        return (torch.cat([di * i * (1 - i), df * f * (1 - f), dg * (1 - g * g), dO * o * (1 - o)], 1), total * f);
    }

    private static (Tensor Gates, Tensor State, Tensor Direct) Gru(Tensor dh, Tensor[] saved, Tensor[]? gradSaved, Tensor before)
    {
        (Tensor r, Tensor z, Tensor n, Tensor own) = (saved[0], saved[1], saved[2], saved[3]);
        Tensor dn = Sum(dh * (1 - z), gradSaved?[2])! * (1 - n * n);
        Tensor dz = Sum(dh * (before - n), gradSaved?[1])! * z * (1 - z);
        Tensor dr = Sum(dn * own, gradSaved?[0])! * r * (1 - r);
        Tensor toOwn = Sum(dn * r, gradSaved?[3])!;
        return (torch.cat([dr, dz, dn], 1), torch.cat([dr, dz, toOwn], 1), dh * z);
    }

    private static Tensor? Sum(Tensor? left, Tensor? right) => left is null ? right : right is null ? left : left + right;
}
