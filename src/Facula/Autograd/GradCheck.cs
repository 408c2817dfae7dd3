using System.Globalization;
using System.Numerics;

namespace Facula;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>
        /// Compares the gradients of a function with finite differences of it, at the inputs that require grad (use float64);
        /// true when they agree, else an error that names the first mismatch, or false.
        /// </summary>
        public static bool gradcheck(Func<Tensor[], Tensor[]> func, TensorList inputs, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3,
            bool raise_exception = true, double nondet_tol = 0)
        {
            string? mismatch = new GradCheck(func, inputs.ToArray(), eps, atol, rtol, nondet_tol).Mismatch();
            return mismatch is null || (raise_exception ? throw new TorchException(mismatch) : false);
        }

        /// <summary>Compares the gradient of a function of one tensor with finite differences.</summary>
        public static bool gradcheck(Func<Tensor, Tensor> func, Tensor inputs, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3,
            bool raise_exception = true, double nondet_tol = 0) =>
            gradcheck(x => [func(x[0])], (TensorList)inputs, eps, atol, rtol, raise_exception, nondet_tol);

        /// <summary>Compares the gradients of a function of two tensors with finite differences.</summary>
        public static bool gradcheck(Func<Tensor, Tensor, Tensor> func, TensorList inputs, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3,
            bool raise_exception = true, double nondet_tol = 0) =>
            gradcheck(x => [func(x[0], x[1])], inputs, eps, atol, rtol, raise_exception, nondet_tol);

        /// <summary>
        /// Compares the gradients of the gradients of a function with finite differences; <paramref name="grad_outputs"/> are random unless given.
        /// </summary>
        public static bool gradgradcheck(Func<Tensor[], Tensor[]> func, TensorList inputs, TensorList? grad_outputs = null, double eps = 1e-6, double atol = 1e-5,
            double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0)
        {
            Tensor[] points = inputs.ToArray();
            Tensor[] incoming = grad_outputs?.ToArray() ?? [.. GradCheck.Differentiable(func(points)).Select(GradCheck.RandomLike)];
            foreach (Tensor grad in incoming) grad.requires_grad_();
            Tensor[] wanted = [.. points.Where(p => p.requires_grad)];
            Tensor[] Gradients(Tensor[] all)
            {
                Tensor[] outputs = GradCheck.Differentiable(func(all[..points.Length]));
                Tensor?[] grads = autograd.grad(outputs, wanted, all[points.Length..], create_graph: true, allow_unused: true);
                return [.. grads.Where(g => g is { requires_grad: true }).Select(g => g!)];
            }
            return gradcheck(Gradients, new TensorList([.. points, .. incoming]), eps, atol, rtol, raise_exception, nondet_tol);
        }

        /// <summary>Compares the second gradient of a function of one tensor with finite differences.</summary>
        public static bool gradgradcheck(Func<Tensor, Tensor> func, Tensor inputs, TensorList? grad_outputs = null, double eps = 1e-6, double atol = 1e-5,
            double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0) =>
            gradgradcheck(x => [func(x[0])], (TensorList)inputs, grad_outputs, eps, atol, rtol, raise_exception, nondet_tol);

        /// <summary>Compares the second gradients of a function of two tensors with finite differences.</summary>
        public static bool gradgradcheck(Func<Tensor, Tensor, Tensor> func, TensorList inputs, TensorList? grad_outputs = null, double eps = 1e-6, double atol = 1e-5,
            double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0) =>
            gradgradcheck(x => [func(x[0], x[1])], inputs, grad_outputs, eps, atol, rtol, raise_exception, nondet_tol);
    }
}

/// <summary>
/// One comparison of gradients with central differences. For an incoming gradient v of a real loss L, dL = Re(v̄ do), so the gradient of a real
/// element x is Re(v̄ ∂o/∂x), and of a complex element Re(v̄ ∂o/∂Re x) + i Re(v̄ ∂o/∂Im x): PyTorch's convention.
/// </summary>
internal sealed class GradCheck(Func<Tensor[], Tensor[]> func, Tensor[] inputs, double eps, double atol, double rtol, double nondet_tol)
{
    internal static Tensor[] Differentiable(Tensor[] outputs) => [.. outputs.Where(o => o.requires_grad)];

    // Deterministic, and apart from the default generator, which the function may use.
    internal static Tensor RandomLike(Tensor tensor)
    {
        var random = new Random((int)tensor.Numel * 31 + tensor.Rank);
        Tensor result = Tensor.Allocate(tensor.SizesRef, tensor.DType);
        for (long i = 0; i < result.Numel; i++)
            result.SetElement(i, tensor.DType.is_complex ? new Complex(Value(), Value()) : (Scalar)Value());
        return result;

        double Value() => random.NextDouble() * 2 - 1;
    }

    internal string? Mismatch()
    {
        int[] wanted = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i].requires_grad)];
        if (wanted.Length == 0) throw new ArgumentException("gradcheck expects at least one input tensor to require gradient, but none of the them have requires_grad=True.");
        Tensor[] outputs = Differentiable(func(inputs));
        if (outputs.Length == 0) return NoGradientAtAll(wanted);
        // numerical[input][element, part][output] = the outputs' derivatives along that direction.
        Complex[][][][] numerical = [.. wanted.Select(Numerical)];
        for (int o = 0; o < outputs.Length; o++)
            for (long j = 0; j < outputs[o].Numel; j++)
                foreach (Complex v in outputs[o].DType.is_complex ? (Complex[])[1, Complex.ImaginaryOne] : [1])
                    if (Row(outputs, o, j, v, wanted, numerical) is { } mismatch) return mismatch;
        return null;
    }

    private string? NoGradientAtAll(int[] wanted)
    {
        foreach (int i in wanted)
            foreach (Complex[][] direction in Numerical(i))
                foreach (Complex[] output in direction)
                    if (output.Any(d => Complex.Abs(d) > atol))
                        return $"Numerical gradient for function expected to be zero, but input {i} has an influence";
        return null;
    }

    /// <summary>Compares the gradient of one element of one output with the differences.</summary>
    private string? Row(Tensor[] outputs, int o, long j, Complex v, int[] wanted, Complex[][][][] numerical)
    {
        Tensor[] at = [.. wanted.Select(i => inputs[i])];
        Tensor seed = Tensor.Allocate(outputs[o].SizesRef, outputs[o].DType);
        seed.FillRaw(0);
        seed.SetElement(j, outputs[o].DType.is_complex ? v : (Scalar)v.Real);
        Tensor?[] grads = torch.autograd.grad(outputs[o], at, (TensorList)seed, retain_graph: true, allow_unused: true);
        if (nondet_tol >= 0 && j == 0 && Reentrant(outputs[o], at, seed, grads) is { } difference) return difference;
        for (int k = 0; k < at.Length; k++)
        {
            bool complex = at[k].DType.is_complex;
            if (grads[k] is { } shaped && shaped.SizesRef != at[k].SizesRef)
                return $"Analytical gradient has incorrect size: {shaped.shape} for input {wanted[k]} of size {at[k].shape}";
            Complex[] analytical = grads[k] is { } grad ? Elements(grad) : new Complex[at[k].Numel];
            for (int e = 0; e < analytical.Length; e++)
            {
                Complex along = numerical[k][complex ? 2 * e : e][o][j];
                Complex expected = complex
                    ? new Complex((Complex.Conjugate(v) * along).Real, (Complex.Conjugate(v) * numerical[k][2 * e + 1][o][j]).Real)
                    : (Complex.Conjugate(v) * along).Real;
                if (Close(analytical[e], expected)) continue;
                return string.Create(CultureInfo.InvariantCulture,
                    $"Jacobian mismatch for output {o} with respect to input {wanted[k]},\nnumerical:{expected} analytical:{analytical[e]} at output element {j}, input element {e}");
            }
        }
        return null;
    }

    private string? Reentrant(Tensor output, Tensor[] at, Tensor seed, Tensor?[] first)
    {
        Tensor?[] second = torch.autograd.grad(output, at, (TensorList)seed, retain_graph: true, allow_unused: true);
        for (int k = 0; k < at.Length; k++)
        {
            if (first[k] is null || second[k] is null) continue;
            if (Elements(first[k]!).Zip(Elements(second[k]!)).Any(p => Complex.Abs(p.First - p.Second) > nondet_tol))
                return "Backward is not reentrant, i.e., running backward with same input and grad_output multiple times gives different values, although analytical gradient matches numerical gradient.";
        }
        return null;
    }

    private bool Close(Complex actual, Complex expected) =>
        Complex.Abs(actual - expected) <= atol + rtol * Complex.Abs(expected) || (Complex.IsNaN(actual) && Complex.IsNaN(expected));

    /// <summary>Central differences of all outputs along every element (and for complex inputs both parts) of one input.</summary>
    private Complex[][][] Numerical(int index)
    {
        Tensor input = inputs[index];
        bool complex = input.DType.is_complex;
        var directions = new List<Complex[][]>();
        foreach (long position in Positions(input))
        {
            directions.Add(Difference(input, position, eps));
            if (complex) directions.Add(Difference(input, position, new Complex(0, eps)));
        }
        return [.. directions];
    }

    private Complex[][] Difference(Tensor input, long position, Complex step)
    {
        Scalar before = input.GetElement(position);
        Complex[][] above = At(before.ToComplex() + step), below = At(before.ToComplex() - step);
        input.SetElement(position, before);
        return [.. above.Zip(below, (a, b) => a.Zip(b, (x, y) => (x - y) / (2 * eps)).ToArray())];

        Complex[][] At(Complex value)
        {
            input.SetElement(position, input.DType.is_complex ? value : (Scalar)value.Real);
            // The graph must be built: which outputs count shows in requires_grad, and the function may ask for gradients itself.
            return [.. Differentiable(func(inputs)).Select(Elements)];
        }
    }

    // Distances of the elements from the first, in row-major order of the indices.
    private static IEnumerable<long> Positions(Tensor tensor)
    {
        long[] sizes = tensor.Sizes.ToArray(), strides = tensor.Strides.ToArray();
        for (long flat = 0; flat < tensor.Numel; flat++)
        {
            long rest = flat, position = 0;
            for (int d = sizes.Length - 1; d >= 0; d--)
            {
                position += rest % sizes[d] * strides[d];
                rest /= sizes[d];
            }
            yield return position;
        }
    }

    private static Complex[] Elements(Tensor tensor) => [.. Positions(tensor).Select(p => tensor.GetElement(p).ToComplex())];
}
