using System.Numerics;
using Facula.Kernels;
using Facula.Ops;

namespace Facula;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Fills with uniform numbers of [from, to).</summary>
        public Tensor uniform_(double from = 0, double to = 1, Generator? generator = null)
        {
            RequireFloat("uniform_");
            Check.That(from <= to, $"uniform_ expects to return a [from, to) range, but found from={PythonText.Stream(from)} > to={PythonText.Stream(to)}");
            return Draw.InPlace(this, generator, new Draw.UniformDraw(from, to));
        }

        /// <summary>Fills with normal numbers.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null)
        {
            Check.That(std >= 0, $"normal expects std >= 0.0, but found std {PythonText.Stream(std)}");
            RequireFloat("normal_");
            return Draw.InPlace(this, generator, new Draw.NormalDraw(mean, std));
        }

        /// <summary>Fills with numbers whose logarithm is normal.</summary>
        public Tensor log_normal_(double mean = 1, double std = 2, Generator? generator = null)
        {
            Check.That(std > 0, $"log_normal_ expects std > 0.0, but found std={PythonText.Stream(std)}");
            return Draw.InPlace(this, generator, new Draw.LogNormalDraw(mean, std));
        }

        /// <summary>Fills with 1 (probability <paramref name="p"/>) and 0.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            RequireProbability("bernoulli_", p);
            return Draw.InPlace(this, generator, new Draw.BernoulliDraw(p));
        }

        /// <summary>Fills with 1 and 0 by the probabilities in <paramref name="p"/>, broadcast.</summary>
        public Tensor bernoulli_(Tensor p, Generator? generator = null)
        {
            using (no_grad()) Bernoulli.Fill(this, p.expand(_sizes).contiguous(), generator);
            BumpVersion();
            return this;
        }

        /// <summary>Fills with exponential numbers of rate <paramref name="lambd"/>.</summary>
        public Tensor exponential_(double lambd = 1, Generator? generator = null)
        {
            Check.That(lambd > 0, $"exponential_ expects lambda > 0.0, but found lambda={PythonText.Stream(lambd)}");
            return Draw.InPlace(this, generator, new Draw.ExponentialDraw(lambd));
        }

        /// <summary>Fills with Cauchy numbers.</summary>
        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null)
        {
            Check.That(sigma > 0, $"cauchy_ expects sigma > 0.0, but found sigma={PythonText.Stream(sigma)}");
            Check.That(DType.is_floating_point, $"Cauchy distribution is a continuous probability distribution. dtype must be a floating point but you specified {DType.LegacyName}");
            return Draw.InPlace(this, generator, new Draw.CauchyDraw(median, sigma));
        }

        /// <summary>Fills with the number of trials up to the first success of probability <paramref name="p"/>.</summary>
        public Tensor geometric_(double p, Generator? generator = null)
        {
            Check.That(p is > 0 and < 1, $"geometric_ expects p to be in (0, 1), but got p={PythonText.Stream(p)}");
            return Draw.InPlace(this, generator, new Draw.GeometricDraw(p));
        }

        /// <summary>Fills with whole numbers from 0 to the largest that the type counts to without gaps.</summary>
        public Tensor random_(Generator? generator = null) => Draw.InPlace(this, generator, default(Draw.AllOfTypeDraw));

        /// <summary>Fills with whole numbers of [0, to).</summary>
        public Tensor random_(long to, Generator? generator = null) => random_(0, to, generator);

        /// <summary>Fills with whole numbers of [from, to); without an end up to the type's largest.</summary>
        public Tensor random_(long from, long? to, Generator? generator = null)
        {
            if (to is { } end)
            {
                Check.That(from < end, $"random_ expects 'from' to be less than 'to', but got from={from} >= to={end}");
                if (DType.is_floating_point)
                {
                    (from, end) = (Raised(from), Lowered(end));
                    Check.That(from < end, $"random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got from={from} >= to={end}");
                }
                CheckIntegerBounds(from, end);
                return Draw.InPlace(this, generator, new Draw.IntegerDraw(unchecked((ulong)(end - from)), from));
            }
            if (from == long.MinValue) return Draw.InPlace(this, generator, new Draw.IntegerDraw(0, 0));
            long largest = DType.Code switch
            {
                TypeCode.UInt8 => byte.MaxValue,
                TypeCode.Int8 => sbyte.MaxValue,
                TypeCode.Int16 => short.MaxValue,
                TypeCode.Int32 => int.MaxValue,
                TypeCode.Bool => 1,
                TypeCode.Float32 => 1L << 24,
                TypeCode.Float64 => 1L << 53,
                TypeCode.Float16 => 1L << 11,
                TypeCode.BFloat16 => 1L << 8,
                _ => long.MaxValue,
            };
            return Draw.InPlace(this, generator, new Draw.IntegerDraw(unchecked((ulong)(largest - from) + 1), from));
        }

        // Bounds that a float type would round out of the range move to the next number that it has, as PyTorch finds it.
        private long Raised(long from)
        {
            long next = Rounded(from + 1);
            return next < from ? next + Gap(from + 1) : from;
        }

        private long Lowered(long to)
        {
            long last = Rounded(to - 1);
            return last >= to ? last - Gap(to - 1) : to;
        }

        private long Gap(long at)
        {
            int digits = DType.Code switch { TypeCode.Float64 => 53, TypeCode.Float32 => 24, TypeCode.Float16 => 11, _ => 8 };
            return 1L << (BitOperations.Log2((ulong)Math.Abs(at)) - digits + 1);
        }

        private long Rounded(long number)
        {
            double value = DType.Code switch
            {
                TypeCode.Float64 => number,
                TypeCode.Float32 => (float)number,
                TypeCode.Float16 => (double)(Half)number,
                _ => (double)(BFloat16)(float)number,
            };
            return value is >= long.MinValue and < 9223372036854775808.0 ? (long)value : long.MinValue;
        }

        private void CheckIntegerBounds(long from, long to)
        {
            if (DType.Code is TypeCode.Int64 || !(DType.IsIntegral || DType == ScalarType.Bool || DType == ScalarType.Float16)) return;
            (long low, long high) = DType.Code switch
            {
                TypeCode.UInt8 => (0L, 255L),
                TypeCode.Int8 => (-128L, 127L),
                TypeCode.Int16 => (short.MinValue, short.MaxValue),
                TypeCode.Bool => (0L, 1L),
                TypeCode.Float16 => (-65504L, 65504L),
                _ => ((long)int.MinValue, (long)int.MaxValue),
            };
            Check.That(from >= low && from <= high, $"from is out of bounds for {DType.MetaName()}");
            Check.That(to - 1 >= low && to - 1 <= high, $"to - 1 is out of bounds for {DType.MetaName()}");
        }

        private void RequireFloat(string op)
        {
            if (!DType.IsDifferentiable) throw TypeSwitch.NotImplemented(op, DType);
        }

        private static void RequireProbability(string op, double p) =>
            Check.That(p is >= 0 and <= 1, $"{op} expects p to be in [0, 1], but got p={PythonText.Stream(p)}");
    }
}
