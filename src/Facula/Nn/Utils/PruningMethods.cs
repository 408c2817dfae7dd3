using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static partial class prune
            {
                /// <summary>The base of pruning methods: a method says which elements stay, the base keeps mask and original and applies the one to the other.</summary>
                public abstract class BasePruningMethod
                {
                    internal string? TensorName { get; set; }

                    /// <summary><c>unstructured</c>, <c>structured</c> or <c>global</c>: what a second pruning of the same tensor leaves out of account.</summary>
                    public virtual string PRUNING_TYPE => "unstructured";

                    /// <summary>The dimension of the slices of a structured method.</summary>
                    public virtual long dim => throw new NotSupportedException("Pruning methods of PRUNING_TYPE \"structured\" need to have the attribute `dim` defined.");

                    /// <summary>The mask: 1 for what stays of <paramref name="t"/>, at most where <paramref name="default_mask"/> is 1.</summary>
                    public abstract Tensor compute_mask(Tensor t, Tensor default_mask);

                    /// <summary>The pruned tensor: mask times original.</summary>
                    public Tensor apply_mask(Module module)
                    {
                        Tensor original = Attribute(module, TensorName + "_orig");
                        return Attribute(module, TensorName + "_mask").to(original.dtype) * original;
                    }

                    /// <summary>The pruned form of a tensor that no module has.</summary>
                    public Tensor prune(Tensor t, Tensor? default_mask = null, Tensor? importance_scores = null)
                    {
                        if (importance_scores is not null && importance_scores.shape != t.shape) throw new AssertionException("importance_scores should have the same shape as tensor t");
                        return t * compute_mask(importance_scores ?? t, default_mask ?? ones_like(t));
                    }

                    /// <summary>Prunes a parameter of a module by this method, after those that prune it already.</summary>
                    public static BasePruningMethod apply(Module module, string name, BasePruningMethod method, Tensor? importance_scores = null)
                    {
                        using GradModeScope scope = no_grad();
                        method.TensorName = name;
                        if (module.PreHooksOf<BasePruningMethod>().FirstOrDefault(h => h.TensorName == name) is { } before)
                        {
                            module.RemovePreHook(before);
                            PruningContainer container = before as PruningContainer ?? new PruningContainer(before);
                            container.add_pruning_method(method);
                            method = container;
                        }
                        Tensor original = Attribute(module, name);
                        if (importance_scores is not null && importance_scores.shape != original.shape)
                            throw new AssertionException($"importance_scores should have the same shape as parameter {name} of {module}");
                        bool first = method is not PruningContainer;
                        Tensor mask = method.compute_mask((importance_scores ?? original).detach(), first ? ones_like(original.detach()) : Attribute(module, name + "_mask").detach().clone());
                        if (first)
                        {
                            module.RemoveParameter(name);
                            module.register_parameter(name + "_orig", (Parameter)original);
                        }
                        module.register_buffer(name + "_mask", mask);
                        using (enable_grad()) module.SetComputed(name, method.apply_mask(module));
                        module.register_forward_pre_hook(method.BeforeForward);
                        return method;
                    }

                    private object?[]? BeforeForward(Module module, object?[] inputs)
                    {
                        module.SetComputed(TensorName!, apply_mask(module));
                        return null;
                    }

                    /// <summary>Ends pruning: the pruned tensor becomes the parameter.</summary>
                    public void remove(Module module)
                    {
                        var original = (Parameter)Attribute(module, TensorName + "_orig");
                        original.data = apply_mask(module).detach();
                        module.RemoveParameter(TensorName + "_orig");
                        module.RemoveBuffer(TensorName + "_mask");
                        module.Restore(TensorName!, original);
                    }
                }

                /// <summary>Several methods that prune the same tensor one after the other.</summary>
                public sealed class PruningContainer : BasePruningMethod, IReadOnlyList<BasePruningMethod>
                {
                    private readonly List<BasePruningMethod> _methods = [];

                    /// <summary>A container of methods for one tensor.</summary>
                    public PruningContainer(params BasePruningMethod[] args)
                    {
                        if (args.Length > 0) TensorName = args[0].TensorName;
                        foreach (BasePruningMethod method in args) add_pruning_method(method);
                    }

                    public override string PRUNING_TYPE => "container";

                    /// <summary>Number of methods.</summary>
                    public int Count => _methods.Count;

                    /// <summary>The method at that place.</summary>
                    public BasePruningMethod this[int index] => _methods[index];

                    /// <summary>Adds a method for the same tensor.</summary>
                    public void add_pruning_method(BasePruningMethod method)
                    {
                        if (method.TensorName != TensorName)
                            throw new ArgumentException($"Can only add pruning methods acting on the parameter named '{TensorName}' to PruningContainer {this}. Found '{method.TensorName}'");
                        _methods.Add(method);
                    }

                    /// <summary>The mask of the last method, which sees only what the masks before left.</summary>
                    public override Tensor compute_mask(Tensor t, Tensor default_mask)
                    {
                        BasePruningMethod method = _methods[^1];
                        Tensor mask = default_mask.to(t.dtype).clone();
                        switch (method.PRUNING_TYPE)
                        {
                            case "unstructured":
                                Tensor left = default_mask.eq(1);
                                return mask.masked_scatter(left, method.compute_mask(t.masked_select(left), default_mask.masked_select(left)).to(t.dtype));
                            case "structured":
                                long dim = method.dim < 0 ? method.dim + t.ndim : method.dim;
                                if (dim < 0) throw new IndexOutOfRangeException($"Index is out of bounds for tensor with dimensions {t.ndim}");
                                long[] others = [.. Enumerable.Range(0, t.ndim).Select(d => (long)d).Where(d => d != dim)];
                                Tensor kept = default_mask.sum(others).ne(0).nonzero().view(-1);
                                Tensor part = method.compute_mask(t.index_select(dim, kept), default_mask.index_select(dim, kept)).to(t.dtype);
                                return mask.index_copy(dim, kept, part);
                            case "global":
                                return method.compute_mask(t, default_mask).to(t.dtype);
                            default:
                                throw new ArgumentException($"Unrecognized PRUNING_TYPE {method.PRUNING_TYPE}");
                        }
                    }

                    public IEnumerator<BasePruningMethod> GetEnumerator() => _methods.GetEnumerator();

                    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
                }
            }
        }
    }
}
