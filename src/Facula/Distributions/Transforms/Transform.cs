using System.Diagnostics.CodeAnalysis;

namespace Facula;

public static partial class torch
{
    public static partial class distributions
    {
        /// <summary><c>torch.distributions.transforms</c>: differentiable maps with computable volume changes.</summary>
        public static partial class transforms
        {
            /// <summary>
            /// A map between spaces, usually invertible. A derived class states <see cref="domain"/>, <see cref="codomain"/>, <see cref="_call"/>, <see cref="_inverse"/>
            /// and <see cref="log_abs_det_jacobian"/>. With <c>cache_size: 1</c> the latest pair is remembered, so that the inverse of a result is exact and free.
            /// </summary>
            public abstract class Transform
            {
                private int _cacheSize;
                private Tensor? _cachedX, _cachedY;
                private Transform? _inverseTransform;

                protected Transform(int cache_size = 0)
                {
                    if (cache_size is not (0 or 1)) throw new ArgumentException("cache_size must be 0 or 1");
                    _cacheSize = cache_size;
                }

                /// <summary>What inputs satisfy.</summary>
                public abstract constraints.Constraint domain { get; }

                /// <summary>What outputs satisfy.</summary>
                public abstract constraints.Constraint codomain { get; }

                /// <summary>Whether the map is one to one, with <c>t.inv(t(x)) == x</c>.</summary>
                public virtual bool bijective => false;

                /// <summary>1 or −1 for monotone maps of numbers: whether they rise or fall.</summary>
                public virtual Tensor sign => throw new NotSupportedException($"{GetType().Name} has no sign");

                /// <summary>The number of dimensions of one value, where domain and codomain agree on it.</summary>
                public virtual int event_dim => domain.event_dim == codomain.event_dim
                    ? domain.event_dim
                    : throw new ArgumentException("Please use either .domain.event_dim or .codomain.event_dim");

                /// <summary>The inverse map.</summary>
                public virtual Transform inv => _inverseTransform ??= new InverseTransform(this);

                /// <summary>How many pairs are remembered: 0 or 1.</summary>
                public int cache_size => _cacheSize;

                /// <summary>The same map that remembers <paramref name="cache_size"/> pairs.</summary>
                public virtual Transform with_cache(int cache_size = 1)
                {
                    if (_cacheSize == cache_size) return this;
                    if (cache_size is not (0 or 1)) throw new ArgumentException("cache_size must be 0 or 1");
                    var copy = (Transform)MemberwiseClone();
                    copy._cacheSize = cache_size;
                    copy._cachedX = copy._cachedY = null;
                    copy._inverseTransform = null;
                    return copy;
                }

                /// <summary>The image of <paramref name="x"/>: Python's <c>t(x)</c>.</summary>
                public virtual Tensor call(Tensor x)
                {
                    if (_cacheSize == 0) return _call(x);
                    if (ReferenceEquals(x, _cachedX)) return _cachedY!;
                    Tensor y = _call(x);
                    (_cachedX, _cachedY) = (x, y);
                    return y;
                }

                internal Tensor Invert(Tensor y)
                {
                    if (_cacheSize == 0) return _inverse(y);
                    if (ReferenceEquals(y, _cachedY)) return _cachedX!;
                    Tensor x = _inverse(y);
                    (_cachedX, _cachedY) = (x, y);
                    return x;
                }

                /// <summary>The image of <paramref name="x"/>.</summary>
                protected abstract Tensor _call(Tensor x);

                /// <summary>The point whose image is <paramref name="y"/>, or one of them.</summary>
                protected abstract Tensor _inverse(Tensor y);

                /// <summary>ln |det ∂y/∂x|, given a point and its image.</summary>
                public virtual Tensor log_abs_det_jacobian(Tensor x, Tensor y) => throw new NotSupportedException($"{GetType().Name} has no log_abs_det_jacobian");

                /// <summary>The shape of outputs for inputs of that shape.</summary>
                public virtual Size forward_shape(Size shape) => shape;

                /// <summary>The shape of inputs for outputs of that shape.</summary>
                public virtual Size inverse_shape(Size shape) => shape;

                /// <summary>Transforms without parameters equal others of their type; the others compare their parameters.</summary>
                public override bool Equals(object? obj) => ReferenceEquals(this, obj);

                public override int GetHashCode() => GetType().GetHashCode();

                public override string ToString() => GetType().Name + "()";

                private protected void AdoptInverse(Transform inverse) => _inverseTransform = inverse;

                private protected bool TryInverse([NotNullWhen(true)] out Transform? inverse) => (inverse = _inverseTransform) is not null;
            }

            /// <summary>The inverse of a transform.</summary>
            private sealed class InverseTransform(Transform transform) : Transform(transform.cache_size)
            {
                public override constraints.Constraint domain => transform.codomain;
                public override constraints.Constraint codomain => transform.domain;
                public override bool bijective => transform.bijective;
                public override Tensor sign => transform.sign;
                public override Transform inv => transform;
                public override Transform with_cache(int cache_size = 1) => transform.with_cache(cache_size).inv;
                public override Tensor call(Tensor x) => transform.Invert(x);
                protected override Tensor _call(Tensor x) => transform.Invert(x);
                protected override Tensor _inverse(Tensor y) => transform.call(y);
                public override Tensor log_abs_det_jacobian(Tensor x, Tensor y) => -transform.log_abs_det_jacobian(y, x);
                public override Size forward_shape(Size shape) => transform.inverse_shape(shape);
                public override Size inverse_shape(Size shape) => transform.forward_shape(shape);
                public override bool Equals(object? obj) => obj is InverseTransform other && transform.Equals(other.inv);
                public override int GetHashCode() => ~transform.GetHashCode();
                public override string ToString() => $"_InverseTransform({transform})";
            }

            /// <summary>The transform that changes nothing.</summary>
            public static Transform identity_transform { get; } = new Facula.Modules.ComposeTransform([]);

            /// <summary>The product of signs, a number as long as all are numbers.</summary>
            internal static Tensor SignOf(IEnumerable<Transform> parts)
            {
                long number = 1;
                Tensor? tensor = null;
                foreach (Transform part in parts)
                {
                    Tensor sign = part.sign;
                    if (sign.IsWrappedNumber) number *= sign.item().ToInt64();
                    else tensor = tensor is null ? sign : tensor * sign;
                }
                return tensor is null ? number : number == 1 ? tensor : tensor * number;
            }
        }
    }
}
