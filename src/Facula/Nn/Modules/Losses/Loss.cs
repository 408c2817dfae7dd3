using Facula.Modules;

namespace Facula
{
    /// <summary>The base of losses of two tensors; knows how results are reduced.</summary>
    public abstract class Loss<T1, T2, TResult> : nn.Module<T1, T2, TResult>
    {
        protected Loss(bool? size_average, bool? reduce, string reduction) => this.reduction = LossReduction.Resolve(size_average, reduce, reduction);

        /// <summary>A loss of one's own, with TorchSharp's name of its reduction.</summary>
        protected Loss(nn.Reduction reduction) => this.reduction = EnumNames.Of(reduction);

        /// <summary><c>none</c>, <c>mean</c> or <c>sum</c>.</summary>
        public string reduction { get; set; }
    }

    /// <summary>The base of losses of three tensors; knows how results are reduced.</summary>
    public abstract class Loss<T1, T2, T3, TResult> : nn.Module<T1, T2, T3, TResult>
    {
        protected Loss(bool? size_average, bool? reduce, string reduction) => this.reduction = LossReduction.Resolve(size_average, reduce, reduction);

        /// <summary>A loss of one's own, with TorchSharp's name of its reduction.</summary>
        protected Loss(nn.Reduction reduction) => this.reduction = EnumNames.Of(reduction);

        /// <summary><c>none</c>, <c>mean</c> or <c>sum</c>.</summary>
        public string reduction { get; set; }
    }
}

namespace Facula.Modules
{
    /// <summary>The older arguments <c>size_average</c> and <c>reduce</c> in terms of <c>reduction</c>.</summary>
    internal static class LossReduction
    {
        internal static string Resolve(bool? size_average, bool? reduce, string reduction)
        {
            if (size_average is null && reduce is null) return reduction;
            string resolved = reduce == false ? "none" : size_average == false ? "sum" : "mean";
            torch.warnings.warn($"size_average and reduce args will be deprecated, please use reduction='{resolved}' instead.");
            return resolved;
        }
    }
}
