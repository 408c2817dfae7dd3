namespace Facula.Kernels.Tests;

[Collection("BlockPool")]
public class YoungCollectionsTests
{
    [Fact]
    public void Enough_bytes_suggest_a_collection()
    {
        var collections = new YoungCollections();
        Assert.False(collections.AreDue(YoungCollections.Interval - 1));
        Assert.True(collections.AreDue(1));

        int before = GC.CollectionCount(0);
        collections.Collect();
        Assert.NotEqual(before, GC.CollectionCount(0));
        Assert.False(collections.AreDue(1));
    }

    [Fact]
    public void Dear_collections_on_and_on_make_a_pause_and_one_among_cheap_ones_does_not()
    {
        const long cheap = 50_000, dear = 2_000_000;
        var collections = new YoungCollections();
        foreach (long cost in (long[])[dear, cheap, cheap, cheap, dear])
        {
            collections.Judge(cost);
            Assert.True(collections.AreDue(YoungCollections.Interval));
        }

        collections.Judge(dear);
        Assert.False(collections.AreDue(YoungCollections.Interval));

        // A long pause ends, too, and cheap collections follow each other again.
        Assert.True(collections.AreDue(1L << 30));
        collections.Judge(cheap);
        Assert.True(collections.AreDue(YoungCollections.Interval));
    }
}
