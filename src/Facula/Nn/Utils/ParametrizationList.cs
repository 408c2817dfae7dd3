namespace Facula.Modules;

/// <summary>The parametrizations of one tensor in order, with what they are applied to: <c>original</c>, or <c>original0</c>, <c>original1</c> …</summary>
public class ParametrizationList : ModuleList<nn.Module>
{
    private readonly int _count = 1;

    /// <summary>Takes over <paramref name="original"/>, after the right inverses of the modules, the last one first.</summary>
    public ParametrizationList(IEnumerable<nn.Module> modules, Tensor original, bool @unsafe = false) : base(modules)
    {
        if (Count == 0) throw new ArgumentException("ParametrizationList requires one or more modules.");
        this.@unsafe = @unsafe;
        torch.Size shape = original.shape;
        ScalarType dtype = original.dtype;
        using (torch.no_grad())
        {
            Tensor value = original;
            Tensor[]? several = null;
            foreach (nn.Module module in this.Reverse())
            {
                if (module is nn.utils.parametrize.IRightInverse one) value = one.right_inverse(value);
                else if (module is nn.utils.parametrize.IRightInverseOfSeveral many) several = many.right_inverse(value);
            }
            is_tensor = several is null;
            if (several is null)
            {
                if (value.dtype != dtype)
                    throw new ArgumentException($"When `right_inverse` outputs one tensor, it may not change the dtype.\noriginal.dtype: {dtype}\nright_inverse(original).dtype: {value.dtype}");
                if (!ReferenceEquals(value, original)) original.data = value.detach();
                Register("original", original);
            }
            else
            {
                _count = several.Length;
                for (int i = 0; i < _count; i++)
                {
                    Tensor part = original is Parameter ? new Parameter(several[i].detach(), original.requires_grad) : several[i].detach();
                    Register($"original{i}", part);
                }
            }
        }
        if (@unsafe) return;
        Tensor result = call();
        if (result.dtype != dtype)
            throw new ArgumentException($"Registering a parametrization may not change the dtype of the tensor, unless `unsafe` flag is enabled.\nunparametrized dtype: {dtype}\nparametrized dtype: {result.dtype}");
        if (result.shape != shape)
            throw new ArgumentException($"Registering a parametrization may not change the shape of the tensor, unless `unsafe` flag is enabled.\nunparametrized shape: {shape}\nparametrized shape: {result.shape}");
    }

    public override string GetName() => "ParametrizationList";

    /// <summary>Whether there is one original rather than several.</summary>
    public bool is_tensor { get; }

    /// <summary>Whether the parametrizations may change shape and dtype.</summary>
    public bool @unsafe { get; set; }

    /// <summary>What the parametrizations are applied to, where it is one tensor.</summary>
    public Tensor? original => GetAttribute("original");

    /// <summary>The originals, one or several.</summary>
    public Tensor[] originals => [.. Enumerable.Range(0, _count).Select(i => GetAttribute(is_tensor ? "original" : $"original{i}")!)];

    /// <summary>The parametrized tensor.</summary>
    public Tensor forward()
    {
        Tensor[] from = originals;
        Tensor x = (this[0], from) switch
        {
            (nn.Module<Tensor, Tensor> one, [var only]) => one.call(only),
            (nn.Module<Tensor, Tensor, Tensor> two, [var first, var second]) => two.call(first, second),
            (nn.Module<Tensor, Tensor, Tensor, Tensor> three, [var first, var second, var third]) => three.call(first, second, third),
            _ => throw new ArgumentException($"{this[0].GetName()} does not take {_count} tensors"),
        };
        for (int i = 1; i < Count; i++) x = ((nn.Module<Tensor, Tensor>)this[i]).call(x);
        return x;
    }

    /// <summary>The parametrized tensor.</summary>
    public Tensor call() => forward();

    /// <summary>Sets the originals so that the parametrized tensor becomes <paramref name="value"/>.</summary>
    public void right_inverse(Tensor value)
    {
        using GradModeScope _ = torch.no_grad();
        Tensor[]? several = null;
        foreach (nn.Module module in this.Reverse())
        {
            if (module is nn.utils.parametrize.IRightInverse one) value = one.right_inverse(value);
            else if (module is nn.utils.parametrize.IRightInverseOfSeveral many) several = many.right_inverse(value);
            else throw new TorchException($"parametrization {module.GetName()} does not implement right_inverse.");
        }
        Tensor[] to = originals, from = several ?? [value];
        if (from.Length != to.Length)
            throw new ArgumentException($"'right_inverse' must return a sequence of tensors of length {to.Length}. Got a sequence of length {from.Length}.");
        for (int i = 0; i < to.Length; i++)
        {
            if (from[i].dtype != to[i].dtype)
                throw new ArgumentException($"The tensor returned by `right_inverse` has dtype {from[i].dtype} while `original` has dtype {to[i].dtype}");
            to[i].data = from[i].detach().clone();
        }
    }

    internal void ShareOriginals(ParametrizationList from)
    {
        for (int i = 0; i < _count; i++) Register(is_tensor ? "original" : $"original{i}", from.originals[i]);
    }

    private void Register(string name, Tensor tensor)
    {
        if (tensor is Parameter parameter) register_parameter(name, parameter);
        else register_buffer(name, tensor);
    }
}
