using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Fixtures.Models;
using Mev.Grains.Abstractions.Learning;
using Mev.Grains.Abstractions.Strategies;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Strategies;

/// <summary>What a strategy lets pass is watched, and who took it is journalled once and learnt.</summary>
public sealed class StrategySkipTests : IAsyncLifetime
{
    private readonly List<SkippedChance> _watched = [];
    private readonly Engine _engine;
    private bool _hasRoom = true;
    private int _chance;

    public StrategySkipTests() => _engine = new()
    {
        Settings = new()
        {
            ["Trading:Strategies:0:Id"] = "arb-1",
            ["Trading:Strategies:0:Sampler"] = $"{SamplerKind.Factored}",
            ["Trading:Strategies:0:FastRouteFeeLamports"] = "600000000", // above any chance: no arm pays
            ["Trading:Strategies:0:StandardRouteFeeLamports"] = "600000000",
        },
        Services = services => services.AddSingleton<WatchSkipped>(chance =>
        {
            _watched.Add(chance);
            return _hasRoom;
        }),
    };

    private IStrategyGrain Strategy => _engine.Grains.GetGrain<IStrategyGrain>("arb-1");

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Who_took_it_is_journalled_once_learnt_and_there_after_a_restart()
    {
        var opportunity = await Skip();
        var watched = Assert.Single(_watched);
        Assert.Equal((opportunity, 2), (watched.Opportunity, watched.Hops.Length));
        for (var i = 0; i < 3; i++) await Strategy.Taken(opportunity, Winner(bid: 300_000_000));

        var record = Assert.Single(await Records());
        var skip = (await _engine.Log.Read(new LogPartition(LogTopics.Audit, 1), record.SkipOffset, 1))[0].Entry;
        Assert.Equal((RecordType.Skip, opportunity.Value), (skip.Type, skip.Key));
        Assert.Equal((300_000_000L, "theirs"), (record.WinnerTip, record.Winner.Signature));
        Assert.Equal((2, "arb-1"), (record.Pools.Count, record.Strategy));
        var view = await Strategy.Describe();
        Assert.Equal((1L, 1L), (view.Learning.Learnt, view.Tally.Skips));
        Assert.NotEqual(Samplers.Prior(SamplerKind.Factored).Id, view.Posterior.Id);

        await _engine.Restart();

        Assert.Equal(view.Posterior.Id, (await Strategy.Describe()).Posterior.Id);
        await Strategy.Taken(opportunity, Winner(bid: 300_000_000));
        Assert.Single(await Records());
    }

    [Fact]
    public async Task Of_what_was_not_watched_or_is_no_bid_nothing_is_journalled()
    {
        var free = await Skip();
        await Strategy.Taken(free, Winner(bid: 0));
        _hasRoom = false;
        var beyond = await Skip();
        await Strategy.Taken(beyond, Winner(bid: 5));
        await Strategy.Taken(Chances.Of(99).Id, Winner(bid: 5));
        Assert.Equal(2, _watched.Count);
        Assert.Empty(await Records());
        Assert.Equal(0, (await Strategy.Describe()).Learning.Learnt);
    }

    [Fact]
    public async Task The_oldest_of_many_is_forgotten()
    {
        var first = await Skip();
        for (var i = 0; i < 1_024; i++) await Skip();
        await Strategy.Taken(first, Winner(bid: 5));
        Assert.Empty(await Records());
        await Strategy.Taken(_watched[^1].Opportunity, Winner(bid: 5));
        Assert.Single(await Records());
    }

    [Fact]
    public async Task What_the_model_said_of_a_skip_is_in_its_record_and_learnt_with()
    {
        var file = MadeModels.Of(0.25);
        await _engine.Grains.GetGrain<IModelGrain>(ModelKeys.Offset).Swap([.. file], replaces: null, "trained");
        var opportunity = await Skip();
        await Strategy.Taken(opportunity, Winner(bid: 300_000_000));
        var record = Assert.Single(await Records());
        var skip = (await _engine.Log.Read(new LogPartition(LogTopics.Audit, 1), record.SkipOffset, 1))[0];
        var surroundings = AuditRecords.Read(skip)!.Decision.Core.Surroundings;
        Assert.Equal((0.25, Digest.Of(file)), (surroundings.ModelOffset, new Digest(surroundings.ModelId.Span)));
        var learnt = (await Strategy.Describe()).Posterior.Id;

        await _engine.Restart(); // folded from the records alone

        Assert.Equal(learnt, (await Strategy.Describe()).Posterior.Id);
    }

    private async Task<OpportunityId> Skip()
    {
        var chance = Chances.Of(0) with { Id = new OpportunityId(Digest.Of(BitConverter.GetBytes(++_chance))) };
        await Strategy.Decide(new OpportunityBatch
        {
            Cursor = new Mev.Domain.Feed.FeedCursor((ulong)_chance, new Slot(100), 0),
            Opportunities = [chance],
            Counts = default,
        });
        return chance.Id;
    }

    private static AttributedWinner Winner(long bid) => new()
    {
        Signature = "theirs",
        Slot = new Slot(101),
        Tip = new Lamports(bid),
        Units = 49_000,
        Bid = new Lamports(bid),
        IsAhead = false,
    };

    private async Task<List<TakenChance>> Records()
    {
        var records = await _engine.Log.Read(new LogPartition(LogTopics.Audit, 1), 0, 5_000);
        return [.. records.Where(record => record.Entry.Type == RecordType.TakenChance)
            .Select(record => AuditRecords.Read(record)!.TakenChance)];
    }
}
