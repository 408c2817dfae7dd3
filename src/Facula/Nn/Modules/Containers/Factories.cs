using System.Runtime.CompilerServices;
using Facula.Modules;

namespace Facula;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Modules in a row: each takes the result of the one before.</summary>
        public static Sequential Sequential(params IEnumerable<Module> modules) => new(modules);

        /// <summary>Named modules in a row.</summary>
        [OverloadResolutionPriority(-1)]
        public static Sequential Sequential(params (string name, Module module)[] modules) => new(modules);

        /// <summary>Named modules in a row.</summary>
        public static Sequential Sequential(IEnumerable<(string name, Module module)> modules) => new([.. modules]);

        /// <summary>Named modules in a row.</summary>
        public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> module)> modules) => new([.. modules.Select(m => (m.name, (Module)m.module))]);

        /// <summary>Named modules in a row: Python's OrderedDict form.</summary>
        public static Sequential Sequential(OrderedDict<string, Module> modules) => new(modules.Select(m => (m.Key, m.Value)).ToArray());

        /// <summary>A list of modules.</summary>
        public static ModuleList<T> ModuleList<T>(params IEnumerable<T> modules) where T : Module => new(modules);

        /// <summary>A list of modules of several kinds.</summary>
        public static ModuleList<Module> ModuleList(params IEnumerable<Module> modules) => new(modules);

        /// <summary>Modules by name.</summary>
        public static ModuleDict<T> ModuleDict<T>(params IEnumerable<(string name, T module)> modules) where T : Module => new(modules);

        /// <summary>Runs a module on the one device there is, under PyTorch's wrapper's names.</summary>
        public static DataParallel<T, TResult> DataParallel<T, TResult>(Module<T, TResult> module) => new(module);

        /// <summary>Modules by name.</summary>
        public static ModuleDict<Module> ModuleDict(IEnumerable<KeyValuePair<string, Module>> modules) => new(modules.Select(m => (m.Key, m.Value)));

        /// <summary>Modules of several kinds by name.</summary>
        public static ModuleDict<Module> ModuleDict(params IEnumerable<(string name, Module module)> modules) => new(modules);
    }
}
