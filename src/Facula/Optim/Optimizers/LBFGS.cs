using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Facula.Ops;

namespace Facula.Modules;

/// <summary>L-BFGS: quasi-Newton steps from the differences of past gradients. Each step calls the closure several times.</summary>
[Factory("torch.optim")]
public sealed partial class LBFGS : FusedOptimizer
{
    /// <summary>L-BFGS: quasi-Newton steps from the differences of past gradients; <paramref name="line_search_fn"/> is null or <c>strong_wolfe</c>.</summary>
    private LBFGS(ParamGroupList @params, Scalar? lr = null, long max_iter = 20, long? max_eval = null, Scalar? tolerance_grad = null, Scalar? tolerance_change = null,
        long history_size = 100, string? line_search_fn = null)
        : base(@params, ("lr", lr ?? 1), ("max_iter", max_iter), ("max_eval", max_eval ?? max_iter * 5 / 4), ("tolerance_grad", tolerance_grad ?? 1e-7),
            ("tolerance_change", tolerance_change ?? 1e-9), ("history_size", history_size), ("line_search_fn", GroupOption.From(line_search_fn)))
    {
        if (param_groups.Count != 1) throw new ArgumentException("LBFGS doesn't support per-parameter options (parameter groups)");
    }

    /// <summary>L-BFGS: quasi-Newton steps from the differences of past gradients.</summary>
    [OverloadResolutionPriority(-2)]
    private LBFGS(ParamGroupList parameters, double lr, long max_iter = 20, long? max_eval = null, double tolerange_grad = 1e-5, double tolerance_change = 1e-9, long history_size = 100)
        : this(@params: parameters, lr: lr, max_iter: max_iter, max_eval: max_eval, tolerance_grad: tolerange_grad, tolerance_change: tolerance_change, history_size: history_size) { }

    /// <summary>The state of all parameters together, kept with the first; vectors in double, whatever the parameters are.</summary>
    private sealed class State(ScalarType dtype) : ParameterState
    {
        public long Evaluations, Iterations;
        public double[]? Direction, PreviousGradient;
        public GroupOption StepLength;
        public List<double[]> Changes = [], Steps = [];     // of the gradient, and of the parameters
        public List<double> Inverses = [];                  // 1/(change · step)
        public double Scale = 1, PreviousLoss;
        public bool ScaleIsTensor;

        internal override void Export(OrderedDict<string, object?> entries)
        {
            entries["func_evals"] = Evaluations;
            entries["n_iter"] = Iterations;
            if (Direction is null) return;
            entries["d"] = ToTensor(Direction);
            entries["t"] = StepLength.Value;
            entries["old_dirs"] = Changes.Select(v => (object?)ToTensor(v)).ToList();
            entries["old_stps"] = Steps.Select(v => (object?)ToTensor(v)).ToList();
            entries["ro"] = Inverses.Select(v => (object?)Tensor.FromScalar(v, dtype)).ToList();
            entries["H_diag"] = ScaleIsTensor ? Tensor.FromScalar(Scale, dtype) : 1L;
            entries["prev_flat_grad"] = ToTensor(PreviousGradient!);
            entries["prev_loss"] = PreviousLoss;
        }

        internal override void Import(string name, object? value)
        {
            switch (name)
            {
                case "func_evals": Evaluations = (long)Number(value); break;
                case "n_iter": Iterations = (long)Number(value); break;
                case "d": Direction = ToArray((Tensor)value!); break;
                case "t": StepLength = GroupOption.From(value is Tensor ? Number(value) : value); break;
                case "old_dirs": Changes = Vectors(value); break;
                case "old_stps": Steps = Vectors(value); break;
                case "ro": Inverses = [.. Mappings.Items(value, name).Select(Number)]; break;
                case "H_diag": (Scale, ScaleIsTensor) = (Number(value), value is Tensor); break;
                case "prev_flat_grad": PreviousGradient = ToArray((Tensor)value!); break;
                case "prev_loss": PreviousLoss = Number(value); break;
            }
        }

        private static List<double[]> Vectors(object? list) => [.. Mappings.Items(list, "state").Select(v => ToArray((Tensor)v!))];

        private static double[] ToArray(Tensor vector) => Copying.Converted(vector, torch.float64).ToArray<double>();

        private Tensor ToTensor(double[] vector)
        {
            Tensor tensor = Tensor.Allocate([vector.LongLength], torch.float64);
            Write(vector, 0, tensor);
            return dtype == torch.float64 ? tensor : Copying.Converted(tensor, dtype);
        }
    }

    private static unsafe void Write(double[] values, long start, Tensor contiguous)
    {
        fixed (double* source = values)
        fixed (byte* target = &contiguous.Reference)
            System.Buffer.MemoryCopy(source + start, target, contiguous.Numel * sizeof(double), contiguous.Numel * sizeof(double));
        GC.KeepAlive(contiguous);
    }

    private protected override ParameterState MakeState(ParamGroup group, Tensor parameter) => new State(parameter.DType);

    // One step looks at all parameters together.
    private protected override void StepGroup<T>(ParamGroup group) { }

    private double[] Gather(Func<Tensor, Tensor?> part)
    {
        Tensor[] parameters = param_groups[0].Items;
        var flat = new double[parameters.Sum(p => p.Numel)];
        long offset = 0;
        foreach (Tensor parameter in parameters)
        {
            if (part(parameter) is { } tensor)
            {
                double[] values = Copying.Converted(tensor, torch.float64).ToArray<double>();
                values.CopyTo(flat, offset);
            }
            offset += parameter.Numel;
        }
        return flat;
    }

    private double[] Gradient() => Gather(p => p.AutogradOrNull?.Grad);

    private void SetParameters(double[] flat)
    {
        long offset = 0;
        foreach (Tensor parameter in param_groups[0].Items)
        {
            Tensor values = Tensor.Allocate(parameter.SizesRef, torch.float64);
            Write(flat, offset, values);
            Copying.Copy(values, parameter);
            parameter.BumpVersion();
            offset += parameter.Numel;
        }
    }

    private static double[] Along(double[] from, double step, double[] direction)
    {
        var to = new double[from.Length];
        for (int i = 0; i < to.Length; i++) to[i] = from[i] + step * direction[i];
        return to;
    }

    private static double Largest(double[] vector)
    {
        double largest = 0;
        foreach (double x in vector) largest = double.IsNaN(x) ? x : Math.Max(largest, Math.Abs(x));
        return largest;
    }

    /// <summary>One step: up to <c>max_iter</c> iterations, each with one or more calls of the closure, which computes the loss and its gradients.</summary>
    [return: NotNullIfNotNull(nameof(closure))]
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        if (closure is null) throw new ArgumentException("step() missing 1 required positional argument: 'closure'");
        RunStepPreHooks();
        StepCount++;
        Tensor loss = Minimise(closure);
        RunStepPostHooks();
        return loss;
    }

    private Tensor Minimise(Func<Tensor> closure)
    {
        ParamGroup group = param_groups[0];
        double rate = group["lr"], gradientTolerance = group["tolerance_grad"], changeTolerance = group["tolerance_change"];
        long mostIterations = (long)group["max_iter"], mostEvaluations = (long)group["max_eval"];
        int history = (int)group["history_size"];
        string? search = (string?)group["line_search_fn"];
        State state = StateOf<State>(group, 0);

        Tensor first = Evaluate(closure);
        double loss = first.item().ToDouble();
        long evaluations = 1, iteration = 0;
        state.Evaluations++;
        double[] gradient = Gradient();
        if (Largest(gradient) <= gradientTolerance) return first;

        double[] direction = state.Direction ?? [];
        GroupOption length = state.StepLength;
        while (iteration < mostIterations)
        {
            iteration++;
            state.Iterations++;
            direction = state.Iterations == 1 ? FirstDirection(state, gradient) : NextDirection(state, gradient, direction, length, history);
            state.PreviousGradient = [.. gradient];
            state.PreviousLoss = loss;

            length = group["lr"];
            if (state.Iterations == 1) length = Math.Min(1, 1 / gradient.Sum(Math.Abs)) * rate;
            double slope = LineSearch.Dot(gradient, direction);
            if (slope > -changeTolerance) break;

            double[] start = Gather(p => p);
            long made = 0;
            if (search is not null)
            {
                if (search != "strong_wolfe") throw new TorchException("only 'strong_wolfe' is supported");
                double[] along = direction;
                (LineSearch.Point point, int calls) = LineSearch.StrongWolfe(t =>
                {
                    SetParameters(Along(start, t, along));
                    double value = Evaluate(closure).item().ToDouble();
                    return (value, Gradient());
                }, length, direction, loss, gradient, slope, changeTolerance);
                if (point.Step != length) length = point.Step;
                (loss, gradient, made) = (point.Loss, point.Gradient, calls);
                SetParameters(Along(start, length, direction));
            }
            else
            {
                SetParameters(Along(start, length, direction));
                if (iteration != mostIterations)
                {
                    // After the last iteration nobody looks at the loss.
                    loss = Evaluate(closure).item().ToDouble();
                    gradient = Gradient();
                    made = 1;
                }
            }
            evaluations += made;
            state.Evaluations += made;
            if (iteration == mostIterations || evaluations >= mostEvaluations) break;
            if (Largest(gradient) <= gradientTolerance) break;
            if (Largest(direction) * Math.Abs(length) <= changeTolerance || Math.Abs(loss - state.PreviousLoss) < changeTolerance) break;
        }
        state.Direction = direction;
        state.StepLength = length;
        return first;
    }

    private static Tensor Evaluate(Func<Tensor> closure)
    {
        using GradModeScope _ = torch.enable_grad();
        return closure();
    }

    private static double[] FirstDirection(State state, double[] gradient)
    {
        state.Changes = [];
        state.Steps = [];
        state.Inverses = [];
        (state.Scale, state.ScaleIsTensor) = (1, false);
        return Array.ConvertAll(gradient, g => -g);
    }

    /// <summary>The approximate inverse Hessian times the negative gradient, by the recursion over the history.</summary>
    private static double[] NextDirection(State state, double[] gradient, double[] direction, double length, int history)
    {
        double[] change = Along(gradient, -1, state.PreviousGradient!), step = Array.ConvertAll(direction, d => d * length);
        double product = LineSearch.Dot(change, step);
        if (product > 1e-10)
        {
            if (state.Changes.Count == history)
            {
                state.Changes.RemoveAt(0);
                state.Steps.RemoveAt(0);
                state.Inverses.RemoveAt(0);
            }
            state.Changes.Add(change);
            state.Steps.Add(step);
            state.Inverses.Add(1 / product);
            (state.Scale, state.ScaleIsTensor) = (product / LineSearch.Dot(change, change), true);
        }
        int count = state.Changes.Count;
        var weights = new double[count];
        double[] q = Array.ConvertAll(gradient, g => -g);
        for (int i = count - 1; i >= 0; i--)
        {
            weights[i] = LineSearch.Dot(state.Steps[i], q) * state.Inverses[i];
            q = Along(q, -weights[i], state.Changes[i]);
        }
        q = Array.ConvertAll(q, x => x * state.Scale);
        for (int i = 0; i < count; i++)
        {
            double back = LineSearch.Dot(state.Changes[i], q) * state.Inverses[i];
            q = Along(q, weights[i] - back, state.Steps[i]);
        }
        return q;
    }
}
