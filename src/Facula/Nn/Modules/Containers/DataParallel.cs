namespace Facula.Modules;

/// <summary>Runs a module on the one device there is; parameters are named <c>module.…</c>, as in checkpoints of PyTorch's wrapper.</summary>
public class DataParallel<T, TResult>(nn.Module<T, TResult> module) : nn.Module<T, TResult>
{
    /// <summary>The module within.</summary>
    public nn.Module<T, TResult> module { get; set; } = module;

    public override string GetName() => "DataParallel";

    public override TResult forward(T input) => module.call(input);
}
