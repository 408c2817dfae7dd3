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
}
