namespace Facula;

public static partial class torch
{
    public static partial class func
    {
        /// <summary>Calls the module with other tensors in the place of the named parameters and buffers.</summary>
        public static TResult functional_call<T, TResult>(nn.Module<T, TResult> module, IReadOnlyDictionary<string, Tensor> parameter_and_buffer_dicts, T input)
        {
            using IDisposable _ = module.Swapped(parameter_and_buffer_dicts);
            return module.call(input);
        }

        /// <summary>Calls the module with other tensors in the place of the named parameters and buffers.</summary>
        public static TResult functional_call<T1, T2, TResult>(nn.Module<T1, T2, TResult> module, IReadOnlyDictionary<string, Tensor> parameter_and_buffer_dicts, T1 input1, T2 input2)
        {
            using IDisposable _ = module.Swapped(parameter_and_buffer_dicts);
            return module.call(input1, input2);
        }

        /// <summary>Calls the module with other tensors in the place of the named parameters and buffers.</summary>
        public static TResult functional_call<T1, T2, T3, TResult>(nn.Module<T1, T2, T3, TResult> module, IReadOnlyDictionary<string, Tensor> parameter_and_buffer_dicts, T1 input1, T2 input2, T3 input3)
        {
            using IDisposable _ = module.Swapped(parameter_and_buffer_dicts);
            return module.call(input1, input2, input3);
        }
    }
}
