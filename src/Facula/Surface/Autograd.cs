namespace Facula;

public static partial class torch
{
    /// <summary><c>torch.autograd</c>.</summary>
    public static partial class autograd
    {
        /// <summary>Adds to <c>grad</c> of the leaves the gradients of the sum of the tensors, each weighted by its grad tensor.</summary>
        public static void backward(TensorList tensors, Tensor?[]? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, Tensor[]? inputs = null)
        {
            Tensor[] roots = tensors.Items;
            RequireAsMany(roots, grad_tensors);
            Backward(roots, grad_tensors, new Tensor[roots.Length], retain_graph, create_graph, inputs);
        }

        /// <summary>The same for lists that need not be arrays; no gradients given means ones. <paramref name="grads"/> is room for those of the roots.</summary>
        internal static void Backward(ReadOnlySpan<Tensor> roots, ReadOnlySpan<Tensor?> given, Span<Tensor> grads, bool? retain_graph, bool create_graph, Tensor[]? inputs)
        {
            if (inputs is { Length: 0 }) throw new TorchException("'inputs' argument to backward() cannot be empty.");
            for (int i = 0; i < roots.Length; i++) grads[i] = RootGradient(roots[i], given.IsEmpty ? null : given[i], i);
            Tensor?[] captured = Engine.Run(roots, grads, retain_graph ?? create_graph, create_graph, inputs, accumulate: true);
            for (int i = 0; inputs is not null && i < inputs.Length; i++)
            {
                // Leaves were accumulated by the engine; a non-leaf input gets its captured gradient.
                if (captured[i] is not { } grad) continue;
                AutogradMeta meta = inputs[i].Autograd;
                meta.Grad = meta.Grad is null ? grad : meta.Grad + grad;
            }
        }

        /// <summary>
        /// The gradients of the sum of the outputs with respect to the inputs; with <paramref name="is_grads_batched"/> the first dimension of
        /// <paramref name="grad_outputs"/> counts independent ones, and that of the results does too.
        /// </summary>
        public static Tensor[] grad(TensorList outputs, TensorList inputs, TensorList? grad_outputs = null, bool? retain_graph = null, bool create_graph = false, bool allow_unused = false, bool is_grads_batched = false)
        {
            Tensor?[]? given = grad_outputs?.Items;
            bool keep = retain_graph ?? create_graph;
            if (!is_grads_batched) return Gradients(outputs.Items, inputs.Items, given, keep, create_graph, allow_unused)!;
            if (given?.FirstOrDefault(g => g is not null) is not { Rank: > 0 } some)
                throw new TorchException("grad_outputs must have a batch dimension when is_grads_batched is true");
            var rows = new List<Tensor?[]>();
            for (long i = 0; i < some.Sizes[0]; i++)
                rows.Add(Gradients(outputs.Items, inputs.Items, Array.ConvertAll(given, g => g?.select(0, i)), keep || i + 1 < some.Sizes[0], create_graph, allow_unused));
            return [.. inputs.Items.Select((_, k) => rows[0][k] is null ? null! : torch.stack(rows.ConvertAll(row => row[k]!)))];
        }

        /// <summary>The gradients, null for unused inputs where that is allowed.</summary>
        internal static Tensor?[] Gradients(Tensor[] roots, Tensor[] wanted, Tensor?[]? gradOutputs, bool retainGraph, bool createGraph, bool allowUnused)
        {
            if (wanted.Length == 0) throw new ArgumentException("grad requires non-empty inputs.");
            Tensor[] grads = RootGradients(roots, gradOutputs);
            foreach (Tensor input in wanted)
                if (!input.NeedsGrad) throw new TorchException("One of the differentiated Tensors does not require grad");
            Tensor?[] result = Engine.Run(roots, grads, retainGraph, createGraph, wanted, accumulate: false);
            for (int i = 0; i < result.Length; i++)
            {
                if (result[i] is not null) continue;
                int same = Array.FindIndex(wanted, 0, i, t => ReferenceEquals(t, wanted[i]));
                if (same >= 0) result[i] = result[same];
                if (result[i] is null && !allowUnused)
                    throw new TorchException("One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.");
            }
            return result;
        }

        private static Tensor[] RootGradients(Tensor[] roots, Tensor?[]? given)
        {
            RequireAsMany(roots, given);
            var grads = new Tensor[roots.Length];
            for (int i = 0; i < roots.Length; i++) grads[i] = RootGradient(roots[i], given?[i], i);
            return grads;
        }

        private static void RequireAsMany(Tensor[] roots, Tensor?[]? given)
        {
            if (given is not null && given.Length != roots.Length) throw new TorchException($"got {roots.Length} tensors and {given.Length} gradients");
        }

        private static Tensor RootGradient(Tensor root, Tensor? grad, int i)
        {
            if (!root.NeedsGrad) throw new TorchException($"element {i} of tensors does not require grad and does not have a grad_fn");
            if (grad is not null)
            {
                if (grad.SizesRef != root.SizesRef)
                    throw new TorchException($"Mismatch in shape: grad_output[{i}] has a shape of {grad.shape} and output[{i}] has a shape of {root.shape}.");
                if (grad.DType.is_complex != root.DType.is_complex)
                    throw new TorchException($"For complex Tensors, both grad_output and output are required to have the same dtype. Mismatch in dtype: grad_output[{i}] has a dtype of {grad.DType} and output[{i}] has a dtype of {root.DType}.");
                return grad;
            }
            if (root.Numel != 1) throw new TorchException("grad can be implicitly created only for scalar outputs");
            if (root.DType.is_complex) throw new TorchException("grad can be computed only for real scalar outputs but got " + root.DType);
            Tensor one = Tensor.Allocate(root.SizesRef, root.DType, root.Storage.DeviceOrNull);
            one.SetElement(0, 1);
            return one;
        }

        /// <summary>Old PyTorch's wrapper: gives the tensor itself.</summary>
        public static Tensor Variable(Tensor data, bool requires_grad = false, bool? @volatile = null)
        {
            if (@volatile is not null) warnings.warn("volatile was removed and now has no effect. Use `with torch.no_grad():` instead.");
            return requires_grad ? data.MadeToRequireGrad() : data;
        }

        /// <summary>Records the forward call of every node, so that an error in backward names it; checks for NaN.</summary>
        public static IDisposable detect_anomaly(bool check_nan = true) => new AnomalyScope(true, check_nan);

        /// <summary>Turns anomaly detection on or off.</summary>
        public static IDisposable set_detect_anomaly(bool mode, bool check_nan = true) => new AnomalyScope(mode, check_nan);

        private sealed class AnomalyScope : IDisposable
        {
            private readonly bool _before = Engine.DetectAnomaly;
            private readonly bool _nanBefore = Engine.AnomalyChecksNaN;

            internal AnomalyScope(bool mode, bool checkNaN)
            {
                Engine.DetectAnomaly = mode;
                Engine.AnomalyChecksNaN = checkNaN;
            }

            public void Dispose()
            {
                Engine.DetectAnomaly = _before;
                Engine.AnomalyChecksNaN = _nanBefore;
            }
        }
    }
}
