using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>The list of open items holds exactly what is open, and may only shrink.</summary>
public sealed class OpenItemsTests
{
    /// <summary>Items in the list. Lower it with every item that is done; a higher number is never right.</summary>
    private const int ItemsMax = 20;

    [Fact]
    public void The_list_only_shrinks() => Assert.Equal(ItemsMax, OpenItems.All.Count);

    [Fact]
    public void No_item_stands_twice() => Assert.Equal(OpenItems.All.Count, OpenItems.All.Distinct().Count());

    [Fact]
    public void What_is_done_has_left_the_list_and_what_is_open_stands_in_it() =>
        Expect.NoFindings(Differences(OpenItems.All, OpenNow()));

    [Fact]
    public void A_done_item_and_a_new_one_are_found() =>
        Assert.Equal(
            ["done, remove it from the list: a", "open, and not in the list: c"], Differences(["a", "b"], ["b", "c"]));

    [Fact]
    public void Comments_and_empty_lines_are_no_items() =>
        Assert.Equal(["invariant:3"], OpenItems.Read("# reason\n\ninvariant:3 # leases come later\n"));

    private static IEnumerable<string> OpenNow() =>
        [.. InstrumentTests.Open(), .. InvariantTests.Open(), .. ContractFileTests.Open()];

    private static IEnumerable<string> Differences(IReadOnlyList<string> listed, IEnumerable<string> open)
    {
        var openSet = open.ToHashSet();
        return [
            .. listed.Where(item => !openSet.Contains(item)).Select(item => $"done, remove it from the list: {item}"),
            .. openSet.Except(listed).Select(item => $"open, and not in the list: {item}")];
    }
}
