using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using static Mev.Domain.Tests.Feed.FakeChain;

namespace Mev.Domain.Tests.Feed;

/// <summary>Whatever a feed says, the assembler goes on, within its bounds, and quotes no unknown pool.</summary>
public sealed class HostileFeedTests
{
    private static readonly AssemblerLimits Small = new()
    {
        PoolsMax = 4,
        OrphansMax = 5,
        LostPoolsMax = 2,
        VersionsMax = 3,
        SlotsMax = 6,
        DeadSlotsMax = 3,
        TransactionAccountsMax = 3,
        AccountsPerPoolMax = 4,
    };

    private static readonly byte[][] Heads =
    [
        Convert.FromHexString("3f95d10ce1806309"), Convert.FromHexString("4561bdbe6e0742bb"),
        Convert.FromHexString("11d8f68ee1c7da38"), Convert.FromHexString("f7ede3f5d7c3de46"),
        Convert.FromHexString("f19a6d0411b16dbc"), [1, 1, 1, 1, 1, 1, 1, 1],
        Convert.FromHexString("c09b55cd31f9812a"), Convert.FromHexString("3c9624db61808b99"), new byte[8],
    ];

    private static readonly Gen<ulong> Numbers =
        OneOf(0UL, 1UL, 99UL, 100UL, 101UL, 102UL, 110UL, ulong.MaxValue);

    private static readonly Gen<AccountWrite> Writes =
        from key in Gen.Int[0, 9]
        from owner in OneOf(
            Programs.Whirlpool, Programs.RaydiumAmmV4, Programs.RaydiumCpmm, Programs.RaydiumClmm,
            Programs.OrcaTokenSwap, Programs.MeteoraDammV2, Programs.PumpSwap, Programs.Token, default)
        from length in OneOf(
            0, 8, 40, 82, 165, 236, 301, 324, 637, 653, 752, 1_112, 1_544, 1_832, 9_988, 10_240, 17_000)
        from head in OneOf(Heads)
        from fill in Gen.Byte
        from slot in Numbers
        from version in Numbers
        from transaction in Gen.Int[0, 3]
        from startup in Gen.Bool
        select new AccountWrite
        {
            Key = key == 0 ? Programs.ClockSysvar : Key($"hostile {key}"),
            Owner = owner,
            Lamports = fill,
            Slot = new Slot(slot),
            WriteVersion = version,
            Transaction = transaction == 0 ? default : Signature(transaction),
            IsStartup = startup,
            Data = Bytes(length, head, fill),
        };

    private static readonly Gen<FeedEvent> Events = Gen.Frequency(
        (6, Writes.Select(write => FeedEvent.Of(write))),
        (4, Gen.Select(Gen.Int[0, 6], Numbers, Numbers).Select((status, slot, parent) =>
            FeedEvent.SlotIs((SlotStatus)status, new Slot(slot), new Slot(parent)))),
        (1, Gen.Select(Numbers, Gen.Long).Select((slot, time) => FeedEvent.TimeIs(new Slot(slot), time))),
        (1, Numbers.Select(slot => FeedEvent.SnapshotComplete(new Slot(slot)))),
        (1, Numbers.Select(slot => FeedEvent.Gap(new Slot(slot)))),
        (1, Gen.Int[0, 3].Select(number => FeedEvent.Swap(default, Signature(number)))),
        (1, Gen.Const(default(FeedEvent))));

    [Fact]
    public void Nothing_that_a_feed_says_makes_the_assembler_throw_or_quote_an_unknown_pool() =>
        Gen.Select(Events.Array[0, 80], Gen.Long.Array[80]).Sample(
            (events, times) =>
            {
                var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf, Small);
                var updates = new List<AssembledPool>();
                for (var i = 0; i < events.Length; i++)
                {
                    assembler.Take(events[i], times[i]);
                    assembler.CheckStale(times[^(i + 1)]);
                    assembler.Drain(updates);
                    if (assembler.NeedsSnapshot && updates.Exists(update => update.IsQuotable())) return false;
                }
                return assembler.PoolCount <= Small.PoolsMax;
            },
            iter: 3_000);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static byte[] Bytes(int length, byte[] head, byte fill)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(fill);
        head.AsSpan(0, Math.Min(length, head.Length)).CopyTo(bytes);
        return bytes;
    }
}
