using System.Collections.Immutable;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Fixtures.Pools;

namespace Mev.Adapters.Tests.Jito;

/// <summary>A cycle over two pools whose prices differ, and transactions that swap on them.</summary>
public sealed class ChanceWatchTests
{
    private const ulong AmountIn = 1_000_000_000;
    private const ulong Taking = 40_000_000_000; // into either pool it leaves nothing of the difference

    private readonly MeteoraDammV2Pool[] _pools = [Pool("cheap", MeteoraDammV2Bytes.One),
        Pool("dear", MeteoraDammV2Bytes.One / 100 * 97)];
    private readonly ChanceWatch _watch;
    private bool _isInDoubt;
    private ulong _version = 100;
    private ulong _slot = 10;
    private int _number;

    public ChanceWatchTests() => _watch = new ChanceWatch(_ => _isInDoubt
        ? null
        : ([.. _pools.Select(Copy)], new ChainClock(new Slot(_slot), 1_774_710_000)));

    [Fact]
    public void The_first_that_leaves_less_than_the_tip_and_tips_took_it()
    {
        var ours = Send();
        Assert.Empty(_watch.Observe(Swap(tip: 9_000_000, amount: 1_000))); // the chance is still there
        var theirs = Swap(tip: 4_000_000);
        var (opportunity, winner) = Assert.Single(_watch.Observe(theirs));
        Assert.Equal(ours.Submission.Opportunity, opportunity);
        Assert.Equal(
            (theirs.Signature.ToString(), theirs.Slot, new Lamports(4_000_000), new Lamports(3_600_000), false),
            (winner.Signature, winner.Slot, winner.Tip, winner.Bid, winner.IsAhead)); // 90,000 units of 100,000
        Assert.Empty(_watch.Observe(Swap(tip: 5_000_000)));
        Assert.Equal(1, _watch.Count(WatchEnd.Attributed));
    }

    [Fact]
    public void A_chance_that_leaves_a_profit_below_our_tip_is_taken_to_the_lamport()
    {
        var (least, most) = (1UL, Taking);
        while (least < most)
        {
            var middle = least + (most - least) / 2;
            if (LeftAfter(middle) < Submissions.Tip) most = middle;
            else least = middle + 1;
        }
        Assert.InRange(LeftAfter(least).Value, 1, Submissions.Tip.Value - 1); // something is left
        Send();
        Assert.Single(_watch.Observe(Swap(tip: 4_000_000, amount: least)));
        Restore();
        Send();
        Assert.Empty(_watch.Observe(Swap(tip: 4_000_000, amount: least - 1)));
    }

    [Fact]
    public void Who_takes_it_without_a_tip_leaves_nobody_to_be_named()
    {
        Send();
        Assert.Empty(_watch.Observe(Swap(tip: 0)));
        Assert.Empty(_watch.Observe(Swap(tip: 4_000_000)));
        Assert.Equal(1, _watch.Count(WatchEnd.Untipped));
    }

    [Fact]
    public void Who_landed_before_the_first_byte_left_or_in_an_earlier_slot_was_ahead()
    {
        Send(isSent: false);
        Assert.True(Assert.Single(_watch.Observe(Swap(tip: 4_000_000))).Winner.IsAhead);
        Restore();
        _slot = 19;
        Assert.Empty(_watch.Observe(Elsewhere() with { Slot = new Slot(20) })); // slot 20 is heard of
        Send();
        Assert.True(Assert.Single(_watch.Observe(Swap(tip: 4_000_000))).Winner.IsAhead);
    }

    [Fact]
    public void What_landed_between_decision_and_sending_is_found_where_it_alone_made_the_difference()
    {
        var seen = Seen();
        var theirs = Swap(tip: 4_000_000);
        Send(seen); // the pools have it already
        Assert.True(Assert.Single(_watch.Observe(theirs)).Winner.IsAhead);

        Restore();
        seen = Seen();
        var (one, other) = (Swap(tip: 0, amount: 1_000), Swap(tip: 4_000_000));
        Send(seen);
        Assert.Empty(_watch.Observe(one));
        Assert.Empty(_watch.Observe(other));
        Assert.Equal(1, _watch.Count(WatchEnd.Unclear));
    }

    [Fact]
    public void What_was_observed_before_the_bundle_left_counts_whether_the_pools_show_it_yet_or_not()
    {
        var seen = Seen();
        var theirs = Swap(tip: 4_000_000);
        Assert.Empty(_watch.Observe(theirs));
        Send(seen);
        Assert.True(Assert.Single(_watch.Observe(Elsewhere())).Winner.IsAhead);

        Restore();
        seen = Seen();
        var before = Copy(_pools[0]);
        theirs = Swap(tip: 4_000_000);
        Assert.Empty(_watch.Observe(theirs));
        var shown = WriteOf(_pools[0].Accounts[0]);
        _pools[0].CopyFrom(before); // the assembler is a moment behind
        Send(seen);
        _pools[0].Apply(shown);
        Assert.True(Assert.Single(_watch.Observe(Elsewhere())).Winner.IsAhead);
    }

    [Fact]
    public void What_the_decision_knew_took_nothing()
    {
        var known = Swap(tip: 4_000_000, amount: 1_000);
        Send();
        Assert.Empty(_watch.Observe(known));
        Assert.Single(_watch.Observe(Swap(tip: 4_000_000)));
    }

    [Fact]
    public void A_state_that_is_not_known_ends_the_search()
    {
        Send();
        Assert.Empty(_watch.Observe(Swap(tip: 4_000_000, amount: 1_000) with { Writes = [] }));
        Send();
        Assert.Empty(_watch.Observe(new ObservedBreak(new Slot(_slot))));
        Send();
        Assert.Empty(_watch.Observe(new ObservedBreak(new Slot(_slot + 1)))); // nothing of it is of such a slot
        Assert.Equal(2, _watch.Count(WatchEnd.Unclear));
        var (early, late) = (Swap(tip: 1_000, amount: 1_000), Swap(tip: 2_000, amount: 1_000));
        Assert.Empty(_watch.Observe(late));
        Assert.Empty(_watch.Observe(early)); // out of order
        Assert.Equal(3, _watch.Count(WatchEnd.Unclear));
        _isInDoubt = true;
        Send();
        Assert.Equal(4, _watch.Count(WatchEnd.Unclear));
    }

    [Fact]
    public void Failed_ones_and_other_pools_are_passed_over_and_our_own_ends_it()
    {
        var ours = Send();
        var theirs = Swap(tip: 4_000_000);
        Assert.Empty(_watch.Observe(theirs with { IsFailed = true }));
        Assert.Empty(_watch.Observe(theirs with { Writes = [Other()], Writable = [Other().Key] }));
        Assert.Equal(0, _watch.Count(WatchEnd.Unclear));
        Assert.Empty(_watch.Observe(theirs with { Signature = ours.Signature }));
        Assert.Equal(1, _watch.Count(WatchEnd.Ours));
    }

    [Fact]
    public void A_bundle_of_ours_that_takes_another_chance_with_its_own_is_no_rival()
    {
        Assert.True(_watch.TryWatch(Skip()));
        Send();
        var ours = Send(); // of another chance on the same pools
        Assert.Empty(_watch.Observe(Swap(tip: 4_000_000) with { Signature = ours.Signature }));
        Assert.False(_watch.Taken.TryRead(out _));
        Assert.Equal((2L, 1L), (_watch.Count(WatchEnd.Ours), _watch.CountSkipped(WatchEnd.Ours)));
        Assert.Equal((0L, 0L), (_watch.Count(WatchEnd.Attributed), _watch.CountSkipped(WatchEnd.Attributed)));

        Restore();
        Assert.True(_watch.TryWatch(Skip())); // also when the chance of ours is long settled
        Assert.Empty(_watch.Observe(Swap(tip: 0) with { Signature = ours.Signature }));
        Assert.Equal(2, _watch.CountSkipped(WatchEnd.Ours));
    }

    [Fact]
    public void A_chance_that_nobody_takes_is_watched_for_some_slots()
    {
        Send();
        _slot += ChanceWatch.SlotsMax;
        Assert.Empty(_watch.Observe(Swap(tip: 0, amount: 1_000)));
        Assert.Equal(0, _watch.Count(WatchEnd.Untaken));
        _slot++;
        Assert.Empty(_watch.Observe(Swap(tip: 4_000_000)));
        Assert.Equal(1, _watch.Count(WatchEnd.Untaken));
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_is_given_up_and_counted()
    {
        var oldest = Send().Submission.Opportunity;
        for (var i = 0; i < ChanceWatch.WatchedMax; i++) Send();
        var taken = _watch.Observe(Swap(tip: 4_000_000)).Select(one => one.Opportunity).ToList();
        Assert.Equal(ChanceWatch.WatchedMax, taken.Count);
        Assert.DoesNotContain(oldest, taken);
        Assert.Equal(1, _watch.Limits().First().Count);
    }

    [Fact]
    public void Who_takes_what_was_let_pass_is_told_with_the_bid_in_our_units()
    {
        var skipped = Skip();
        Assert.True(_watch.TryWatch(skipped));
        Assert.True(_watch.TryWatch(skipped)); // another strategy let it pass too
        Assert.Empty(_watch.Observe(Swap(tip: 9_000_000, amount: 1_000)));
        var theirs = Swap(tip: 4_000_000);
        Assert.Empty(_watch.Observe(theirs)); // no bundle of ours lost it
        Assert.True(_watch.Taken.TryRead(out var taken));
        Assert.Equal((skipped.Opportunity, theirs.Signature.ToString()), (taken.Opportunity, taken.Winner.Signature));
        // Two swaps of 22,000 units, the limit and the transfer, a tenth more, in whole thousands.
        Assert.Equal(new Lamports(4_000_000L * 49_000 / 100_000), taken.Winner.Bid);
        Assert.False(_watch.Taken.TryRead(out _));
        Assert.Equal((1L, 0L), (_watch.CountSkipped(WatchEnd.Attributed), _watch.Count(WatchEnd.Attributed)));
    }

    [Fact]
    public void Of_what_was_let_pass_nobody_is_named_without_a_tip_a_known_state_or_in_time()
    {
        Assert.True(_watch.TryWatch(Skip()));
        Assert.Empty(_watch.Observe(Swap(tip: 0)));
        Restore();
        Assert.True(_watch.TryWatch(Skip()));
        Assert.Empty(_watch.Observe(new ObservedBreak(new Slot(_slot))));
        _isInDoubt = true;
        Assert.False(_watch.TryWatch(Skip()));
        _isInDoubt = false;
        Assert.True(_watch.TryWatch(Skip()));
        _slot += ChanceWatch.SlotsMax + 1;
        Assert.Empty(_watch.Observe(Swap(tip: 4_000_000)));
        Assert.False(_watch.Taken.TryRead(out _));
        Assert.Equal(
            (1L, 2L, 1L),
            (_watch.CountSkipped(WatchEnd.Untipped), _watch.CountSkipped(WatchEnd.Unclear),
                _watch.CountSkipped(WatchEnd.Untaken)));
    }

    [Fact]
    public void What_is_let_pass_beyond_the_bound_is_not_watched_and_takes_no_place_of_what_was_submitted()
    {
        for (var i = 0; i < ChanceWatch.SkippedMax; i++) Assert.True(_watch.TryWatch(Skip()));
        Assert.False(_watch.TryWatch(Skip()));
        Assert.Equal(1, _watch.Limits().Last().Count);
        for (var i = 0; i < ChanceWatch.WatchedMax; i++) Send();
        Assert.Equal(0, _watch.Limits().First().Count);
        Assert.Equal(ChanceWatch.WatchedMax, _watch.Observe(Swap(tip: 4_000_000)).Count);
        Assert.Equal(ChanceWatch.SkippedMax, _watch.CountSkipped(WatchEnd.Attributed));
    }

    [Fact]
    public void What_one_strategy_let_pass_and_another_goes_for_is_watched_as_submitted()
    {
        var ours = Send();
        Assert.False(_watch.TryWatch(Skip() with { Opportunity = ours.Submission.Opportunity }));
        var skipped = Skip();
        Assert.True(_watch.TryWatch(skipped));
        var later = Send(number: _number);
        Assert.Equal(skipped.Opportunity, later.Submission.Opportunity);
        Assert.Equal(2, _watch.Observe(Swap(tip: 4_000_000)).Count);
        Assert.False(_watch.Taken.TryRead(out _));
        Assert.Equal(1, _watch.CountSkipped(WatchEnd.Ours));
    }

    private SkippedChance Skip() => new()
    {
        Opportunity = Submissions.Opportunity(++_number),
        Hops = Hops(),
        Fee = new Lamports(5_000),
        Seen = Seen(),
    };

    private SignedBundle Send(FeedCursor? seen = null, bool isSent = true, int? number = null)
    {
        var bundle = Submissions.Signed(number ?? ++_number);
        bundle = bundle with
        {
            Submission = bundle.Submission with
            {
                Hops = Hops(),
                Tip = Submissions.Tip,
                Fee = new Lamports(5_000),
                Seen = seen ?? Seen(),
            },
        };
        _watch.Add(bundle);
        if (isSent) _watch.Sent(bundle.Submission.Opportunity);
        return bundle;
    }

    private ImmutableArray<HopAmounts> Hops() =>
    [
        new HopAmounts(new Hop(_pools[0].Id, SwapDirection.AToB), new TokenAmount(AmountIn), default),
        new HopAmounts(new Hop(_pools[1].Id, SwapDirection.BToA), new TokenAmount(AmountIn), default),
    ];

    /// <summary>What our cycle yields after somebody swapped so much.</summary>
    private Lamports LeftAfter(ulong amount)
    {
        var clock = new ChainClock(new Slot(_slot), 1_774_710_000);
        ImmutableArray<Pool> pools = [.. _pools.Select(Copy)];
        ((MeteoraDammV2Pool)pools[0]).Execute(SwapDirection.AToB, new TokenAmount(amount), clock, _version + 1);
        return CycleValue.Of(Hops(), new Lamports(5_000), pools, clock)!.Value;
    }

    private FeedCursor Seen() => new(0, new Slot(_slot), _version);

    /// <summary>Swaps on the first pool the way of our cycle, and tells what that left.</summary>
    private ObservedTransaction Swap(ulong tip, ulong amount = Taking)
    {
        var pool = _pools[0];
        var quote = pool.Execute(
            SwapDirection.AToB, new TokenAmount(amount), new ChainClock(new Slot(_slot), 1_774_710_000), ++_version);
        Assert.True(quote.IsOk, $"{quote.Error}");
        var signature = new byte[TransactionSignature.Length];
        BitConverter.TryWriteBytes(signature, ++_number);
        return new ObservedTransaction
        {
            Signature = TransactionSignature.From(signature),
            Slot = new Slot(_slot),
            Index = (ulong)_number,
            IsFailed = false,
            Fee = new Lamports(5_000),
            ComputeUnits = null,
            Accounts = [pool.Id.Address],
            Writable = [pool.Id.Address],
            Balances = [],
            Instructions =
            [
                WinnerAttributionTests.Limit(100_000),
                WinnerAttributionTests.Transfer(tip > 0 ? TipAccounts.All[2] : Samples.Key("else"), Math.Max(1, tip)),
            ],
            Writes = [WriteOf(pool.Accounts[0])],
        };
    }

    private static AccountWrite WriteOf(PoolAccount account) => new()
    {
        Key = account.Key,
        Owner = account.Owner,
        Lamports = 1,
        Slot = account.Slot,
        WriteVersion = account.WriteVersion,
        Data = account.Data.ToArray(),
    };

    /// <summary>The chance is there again.</summary>
    private void Restore() => _pools[0].Apply(WriteOf(Pool("cheap", MeteoraDammV2Bytes.One).Accounts[0]) with
    {
        Slot = new Slot(_slot),
        WriteVersion = ++_version,
    });

    private ObservedTransaction Elsewhere() =>
        Swap(tip: 0, amount: 1_000) with { Writes = [Other()], Writable = [Other().Key] };

    private static AccountWrite Other() => WriteOf(Pool("other", MeteoraDammV2Bytes.One).Accounts[0]);

    private static Pool Copy(MeteoraDammV2Pool pool)
    {
        var copy = pool.NewEmpty();
        copy.CopyFrom(pool);
        return copy;
    }

    private static MeteoraDammV2Pool Pool(string name, UInt128 sqrtPrice) => new MeteoraDammV2Bytes
    {
        Address = Samples.Key(name),
        Tokens = (Mints.Wsol, Mints.Usdc),
        SqrtPrice = sqrtPrice,
    }.Pool();
}
