using static Facula.torch;

namespace Facula.Tests.Properties;

public class ViewProperties
{
    [Fact]
    public void Chains_of_views_read_what_they_should() => Sample.ForAll((sample, _) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        naive.AssertEqual(tensor);
        naive.AssertEqual(tensor.clone());
        Assert.Equal(sample.Type, tensor.dtype);
    }, 1500);

    [Fact]
    public void Writes_reach_only_what_a_view_shows() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        Tensor owner = tensor.clone();
        var step = new ViewStep(numbers[0] % 10, numbers[1], numbers[2], numbers[3]);
        // An expanded tensor shows an element several times and refuses to be written.
        if (step.Kind is 5 or 8) return;
        // The same step on the elements' own numbers tells where they lie.
        (Tensor view, NaiveArray places) = step.Apply(owner, new NaiveArray(naive.Shape, [.. Enumerable.Range(0, naive.Values.Length).Select(i => (double)i)]));
        view.fill_(1);
        double[] expected = [.. naive.Values];
        foreach (double place in places.Values) expected[(int)place] = 1;
        new NaiveArray(naive.Shape, expected).AssertEqual(owner);
    });

    [Fact]
    public void Broadcast_arithmetic_takes_each_element_once() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        if (sample.Type == torch.@bool || naive.Rank == 0) return;
        // One of the dimensions is repeated.
        int d = numbers[0] % naive.Rank;
        if (naive.Shape[d] == 0) return;
        Tensor row = tensor.narrow(d, 0, 1);
        long[] at(long[] place) => NaiveArray.At(place, d, 0);
        NaiveArray sum = new(naive.Shape, [.. NaiveArray.Places(naive.Shape).Select(p => naive[p] + naive[at(p)])]);
        sum.AssertEqual(tensor + row, sample.Epsilon);
        NaiveArray larger = new(naive.Shape, [.. NaiveArray.Places(naive.Shape).Select(p => naive[p] > naive[at(p)] ? 1.0 : 0)]);
        larger.AssertEqual(tensor > row);
        NaiveArray chosen = new(naive.Shape, [.. NaiveArray.Places(naive.Shape).Select(p => naive[p] > naive[at(p)] ? naive[p] : naive[at(p)])]);
        chosen.AssertEqual(where(tensor > row, tensor, row));
    });

    [Fact]
    public void Pieces_join_again() => Sample.ForAll((sample, numbers) =>
    {
        (Tensor tensor, NaiveArray naive) = sample.Make();
        if (naive.Rank == 0) return;
        int d = numbers[0] % naive.Rank;
        naive.AssertEqual(cat(tensor.tensor_split(1 + numbers[1] % 4, d), d));
        naive.AssertEqual(cat(tensor.split(1 + numbers[2] % 3, d), d));
        if (naive.Shape[d] > 0) naive.AssertEqual(stack(tensor.unbind(d), d));
    });
}
