using Mev.Fixtures;
using Mev.Gateway.Health;
using Mev.Grains.Abstractions.Feed;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mev.Integration.Tests;

/// <summary>Readiness, over a silo and a journal that answer as told.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData(true, "", "", null)]
    [InlineData(false, "", "", "the journal cannot be written")]
    [InlineData(true, "partition 1: another record", "", "the audit is closed, partition 1: another record")]
    [InlineData(true, "", "journal x: no room to write", "feed: journal x: no room to write")]
    public async Task Ready_needs_a_journal_that_takes_records_an_open_audit_and_a_feed_without_trouble(
        bool isAvailable, string closed, string trouble, string? reason)
    {
        var gate = new AuditGate();
        if (closed.Length > 0) gate.Close(1, AuditClosing.History, closed);
        var feed = Fakes.Of<IFeedGrain>((_, _) => Fakes.Awaited(Feed(trouble)));

        var answer = await HealthApi.Ready(
            Fakes.Of<IGrainFactory>((_, _) => feed),
            Fakes.Of<IPartitionedLog>((_, _) => isAvailable),
            gate,
            TimeProvider.System,
            TestContext.Current.CancellationToken);

        var problem = (answer.Result as ProblemHttpResult)?.ProblemDetails;
        Assert.Equal(reason is null ? null : StatusCodes.Status503ServiceUnavailable, problem?.Status);
        Assert.StartsWith(reason ?? "", problem?.Detail ?? "", StringComparison.Ordinal);
    }

    private static FeedView Feed(string trouble) => new()
    {
        Description = "some",
        BatchesTotal = null,
        Cursor = default,
        IsComplete = false,
        Trouble = trouble,
        Updates = 0,
        Counts = default,
        Pools = 0,
        Cycles = 0,
        CyclesLeftOut = 0,
        Shards = 0,
        Strategies = [],
        Listed = [],
        IsFailed = false,
        Limits = [],
        Input = [],
        CountedNs = 0,
    };
}
