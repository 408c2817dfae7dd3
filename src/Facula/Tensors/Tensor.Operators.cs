using System.Runtime.CompilerServices;

namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Ops.Add.Call(left, right);
        public static Tensor operator +(Tensor left, Scalar right) => Ops.Add.Call(left, FromNumber(right));
        public static Tensor operator +(Scalar left, Tensor right) => Ops.Add.Call(right, FromNumber(left));
        public static Tensor operator -(Tensor left, Tensor right) => Ops.Sub.Call(left, right);
        public static Tensor operator -(Tensor left, Scalar right) => Ops.Sub.Call(left, FromNumber(right));
        public static Tensor operator -(Scalar left, Tensor right) => Ops.Rsub.Call(right, FromNumber(left));
        public static Tensor operator *(Tensor left, Tensor right) => Ops.Mul.Call(left, right);
        public static Tensor operator *(Tensor left, Scalar right) => Ops.Mul.Call(left, FromNumber(right));
        public static Tensor operator *(Scalar left, Tensor right) => Ops.Mul.Call(right, FromNumber(left));
        public static Tensor operator /(Tensor left, Tensor right) => Ops.Div.Call(left, right);
        public static Tensor operator /(Tensor left, Scalar right) => Ops.Div.Call(left, FromNumber(right));
        // As in Python: number / tensor is the reciprocal times the number.
        public static Tensor operator /(Scalar left, Tensor right) => Ops.Mul.Call(Ops.Reciprocal.Call(right), FromNumber(left));
        public static Tensor operator %(Tensor left, Tensor right) => Ops.Remainder.Call(left, right);
        public static Tensor operator %(Tensor left, Scalar right) => Ops.Remainder.Call(left, FromNumber(right));
        public static Tensor operator %(Scalar left, Tensor right) => Ops.Remainder.Call(FromNumber(left), right);
        public static Tensor operator &(Tensor left, Tensor right) => Ops.BitwiseAnd.Call(left, right);
        public static Tensor operator &(Tensor left, Scalar right) => Ops.BitwiseAnd.Call(left, FromNumber(right));
        public static Tensor operator &(Scalar left, Tensor right) => Ops.BitwiseAnd.Call(right, FromNumber(left));
        public static Tensor operator |(Tensor left, Tensor right) => Ops.BitwiseOr.Call(left, right);
        public static Tensor operator |(Tensor left, Scalar right) => Ops.BitwiseOr.Call(left, FromNumber(right));
        public static Tensor operator |(Scalar left, Tensor right) => Ops.BitwiseOr.Call(right, FromNumber(left));
        public static Tensor operator ^(Tensor left, Tensor right) => Ops.BitwiseXor.Call(left, right);
        public static Tensor operator ^(Tensor left, Scalar right) => Ops.BitwiseXor.Call(left, FromNumber(right));
        public static Tensor operator ^(Scalar left, Tensor right) => Ops.BitwiseXor.Call(right, FromNumber(left));
        public static Tensor operator <<(Tensor left, Tensor right) => Ops.BitwiseLeftShift.Call(left, right);
        public static Tensor operator <<(Tensor left, Scalar right) => Ops.BitwiseLeftShift.Call(left, FromNumber(right));
        public static Tensor operator >>(Tensor left, Tensor right) => Ops.BitwiseRightShift.Call(left, right);
        public static Tensor operator >>(Tensor left, Scalar right) => Ops.BitwiseRightShift.Call(left, FromNumber(right));
        public static Tensor operator -(Tensor tensor) => Ops.Neg.Call(tensor);
        public static Tensor operator +(Tensor tensor) => Ops.Positive.Call(tensor);
        public static Tensor operator ~(Tensor tensor) => Ops.BitwiseNot.Call(tensor);

        // Elementwise, as in PyTorch; a null (Python's None) differs from every tensor.
        public static Tensor operator ==(Tensor? left, Tensor? right) =>
            left is null || right is null ? FromScalar(ReferenceEquals(left, right), ScalarType.Bool) : Ops.Eq.Call(left, right);
        public static Tensor operator !=(Tensor? left, Tensor? right) =>
            left is null || right is null ? FromScalar(!ReferenceEquals(left, right), ScalarType.Bool) : Ops.Ne.Call(left, right);
        public static Tensor operator ==(Tensor left, Scalar right) => Ops.Eq.Call(left, FromNumber(right));
        public static Tensor operator !=(Tensor left, Scalar right) => Ops.Ne.Call(left, FromNumber(right));
        public static Tensor operator ==(Scalar left, Tensor right) => Ops.Eq.Call(right, FromNumber(left));
        public static Tensor operator !=(Scalar left, Tensor right) => Ops.Ne.Call(right, FromNumber(left));
        public static Tensor operator <(Tensor left, Tensor right) => Ops.Lt.Call(left, right);
        public static Tensor operator <(Tensor left, Scalar right) => Ops.Lt.Call(left, FromNumber(right));
        public static Tensor operator <(Scalar left, Tensor right) => Ops.Gt.Call(right, FromNumber(left));
        public static Tensor operator >(Tensor left, Tensor right) => Ops.Gt.Call(left, right);
        public static Tensor operator >(Tensor left, Scalar right) => Ops.Gt.Call(left, FromNumber(right));
        public static Tensor operator >(Scalar left, Tensor right) => Ops.Lt.Call(right, FromNumber(left));
        public static Tensor operator <=(Tensor left, Tensor right) => Ops.Le.Call(left, right);
        public static Tensor operator <=(Tensor left, Scalar right) => Ops.Le.Call(left, FromNumber(right));
        public static Tensor operator <=(Scalar left, Tensor right) => Ops.Ge.Call(right, FromNumber(left));
        public static Tensor operator >=(Tensor left, Tensor right) => Ops.Ge.Call(left, right);
        public static Tensor operator >=(Tensor left, Scalar right) => Ops.Ge.Call(left, FromNumber(right));
        public static Tensor operator >=(Scalar left, Tensor right) => Ops.Le.Call(right, FromNumber(left));

        /// <summary>Equality by reference, as Python's <c>is</c>; <c>==</c> compares the elements.</summary>
        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        /// <summary>The hash of the reference.</summary>
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        /// <summary>In place, as in PyTorch: <c>y += x</c> keeps y's memory.</summary>
        public void operator +=(Tensor other) => Ops.Add.CallInPlace(this, other);
        public void operator +=(Scalar other) => Ops.Add.CallInPlace(this, FromNumber(other));
        public void operator -=(Tensor other) => Ops.Sub.CallInPlace(this, other);
        public void operator -=(Scalar other) => Ops.Sub.CallInPlace(this, FromNumber(other));
        public void operator *=(Tensor other) => Ops.Mul.CallInPlace(this, other);
        public void operator *=(Scalar other) => Ops.Mul.CallInPlace(this, FromNumber(other));
        public void operator /=(Tensor other) => Ops.Div.CallInPlace(this, other);
        public void operator /=(Scalar other) => Ops.Div.CallInPlace(this, FromNumber(other));
        public void operator %=(Tensor other) => Ops.Remainder.CallInPlace(this, other);
        public void operator %=(Scalar other) => Ops.Remainder.CallInPlace(this, FromNumber(other));
        public void operator &=(Tensor other) => Ops.BitwiseAnd.CallInPlace(this, other);
        public void operator &=(Scalar other) => Ops.BitwiseAnd.CallInPlace(this, FromNumber(other));
        public void operator |=(Tensor other) => Ops.BitwiseOr.CallInPlace(this, other);
        public void operator |=(Scalar other) => Ops.BitwiseOr.CallInPlace(this, FromNumber(other));
        public void operator ^=(Tensor other) => Ops.BitwiseXor.CallInPlace(this, other);
        public void operator ^=(Scalar other) => Ops.BitwiseXor.CallInPlace(this, FromNumber(other));
        public void operator <<=(Tensor other) => Ops.BitwiseLeftShift.CallInPlace(this, other);
        public void operator <<=(Scalar other) => Ops.BitwiseLeftShift.CallInPlace(this, FromNumber(other));
        public void operator >>=(Tensor other) => Ops.BitwiseRightShift.CallInPlace(this, other);
        public void operator >>=(Scalar other) => Ops.BitwiseRightShift.CallInPlace(this, FromNumber(other));

        public static bool operator true(Tensor tensor) => tensor.Truth();
        public static bool operator false(Tensor tensor) => !tensor.Truth();
        public static bool operator !(Tensor tensor) => !tensor.Truth();
    }
}
