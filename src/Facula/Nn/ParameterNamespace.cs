using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary><c>torch.nn.parameter</c>.</summary>
        public static class parameter
        {
            /// <summary>A tensor that is a module's parameter.</summary>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
