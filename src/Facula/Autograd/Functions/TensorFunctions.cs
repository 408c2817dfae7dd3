using System.Diagnostics.CodeAnalysis;

namespace Facula;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A custom function of one result in TorchSharp's spelling: an object with <c>forward</c> and <c>backward</c>.</summary>
        public abstract class SingleTensorFunction<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>
            where T : SingleTensorFunction<T>, new()
        {
            private static readonly T s_instance = new();

            /// <summary>The function's name; its node is called so, with <c>Backward</c> appended.</summary>
            public abstract string Name { get; }

            /// <summary>Computes the result from the arguments of <see cref="apply"/>.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>Gives one gradient per argument, null where there is none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            /// <summary>Calls <c>forward</c>, and records <c>backward</c> as its derivative.</summary>
            public static Tensor apply(params object[] vars)
            {
                var node = new FunctionNode(s_instance.Name, static (context, grads) => [.. s_instance.backward(context, grads[0]!)]);
                return node.Run(vars, context => [s_instance.forward(context, vars)])[0]!;
            }
        }

        /// <summary>A custom function of several results in TorchSharp's spelling.</summary>
        public abstract class MultiTensorFunction<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>
            where T : MultiTensorFunction<T>, new()
        {
            private static readonly T s_instance = new();

            /// <summary>The function's name; its node is called so, with <c>Backward</c> appended.</summary>
            public abstract string Name { get; }

            /// <summary>Computes the results from the arguments of <see cref="apply"/>.</summary>
            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>Gives one gradient per argument, null where there is none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            /// <summary>Calls <c>forward</c>, and records <c>backward</c> as its derivative.</summary>
            public static List<Tensor> apply(params object[] vars)
            {
                var node = new FunctionNode(s_instance.Name, static (context, grads) => [.. s_instance.backward(context, new List<Tensor>(grads!))]);
                return new List<Tensor>(node.Run(vars, context => [.. s_instance.forward(context, vars)])!);
            }
        }
    }
}
