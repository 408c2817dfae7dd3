using System.Numerics;
using System.Runtime.Intrinsics;

namespace Facula.Kernels;

/// <summary>destination[i] = f(source[i]). The struct may carry parameters; loops receive it by value and inline it.</summary>
public interface IMap<TIn, TOut>
    where TIn : unmanaged
    where TOut : unmanaged
{
    /// <summary>Whether the vector form exists (then TIn and TOut have one size).</summary>
    static abstract bool IsVectorized { get; }

    TOut Invoke(TIn x);

    /// <summary>The vector form; never called unless <see cref="IsVectorized"/>.</summary>
    Vector512<TOut> Invoke(Vector512<TIn> x);

    /// <summary>A loop of the kernel's own over dense memory, near the caches or far, where the vector form does not exist; answers how many elements it has done.</summary>
    static virtual unsafe long Run(TIn* source, TOut* destination, long count, bool far) => 0;
}

/// <summary>destination[i] = f(left[i], right[i]).</summary>
public interface IZip<TIn, TOut>
    where TIn : unmanaged
    where TOut : unmanaged
{
    static abstract bool IsVectorized { get; }

    /// <summary>Whether <see cref="Mask"/> exists: the result is bool and has a vector form as lanes of the operands' size.</summary>
    static virtual bool IsMask => false;

    TOut Invoke(TIn x, TIn y);

    Vector512<TOut> Invoke(Vector512<TIn> x, Vector512<TIn> y);

    /// <summary>The lanes for which the answer is yes, all bits set; never called unless <see cref="IsMask"/>.</summary>
    static virtual Vector512<TIn> Mask(Vector512<TIn> x, Vector512<TIn> y) => throw new InvalidOperationException();

    /// <summary>A loop of the kernel's own where the vector form does not exist, to a dense result from operands that are dense or one element; answers how many elements it has done.</summary>
    static virtual unsafe long Run(TIn* left, long leftStride, TIn* right, long rightStride, TOut* destination, long count, bool far) => 0;
}

/// <summary>destination[i] = f(first[i], second[i], third[i]); the first may be of another type (a mask).</summary>
public interface IZip3<TFirst, T>
    where TFirst : unmanaged
    where T : unmanaged
{
    /// <summary>Whether the vector form exists (then both types have one size).</summary>
    static virtual bool IsVectorized => false;

    /// <summary>Whether the function is "y where the byte x is not zero, else z", which the loop knows how to do by lanes.</summary>
    static virtual bool IsChoice => false;

    T Invoke(TFirst x, T y, T z);

    Vector512<T> Invoke(Vector512<TFirst> x, Vector512<T> y, Vector512<T> z) => throw new InvalidOperationException();
}

/// <summary>A stateless real floating-point function; float16 and bfloat16 compute in float.</summary>
public interface IFloatUnary
{
    static abstract string Name { get; }
    static virtual bool IsVectorized => false;
    static abstract T Invoke<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>;
    static virtual Vector512<float> Invoke(Vector512<float> x) => throw new InvalidOperationException();
    static virtual Vector512<double> Invoke(Vector512<double> x) => throw new InvalidOperationException();
}

/// <summary>The complex form of a function; complex64 computes in complex128 where there is no form for its vectors.</summary>
public interface IComplexUnary : IPartsUnary
{
    static abstract Complex Invoke(Complex x);
}

/// <summary>A stateless function of any number type: integers, floats, complex.</summary>
public interface INumberUnary : IPartsUnary
{
    static abstract string Name { get; }
    static virtual bool IsVectorized<T>() => false;
    static abstract T Invoke<T>(T x) where T : unmanaged, INumberBase<T>;
    static virtual Vector512<T> Invoke<T>(Vector512<T> x) where T : unmanaged => throw new InvalidOperationException();
}

/// <summary>A stateless function of any real type: integers and floats.</summary>
public interface IRealUnary
{
    static abstract string Name { get; }
    static virtual bool IsVectorized<T>() => false;
    static abstract T Invoke<T>(T x) where T : unmanaged, INumber<T>;
    static virtual Vector512<T> Invoke<T>(Vector512<T> x) where T : unmanaged => throw new InvalidOperationException();
}

/// <summary>A stateless function of two numbers of any type: integers, floats, complex.</summary>
public interface INumberBinary : IPairBinary
{
    static abstract string Name { get; }
    static virtual bool IsVectorized<T>() => false;
    static abstract T Invoke<T>(T x, T y) where T : unmanaged, INumberBase<T>;
    static virtual Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => throw new InvalidOperationException();
    static virtual bool Invoke(bool x, bool y) => throw new InvalidOperationException();
}

/// <summary>A stateless function of two real numbers.</summary>
public interface IRealBinary
{
    static abstract string Name { get; }
    static virtual bool IsVectorized<T>() => false;
    static abstract T Invoke<T>(T x, T y) where T : unmanaged, INumber<T>;
    static virtual Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => throw new InvalidOperationException();
    static virtual bool Invoke(bool x, bool y) => throw new InvalidOperationException();
}

/// <summary>A stateless function of two floats.</summary>
public interface IFloatBinary
{
    static abstract string Name { get; }
    static virtual bool IsVectorized => false;
    static abstract T Invoke<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T>;
    static virtual Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => throw new InvalidOperationException();
    static virtual Vector512<double> Invoke(Vector512<double> x, Vector512<double> y) => throw new InvalidOperationException();
}

/// <summary>The complex form of a function of two numbers.</summary>
public interface IComplexBinary : IPairBinary
{
    static abstract Complex Invoke(Complex x, Complex y);
}

/// <summary>A stateless function of two integers (bool counts as a byte of 0 or 1).</summary>
public interface IIntegerBinary
{
    static abstract string Name { get; }
    static virtual bool IsVectorized<T>() => false;
    static abstract T Invoke<T>(T x, T y) where T : unmanaged, IBinaryInteger<T>;
    static virtual Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged => throw new InvalidOperationException();
    /// <summary>A loop of the kernel's own over dense memory or one fixed element; answers how many elements it has done.</summary>
    static virtual unsafe long Run<T>(T* left, long leftStride, T* right, long rightStride, T* destination, long count) where T : unmanaged, IBinaryInteger<T> => 0;
}

/// <summary>A comparison of two numbers of any ordered type.</summary>
public interface ICompare
{
    static abstract string Name { get; }
    static abstract bool Invoke<T>(T x, T y) where T : unmanaged, INumber<T>;
    /// <summary>The lanes for which the comparison holds, all bits set.</summary>
    static abstract Vector512<T> Invoke<T>(Vector512<T> x, Vector512<T> y) where T : unmanaged;
}
