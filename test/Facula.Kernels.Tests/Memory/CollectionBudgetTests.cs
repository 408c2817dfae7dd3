namespace Facula.Kernels.Tests;

public class CollectionBudgetTests
{
    private readonly ManualClock _clock = new();

    private void Spend(CollectionBudget budget, int generation, double milliseconds)
    {
        long start = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        budget.Charge(generation, start);
    }

    [Fact]
    public void A_dear_full_collection_is_made_once_a_second_at_most()
    {
        var budget = new CollectionBudget(_clock);
        Spend(budget, 2, 30);
        Assert.True(budget.Allows(1));
        Assert.False(budget.Allows(2));
        _clock.Advance(TimeSpan.FromMilliseconds(990));
        Assert.False(budget.Allows(2));
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        Assert.True(budget.Allows(2));
    }

    [Fact]
    public void A_very_dear_one_waits_until_it_is_a_twentieth_of_the_time()
    {
        var budget = new CollectionBudget(_clock);
        Spend(budget, 2, 500);
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.False(budget.Allows(1));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True(budget.Allows(2));
    }

    [Fact]
    public void Cheap_ones_may_take_a_twentieth_of_the_time()
    {
        var budget = new CollectionBudget(_clock);
        Assert.True(budget.Allows(2));
        Spend(budget, 2, 2);
        Assert.False(budget.Allows(2));
        _clock.Advance(TimeSpan.FromMilliseconds(41));
        Assert.True(budget.Allows(2));
    }

    [Fact]
    public void Young_collections_stop_when_the_savings_are_spent()
    {
        var budget = new CollectionBudget(_clock);
        for (int i = 0; i < 22; i++)
            Spend(budget, 1, 5);
        Assert.False(budget.Allows(1));
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.True(budget.Allows(1));
    }
}
