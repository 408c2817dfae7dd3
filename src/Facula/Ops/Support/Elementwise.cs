using System.Numerics;
using System.Runtime.CompilerServices;
using Facula.Kernels;

namespace Facula.Ops;

/// <summary>
/// The router of pointwise kernels: brings operands to the arithmetic type, pins, and calls the loop for that type.
/// float16 and bfloat16 compute in float, complex64 in complex128 where its vectors have no form of the function.
/// </summary>
internal static unsafe partial class Elementwise
{
    /// <summary>The type that arithmetic on the dtype happens in.</summary>
    internal static ScalarType Arithmetic(ScalarType dtype) => dtype.Code switch
    {
        TypeCode.Float16 or TypeCode.BFloat16 => ScalarType.Float32,
        TypeCode.Complex64 => ScalarType.ComplexFloat64,
        _ => dtype,
    };

    /// <summary>The tensor itself, or a copy in the dtype.</summary>
    internal static Tensor Cast(Tensor tensor, ScalarType dtype)
    {
        if (tensor.DType == dtype && !tensor.IsConjugated) return tensor;
        // Numbers, mostly: no loop for one element.
        if (tensor.Rank == 0 && dtype.is_floating_point && !tensor.DType.is_complex) return Tensor.FromScalar(tensor.GetElement(0), dtype);
        return Copying.Converted(tensor, dtype);
    }

    /// <summary>A float function; the result's dtype is the input's or, for integers, the default float.</summary>
    internal static void Float<TKernel>(Tensor input, Tensor result, long grain = PointwiseGrain.Heavy)
        where TKernel : struct, IFloatUnary
    {
        if (!result.device.IsCpu) Backend.For(result.device).Unary(TKernel.Name, input, result);
        else if (!MapFloat(default(FloatMap<TKernel>), input, result, grain)) throw TypeSwitch.NotImplemented(TKernel.Name, result.DType);
    }

    /// <summary>A function of floats and complex numbers.</summary>
    internal static void FloatOrComplex<TKernel>(Tensor input, Tensor result, long grain = PointwiseGrain.Heavy)
        where TKernel : struct, IFloatUnary, IComplexUnary
    {
        if (!result.device.IsCpu) Backend.For(result.device).Unary(TKernel.Name, input, result);
        else if (TKernel.HasParts && result.DType == ScalarType.ComplexFloat32) Parts<TKernel>(input, result, grain);
        else if (result.DType.is_complex) Map<ComplexMap<TKernel>, Complex, Complex>(default, input, result, ScalarType.ComplexFloat64, ScalarType.ComplexFloat64, grain);
        else Float<TKernel>(input, result, grain);
    }

    /// <summary>A float kernel that carries parameters.</summary>
    internal static bool MapFloat<TKernel>(TKernel kernel, Tensor input, Tensor result, long grain = PointwiseGrain.Heavy)
        where TKernel : struct, IMap<float, float>, IMap<double, double>
    {
        ScalarType type = Arithmetic(result.DType);
        if (type == ScalarType.Float32) Map<TKernel, float, float>(kernel, input, result, type, type, grain);
        else if (type == ScalarType.Float64) Map<TKernel, double, double>(kernel, input, result, type, type, grain);
        else return false;
        return true;
    }

    /// <summary>A function of any number, bool excepted.</summary>
    internal static void Number<TKernel>(Tensor input, Tensor result)
        where TKernel : struct, INumberUnary
    {
        if (!result.device.IsCpu)
        {
            Backend.For(result.device).Unary(TKernel.Name, input, result);
            return;
        }
        if (TKernel.HasParts && result.DType == ScalarType.ComplexFloat32)
        {
            Parts<TKernel>(input, result);
            return;
        }
        ScalarType type = Arithmetic(result.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Map<NumberMap<TKernel, float>, float, float>(default, input, result, type, type); break;
            case TypeCode.Float64: Map<NumberMap<TKernel, double>, double, double>(default, input, result, type, type); break;
            case TypeCode.Int64: Map<NumberMap<TKernel, long>, long, long>(default, input, result, type, type); break;
            case TypeCode.Int32: Map<NumberMap<TKernel, int>, int, int>(default, input, result, type, type); break;
            case TypeCode.Int16: Map<NumberMap<TKernel, short>, short, short>(default, input, result, type, type); break;
            case TypeCode.Int8: Map<NumberMap<TKernel, sbyte>, sbyte, sbyte>(default, input, result, type, type); break;
            case TypeCode.UInt8: Map<NumberMap<TKernel, byte>, byte, byte>(default, input, result, type, type); break;
            case TypeCode.Complex128: Map<NumberMap<TKernel, Complex>, Complex, Complex>(default, input, result, type, type); break;
            default: throw TypeSwitch.NotImplemented(TKernel.Name, result.DType);
        }
    }

    /// <summary>A function of any real number, bool excepted.</summary>
    internal static void Real<TKernel>(Tensor input, Tensor result)
        where TKernel : struct, IRealUnary
    {
        if (!result.device.IsCpu)
        {
            Backend.For(result.device).Unary(TKernel.Name, input, result);
            return;
        }
        ScalarType type = Arithmetic(result.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Map<RealMap<TKernel, float>, float, float>(default, input, result, type, type); break;
            case TypeCode.Float64: Map<RealMap<TKernel, double>, double, double>(default, input, result, type, type); break;
            case TypeCode.Int64: Map<RealMap<TKernel, long>, long, long>(default, input, result, type, type); break;
            case TypeCode.Int32: Map<RealMap<TKernel, int>, int, int>(default, input, result, type, type); break;
            case TypeCode.Int16: Map<RealMap<TKernel, short>, short, short>(default, input, result, type, type); break;
            case TypeCode.Int8: Map<RealMap<TKernel, sbyte>, sbyte, sbyte>(default, input, result, type, type); break;
            case TypeCode.UInt8: Map<RealMap<TKernel, byte>, byte, byte>(default, input, result, type, type); break;
            default: throw TypeSwitch.NotImplemented(TKernel.Name, result.DType);
        }
    }

    /// <summary>A function of two numbers, broadcast; both are brought to the result's dtype.</summary>
    internal static void Number<TKernel>(Tensor input, Tensor other, Tensor result)
        where TKernel : struct, INumberBinary
    {
        if (!result.device.IsCpu)
        {
            Backend.For(result.device).Binary(TKernel.Name, input, other, result);
            return;
        }
        if (TryPairs<TKernel>(input, other, result)) return;
        ScalarType type = Arithmetic(result.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Zip<NumberZip<TKernel, float>, float, float>(default, input, other, result, type, type); break;
            case TypeCode.Float64: Zip<NumberZip<TKernel, double>, double, double>(default, input, other, result, type, type); break;
            case TypeCode.Int64: Zip<NumberZip<TKernel, long>, long, long>(default, input, other, result, type, type); break;
            case TypeCode.Int32: Zip<NumberZip<TKernel, int>, int, int>(default, input, other, result, type, type); break;
            case TypeCode.Int16: Zip<NumberZip<TKernel, short>, short, short>(default, input, other, result, type, type); break;
            case TypeCode.Int8: Zip<NumberZip<TKernel, sbyte>, sbyte, sbyte>(default, input, other, result, type, type); break;
            case TypeCode.UInt8: Zip<NumberZip<TKernel, byte>, byte, byte>(default, input, other, result, type, type); break;
            case TypeCode.Complex128: Zip<NumberZip<TKernel, Complex>, Complex, Complex>(default, input, other, result, type, type); break;
            default: Zip<NumberBoolZip<TKernel>, bool, bool>(default, input, other, result, type, type); break;
        }
    }

    /// <summary>A function of two real numbers, broadcast.</summary>
    internal static void Real<TKernel>(Tensor input, Tensor other, Tensor result)
        where TKernel : struct, IRealBinary
    {
        if (!result.device.IsCpu)
        {
            Backend.For(result.device).Binary(TKernel.Name, input, other, result);
            return;
        }
        ScalarType type = Arithmetic(result.DType);
        switch (type.Code)
        {
            case TypeCode.Float32: Zip<RealZip<TKernel, float>, float, float>(default, input, other, result, type, type); break;
            case TypeCode.Float64: Zip<RealZip<TKernel, double>, double, double>(default, input, other, result, type, type); break;
            case TypeCode.Int64: Zip<RealZip<TKernel, long>, long, long>(default, input, other, result, type, type); break;
            case TypeCode.Int32: Zip<RealZip<TKernel, int>, int, int>(default, input, other, result, type, type); break;
            case TypeCode.Int16: Zip<RealZip<TKernel, short>, short, short>(default, input, other, result, type, type); break;
            case TypeCode.Int8: Zip<RealZip<TKernel, sbyte>, sbyte, sbyte>(default, input, other, result, type, type); break;
            case TypeCode.UInt8: Zip<RealZip<TKernel, byte>, byte, byte>(default, input, other, result, type, type); break;
            case TypeCode.Bool: Zip<RealBoolZip<TKernel>, bool, bool>(default, input, other, result, type, type); break;
            default: throw TypeSwitch.NotImplemented(TKernel.Name, result.DType);
        }
    }

    /// <summary>A float function of two operands, broadcast.</summary>
    internal static void Float<TKernel>(Tensor input, Tensor other, Tensor result)
        where TKernel : struct, IFloatBinary
    {
        if (!result.device.IsCpu) Backend.For(result.device).Binary(TKernel.Name, input, other, result);
        else if (!ZipFloat(default(FloatZip<TKernel>), input, other, result)) throw TypeSwitch.NotImplemented(TKernel.Name, result.DType);
    }

    /// <summary>A function of two floats or complex numbers, broadcast.</summary>
    internal static void FloatOrComplex<TKernel>(Tensor input, Tensor other, Tensor result)
        where TKernel : struct, IFloatBinary, IComplexBinary
    {
        if (!result.device.IsCpu) Backend.For(result.device).Binary(TKernel.Name, input, other, result);
        else if (TryPairs<TKernel>(input, other, result)) return;
        else if (result.DType.is_complex) Zip<ComplexZip<TKernel>, Complex, Complex>(default, input, other, result, ScalarType.ComplexFloat64, ScalarType.ComplexFloat64);
        else Float<TKernel>(input, other, result);
    }

    /// <summary>A float kernel of two operands that carries parameters.</summary>
    internal static bool ZipFloat<TKernel>(TKernel kernel, Tensor input, Tensor other, Tensor result, long grain = PointwiseGrain.Light)
        where TKernel : struct, IZip<float, float>, IZip<double, double>
    {
        ScalarType type = Arithmetic(result.DType);
        if (type == ScalarType.Float32) Zip<TKernel, float, float>(kernel, input, other, result, type, type, grain);
        else if (type == ScalarType.Float64) Zip<TKernel, double, double>(kernel, input, other, result, type, type, grain);
        else return false;
        return true;
    }

    /// <summary>A function of two integers or bools, broadcast.</summary>
    internal static void Integer<TKernel>(Tensor input, Tensor other, Tensor result)
        where TKernel : struct, IIntegerBinary
    {
        ScalarType type = result.DType;
        switch (type.Code)
        {
            case TypeCode.Int64: Zip<IntegerZip<TKernel, long>, long, long>(default, input, other, result, type, type); break;
            case TypeCode.Int32: Zip<IntegerZip<TKernel, int>, int, int>(default, input, other, result, type, type); break;
            case TypeCode.Int16: Zip<IntegerZip<TKernel, short>, short, short>(default, input, other, result, type, type); break;
            case TypeCode.Int8: Zip<IntegerZip<TKernel, sbyte>, sbyte, sbyte>(default, input, other, result, type, type); break;
            case TypeCode.UInt8 or TypeCode.Bool: Zip<IntegerZip<TKernel, byte>, byte, byte>(default, input, other, result, type, type); break;
            default: throw TypeSwitch.NotImplemented(TKernel.Name, result.DType);
        }
    }

    /// <summary>A comparison: operands meet in their promoted type, the result is bool (or is converted to the result's dtype).</summary>
    internal static void Compare<TKernel>(Tensor input, Tensor other, Tensor result)
        where TKernel : struct, ICompare
    {
        ScalarType type = Arithmetic(Promotion.ResultType(input, other));
        switch (type.Code)
        {
            case TypeCode.Float32: Zip<CompareZip<TKernel, float>, float, bool>(default, input, other, result, type, ScalarType.Bool); break;
            case TypeCode.Float64: Zip<CompareZip<TKernel, double>, double, bool>(default, input, other, result, type, ScalarType.Bool); break;
            case TypeCode.Int64: Zip<CompareZip<TKernel, long>, long, bool>(default, input, other, result, type, ScalarType.Bool); break;
            case TypeCode.Int32: Zip<CompareZip<TKernel, int>, int, bool>(default, input, other, result, type, ScalarType.Bool); break;
            case TypeCode.Int16: Zip<CompareZip<TKernel, short>, short, bool>(default, input, other, result, type, ScalarType.Bool); break;
            case TypeCode.Int8: Zip<CompareZip<TKernel, sbyte>, sbyte, bool>(default, input, other, result, type, ScalarType.Bool); break;
            case TypeCode.UInt8 or TypeCode.Bool: Zip<CompareZip<TKernel, byte>, byte, bool>(default, input, other, result, type, ScalarType.Bool); break;
            default: throw TypeSwitch.NotImplemented(TKernel.Name, type);
        }
    }

    /// <summary>The unary loop with the operands brought to these types.</summary>
    internal static void Map<TKernel, TIn, TOut>(TKernel kernel, Tensor input, Tensor result, ScalarType inType, ScalarType outType, long grain = PointwiseGrain.Light)
        where TKernel : struct, IMap<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (typeof(TIn) == typeof(float) && input.DType != inType && TryMapNarrow<TKernel, TIn, TOut>(kernel, input, result, grain)) return;
        Tensor source = Cast(input, inType);
        Tensor destination = result.DType == outType ? result : Tensor.Allocate(result.SizesRef, outType);
        fixed (byte* s = &source.Reference, d = &destination.Reference)
        {
            if (destination.IsContiguous && Step(source, destination.Numel) is var step && step >= 0) MapLoop.Contiguous(kernel, (TIn*)s, step, (TOut*)d, 1, destination.Numel, grain);
            else MapLoop.Run(kernel, (TIn*)s, source.Strides, (TOut*)d, destination.Strides, destination.Sizes, grain);
        }
        if (!ReferenceEquals(destination, result)) result.CopyRaw(destination);
        GC.KeepAlive(source);
        GC.KeepAlive(destination);
    }

    /// <summary>The step from element to element of an operand beside a dense result: 1 when it is dense itself, 0 when it is one element, however often repeated; else −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Step(Tensor operand, long count) => operand.IsContiguous && operand.Numel == count ? 1 : StepOf(operand);

    private static long StepOf(Tensor operand)
    {
        if (operand.IsContiguous) return operand.Numel == 1 ? 0 : -1;
        if (operand.IsConjugated) return -1;
        foreach (long stride in operand.Strides)
            if (stride != 0) return -1;
        return 0;
    }

    /// <summary>The binary loop with the operands brought to these types, broadcast to the result's shape.</summary>
    internal static void Zip<TKernel, TIn, TOut>(TKernel kernel, Tensor input, Tensor other, Tensor result, ScalarType inType, ScalarType outType, long grain = PointwiseGrain.Light)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (result.IsContiguous && result.DType == outType)
        {
            long count = result.Numel;
            bool ownLeft = input.DType == inType, ownRight = other.DType == inType;
            TIn number = default;
            long left = ownLeft ? Step(input, count) : ownRight && TryNumber(input, inType, out number) ? 0 : -1;
            long right = ownRight ? Step(other, count) : ownLeft && TryNumber(other, inType, out number) ? 0 : -1;
            if (left >= 0 && right >= 0)
            {
                // Operands that run in step with the result, or are one number, need no plan.
                fixed (byte* x = &input.Reference, y = &other.Reference, d = &result.Reference)
                    ZipLoop.Contiguous(kernel, ownLeft ? (TIn*)x : &number, left, ownRight ? (TIn*)y : &number, right, (TOut*)d, 1, count, grain);
                GC.KeepAlive(input);
                GC.KeepAlive(other);
                GC.KeepAlive(result);
                return;
            }
        }
        if (typeof(TIn) == typeof(float) && TryZipNarrow<TKernel, TIn, TOut>(kernel, input, other, result, grain)) return;
        ZipPlanned<TKernel, TIn, TOut>(kernel, input, other, result, inType, outType, grain);
    }

    /// <summary>The value of a 0-dim tensor of another real type (for integer arithmetic of another integer type): numbers in expressions, mostly.</summary>
    private static bool TryNumber<T>(Tensor tensor, ScalarType type, out T value) where T : unmanaged
    {
        value = default;
        if (tensor.Rank != 0 || tensor.DType.is_complex) return false;
        if (typeof(T) == typeof(long) && type == ScalarType.ComplexFloat32) value = Unsafe.BitCast<Complex64, T>(new Complex64(tensor.GetElement(0).ToSingle(), 0));
        else if (typeof(T) == typeof(float)) value = Unsafe.BitCast<float, T>(tensor.GetElement(0).ToSingle());
        else if (typeof(T) == typeof(double)) value = Unsafe.BitCast<double, T>(tensor.GetElement(0).ToDouble());
        else if (tensor.DType.is_floating_point || type == ScalarType.Bool) return false;
        else if (typeof(T) == typeof(long)) value = Unsafe.BitCast<long, T>(tensor.GetElement(0).ToInt64());
        else if (typeof(T) == typeof(int)) value = Unsafe.BitCast<int, T>((int)tensor.GetElement(0).ToInt64());
        else if (typeof(T) == typeof(short)) value = Unsafe.BitCast<short, T>((short)tensor.GetElement(0).ToInt64());
        else if (typeof(T) == typeof(sbyte)) value = Unsafe.BitCast<sbyte, T>((sbyte)tensor.GetElement(0).ToInt64());
        else if (typeof(T) == typeof(byte)) value = Unsafe.BitCast<byte, T>((byte)tensor.GetElement(0).ToInt64());
        else return false;
        return true;
    }

    private static void ZipPlanned<TKernel, TIn, TOut>(TKernel kernel, Tensor input, Tensor other, Tensor result, ScalarType inType, ScalarType outType, long grain)
        where TKernel : struct, IZip<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        // An operand of another type is converted where the result will stand, if it can: there is one block less to go through.
        bool room = (input.DType != inType || other.DType != inType) && inType == outType && result.DType == outType && result.IsContiguous && !ReferenceEquals(result.Storage, input.Storage) && !ReferenceEquals(result.Storage, other.Storage);
        bool leftThere = room && input.DType != inType && input.SizesRef == result.SizesRef, rightThere = room && !leftThere && other.DType != inType && other.SizesRef == result.SizesRef;
        if (leftThere || rightThere) Copying.Copy(leftThere ? input : other, result);
        Tensor left = leftThere ? result : Cast(input, inType), right = rightThere ? result : Cast(other, inType);
        Tensor destination = result.DType == outType ? result : Tensor.Allocate(result.SizesRef, outType);
        int rank = destination.Rank;
        Span<long> strides = stackalloc long[2 * rank];
        Broadcasting.Strides(left, destination.Sizes, strides[..rank]);
        Broadcasting.Strides(right, destination.Sizes, strides[rank..]);
        fixed (byte* x = &left.Reference, y = &right.Reference, d = &destination.Reference)
            ZipLoop.Run(kernel, (TIn*)x, strides[..rank], (TIn*)y, strides[rank..], (TOut*)d, destination.Strides, destination.Sizes, grain);
        if (!ReferenceEquals(destination, result)) result.CopyRaw(destination);
        GC.KeepAlive(left);
        GC.KeepAlive(right);
        GC.KeepAlive(destination);
    }
}
