using System.Numerics;

namespace Facula.Ops;

/// <summary>A generic action over one element type.</summary>
internal interface ITypeAction
{
    void Run<T>() where T : unmanaged;
}

/// <summary>From a dtype to the element type of a generic kernel.</summary>
internal static class TypeSwitch
{
    /// <summary>Runs the action with the .NET type of the dtype.</summary>
    internal static void All<TAction>(ScalarType dtype, ref TAction action) where TAction : struct, ITypeAction, allows ref struct
    {
        switch (dtype.Code)
        {
            case TypeCode.Float32: action.Run<float>(); break;
            case TypeCode.Float64: action.Run<double>(); break;
            case TypeCode.Int64: action.Run<long>(); break;
            case TypeCode.Int32: action.Run<int>(); break;
            case TypeCode.Bool: action.Run<bool>(); break;
            case TypeCode.UInt8: action.Run<byte>(); break;
            case TypeCode.Int8: action.Run<sbyte>(); break;
            case TypeCode.Int16: action.Run<short>(); break;
            case TypeCode.Float16: action.Run<Half>(); break;
            case TypeCode.BFloat16: action.Run<BFloat16>(); break;
            case TypeCode.Complex64: action.Run<Complex64>(); break;
            default: action.Run<Complex>(); break;
        }
    }

    /// <summary>By the width of an element, for kernels that only move memory.</summary>
    internal static void Width<TAction>(ScalarType dtype, ref TAction action) where TAction : struct, ITypeAction, allows ref struct
    {
        switch (dtype.itemsize)
        {
            case 1: action.Run<byte>(); break;
            case 2: action.Run<short>(); break;
            case 4: action.Run<int>(); break;
            case 8: action.Run<long>(); break;
            default: action.Run<Complex>(); break;
        }
    }

    /// <summary>The error for a dtype that an op does not take, in PyTorch's words.</summary>
    internal static TorchException NotImplemented(string op, ScalarType dtype) => new($"\"{op}\" not implemented for '{dtype.LegacyName}'");
}
