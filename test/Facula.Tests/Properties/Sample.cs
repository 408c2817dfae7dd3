using FsCheck;
using FsCheck.Fluent;
using static Facula.torch;

namespace Facula.Tests.Properties;

/// <summary>A tensor of any dtype, shape and strides, as the recipe that makes it, so that failures print and shrink.</summary>
public sealed record Sample(int DType, long[] Extents, int Seed, ViewStep[] Steps)
{
    private static readonly ScalarType[] s_dtypes = [float32, float64, int64, int32, int16, int8, uint8, torch.@bool, float16, bfloat16];

    public ScalarType Type => s_dtypes[DType];

    public override string ToString() => $"{Type} [{string.Join(", ", Extents)}] from seed {Seed}, viewed by {string.Join(" ", Steps.Select(s => s.ToString()))}";

    /// <summary>The relative error of one rounding.</summary>
    public double Epsilon => Type == float16 ? 1e-3 : Type == bfloat16 ? 1e-2 : Type == float32 ? 1e-6 : Type == float64 ? 1e-14 : 0;

    public (Tensor Tensor, NaiveArray Naive) Make()
    {
        var random = new System.Random(Seed);
        int low = Type == uint8 || Type == torch.@bool ? 0 : -4, high = Type == torch.@bool ? 2 : 5;
        double[] values = [.. Enumerable.Range(0, (int)NaiveArray.Count(Extents)).Select(_ => (double)random.Next(low, high))];
        (Tensor tensor, NaiveArray naive) = (torch.tensor(values, dtype: float64).to(Type).reshape(Extents), new NaiveArray(Extents, values));
        foreach (ViewStep step in Steps)
        {
            // Folding all pairs of a large array takes long.
            (Tensor next, NaiveArray same) = step.Apply(tensor, naive);
            if (same.Values.Length <= 600) (tensor, naive) = (next, same);
        }
        return (tensor, naive);
    }

    public static Gen<int> Number => Gen.Choose(0, 1 << 20);

    public static Gen<Sample> Any { get; } =
        from type in Gen.Choose(0, s_dtypes.Length - 1)
        from rank in Gen.Choose(0, 4)
        from extents in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Constant(1)), (12, Gen.Choose(2, 4))).ArrayOf(rank)
        from seed in Number
        from count in Gen.Choose(0, 4)
        from steps in (from kind in Gen.Choose(0, ViewStep.Kinds - 1) from a in Number from b in Number from c in Number select new ViewStep(kind, a, b, c)).ArrayOf(count)
        select new Sample(type, Array.ConvertAll(extents, e => (long)e), seed, steps);

    /// <summary>Checks a property of random samples and eight random numbers.</summary>
    public static void ForAll(Action<Sample, int[]> property, int tests = 400)
    {
        Gen<(Sample, int[])> cases = from sample in Any from numbers in Number.ArrayOf(8) select (sample, numbers);
        RandomCases.Check(Prop.ForAll(cases.ToArbitrary(), item => property(item.Item1, item.Item2)), tests);
    }
}
