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
        public static Tensor operator -(Scalar left, Tensor right) => Ops.Sub.Call(FromNumber(left), right);
        public static Tensor operator *(Tensor left, Tensor right) => Ops.Mul.Call(left, right);
        public static Tensor operator *(Tensor left, Scalar right) => Ops.Mul.Call(left, FromNumber(right));
        public static Tensor operator *(Scalar left, Tensor right) => Ops.Mul.Call(right, FromNumber(left));
        public static Tensor operator -(Tensor tensor) => Ops.Neg.Call(tensor);
        public static Tensor operator +(Tensor tensor) => tensor;

        /// <summary>In place, as in PyTorch: <c>y += x</c> keeps y's memory.</summary>
        public void operator +=(Tensor other) => Ops.Add.CallInPlace(this, other);
        public void operator +=(Scalar other) => Ops.Add.CallInPlace(this, FromNumber(other));
        public void operator -=(Tensor other) => Ops.Sub.CallInPlace(this, other);
        public void operator -=(Scalar other) => Ops.Sub.CallInPlace(this, FromNumber(other));
        public void operator *=(Tensor other) => Ops.Mul.CallInPlace(this, other);
        public void operator *=(Scalar other) => Ops.Mul.CallInPlace(this, FromNumber(other));

        public static bool operator true(Tensor tensor) => tensor.Truth();
        public static bool operator false(Tensor tensor) => !tensor.Truth();
        public static bool operator !(Tensor tensor) => !tensor.Truth();
    }
}
