namespace Facula.Testing.Binding;

public static partial class NamedFunctions
{
    private static void Operations()
    {
        Add("setitem", a => Operators.SetItem(((Tensor)a[0]!).clone(), a[1], a[2]), "input index value");
        Add("scaled_dot_product_attention", a => Attention((Tensor)a[0]!, (Tensor)a[1]!, (Tensor)a[2]!, (Tensor?)a[3], a[4] is true), "query key value attn_mask is_causal");
        Add("rms_norm", a =>
        {
            var input = (Tensor)a[0]!;
            var dims = new PyList(Enumerable.Range(0, Python.Items(a[1])!.Count).Select(i => (object?)(long)(i - Python.Items(a[1])!.Count)), true);
            var mean = (Tensor)CallNamed("Tensor.mean", [Call("Tensor.pow", input, 2L), dims], ("keepdim", true))!;
            Tensor y = input * Call("torch.rsqrt", mean + (a[3] is null ? 1e-6 : Number(a[3])));
            return a[2] is Tensor weight ? y * weight : y;
        }, "input normalized_shape weight eps");
        Add("clip_grad_norm", a =>
        {
            PyList parameters = WithGrads(a[0], a[1]);
            object? norm = CallNamed("torch.nn.utils.clip_grad_norm_", [parameters, a[2]], ("norm_type", a[3]));
            return Tuple(norm, Grads(parameters));
        }, "values grads max_norm norm_type");
        Add("clip_grad_value", a =>
        {
            PyList parameters = WithGrads(a[0], a[1]);
            CallNamed("torch.nn.utils.clip_grad_value_", [parameters, a[2]]);
            return Grads(parameters);
        }, "values grads clip_value");
        Add("pack_pad", a =>
        {
            object packed = CallNamed("torch.nn.utils.rnn.pack_padded_sequence", [a[0], a[1]], ("batch_first", a[2]), ("enforce_sorted", a[3]))!;
            var padded = Python.Items(CallNamed("torch.nn.utils.rnn.pad_packed_sequence", [packed], ("batch_first", a[2])))!;
            object? Member(string name) => Binder.InvokeMember(packed, name, [], []);
            return Tuple(Member("data"), Member("batch_sizes"), Member("sorted_indices"), Member("unsorted_indices"), padded[0], padded[1]);
        }, "sequence lengths batch_first enforce_sorted");
        Add("lstm_packed", a =>
        {
            object lstm = CallNamed("torch.nn.LSTM", [((Tensor)a[0]!).shape[-1], a[3]])!;
            using (torch.no_grad())
                foreach ((object? parameter, object? weight) in Python.Items(Binder.InvokeMember(lstm, "parameters", [], []))!.Zip(Python.Items(a[2])!))
                    Call("Tensor.copy_", parameter, weight);
            object packed = CallNamed("torch.nn.utils.rnn.pack_padded_sequence", [a[0], a[1]], ("enforce_sorted", false))!;
            var results = Python.Items(Binder.InvokeMember(lstm, "call", [packed], []))!;
            object? output = results[0], hidden, cell;
            if (results.Count == 3) (hidden, cell) = (results[1], results[2]);
            else (hidden, cell) = (Python.Items(results[1])![0], Python.Items(results[1])![1]);
            return Tuple(Python.Items(CallNamed("torch.nn.utils.rnn.pad_packed_sequence", [output]))![0], hidden, cell);
        }, "sequence lengths weights hidden_size");
    }

    private static Tensor Attention(Tensor query, Tensor key, Tensor value, Tensor? mask, bool causal)
    {
        static Tensor Masked(Tensor scores, Tensor keep) => Call("Tensor.masked_fill", scores, Operators.Call("invert", [keep]), double.NegativeInfinity);
        Tensor scores = Call("Tensor.div", Call("Tensor.matmul", query, Call("Tensor.transpose", key, -2L, -1L)), Math.Sqrt(query.shape[-1]));
        if (causal)
        {
            var ones = (Tensor)CallNamed("torch.ones", [new PyList([query.shape[-2], key.shape[-2]], true)], ("dtype", torch.@bool))!;
            scores = Masked(scores, Call("Tensor.tril", ones));
        }
        if (mask is not null) scores = mask.dtype == torch.@bool ? Masked(scores, mask) : scores + mask;
        return Call("Tensor.matmul", Call("Tensor.softmax", scores, -1L), value);
    }

    private static PyList WithGrads(object? values, object? grads) => new(Python.Items(values)!.Zip(Python.Items(grads)!, (value, grad) =>
    {
        Tensor parameter = ((Tensor)value!).detach().clone().requires_grad_();
        parameter.grad = ((Tensor)grad!).clone();
        return (object?)parameter;
    }), false);

    private static PyList Grads(PyList parameters) => new(parameters.Select(p => (object?)((Tensor)p!).grad), false);

    private static void Programs()
    {
        Add("text", a => a[0]?.ToString() ?? "None");
        Add("as_list", a => new PyList(a.SelectMany(x => Python.Items(x)!), false));
        Add("names", a => new PyList(Python.Items(a[0])!.Select(p => Python.Items(p)![0]), false));
        Add("keys", a => new PyList(Python.Entries(a[0]) is { } entries ? entries.Select(e => e.Key) : Python.Items(a[0])!, false));
        Add("init_constant", a =>
        {
            if (a[0]!.GetType().Name != "Linear") return null;
            using (torch.no_grad())
            {
                Call("Tensor.fill_", Binder.GetAttribute(a[0], "weight"), 0.5);
                if (Binder.GetAttribute(a[0], "bias") is Tensor bias) Call("Tensor.fill_", bias, 0.1);
            }
            return null;
        }, arity: 1);
        Add("fields", a => new PyList(Python.Items(a[0])!, true));
    }
}
