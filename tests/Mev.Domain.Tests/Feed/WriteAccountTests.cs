using CsCheck;
using Mev.Domain.Feed;
using static Mev.Domain.Tests.Feed.FakeChain;

namespace Mev.Domain.Tests.Feed;

/// <summary>
/// Invariant 9 at the assembler: every write that a feed brings is applied, or counted under why it was not, however
/// small the bounds are.
/// </summary>
public sealed class WriteAccountTests
{
    private const int Pools = 3;

    private static readonly AssemblerLimits Small = new()
    {
        PoolsMax = 2,
        AccountsPerPoolMax = 4,
        OrphansMax = 2,
        LostPoolsMax = 1,
        VersionsMax = 2,
        SlotsMax = 3,
        DeadSlotsMax = 1,
        TransactionAccountsMax = 2,
    };

    private static readonly Gen<(int Operation, int Pool, int Back)[]> Operations =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, Pools - 1], Gen.Int[0, 5]).Array[1, 150];

    [Fact]
    public void Every_write_is_applied_or_counted_under_why_not() =>
        Operations.Sample(operations => AllIsAccountedFor(operations, static _ => true), iter: 2_000);

    [Fact]
    public void A_feed_that_loses_a_write_on_the_way_breaks_it() =>
        Assert.Throws<CsCheckException>(() => Operations.Sample(
            operations => AllIsAccountedFor(operations, static number => number % 16 != 15), iter: 2_000));

    private static bool AllIsAccountedFor((int Operation, int Pool, int Back)[] operations, Func<int, bool> arrives)
    {
        var assembler = new PoolAssembler(FakePool.TryCreate, FakePool.TryGetPoolOf, Small);
        Snapshot(assembler, 1, 100, Pools);
        var before = assembler.Counts.Writes;
        var (slot, offered) = (101UL, 0);
        foreach (var (operation, pool, back) in operations)
        {
            switch (operation)
            {
                case <= 6:
                    var write = VaultWrite(pool, operation % 2, (ulong)operation, slot - (ulong)back, (ulong)back, 1);
                    if (arrives(offered++)) assembler.Take(write);
                    break;
                case 7:
                    assembler.Take(Dead(slot - (ulong)back));
                    break;
                default:
                    assembler.Take(Processed(slot + 1, slot++));
                    break;
            }
            var counts = assembler.Counts;
            if (counts.Writes - before != offered) return false;
            var booked = counts.Applied + counts.Duplicates + counts.Late + counts.DeadSlotWrites;
            if (counts.Writes != booked) return false;
        }
        return true;
    }
}
