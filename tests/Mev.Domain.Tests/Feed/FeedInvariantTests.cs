using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using static Mev.Domain.Tests.Feed.FakeChain;

namespace Mev.Domain.Tests.Feed;

/// <summary>Invariant 6: no quote from a torn, stale or gapped pool.</summary>
public sealed class FeedInvariantTests
{
    private const int Pools = 2;

    private static readonly Gen<(int Operation, int Pool)[]> Operations =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, Pools - 1]).Array[1, 120];

    [Fact]
    public void No_torn_stale_or_gapped_pool_is_reported_as_quotable() =>
        Operations.Sample(
            operations => new Walk(new PoolAssembler(FakePool.TryCreate, FakePool.TryGetPoolOf)).Do(operations),
            iter: 2_000);

    [Fact]
    public void An_assembler_that_forgets_open_transactions_breaks_it() => Breaks(PoolCondition.Torn);

    [Fact]
    public void An_assembler_that_forgets_the_silence_of_the_feed_breaks_it() => Breaks(PoolCondition.Stale);

    [Fact]
    public void An_assembler_that_forgets_gaps_breaks_it() => Breaks(PoolCondition.Gapped);

    private static void Breaks(PoolCondition blind) =>
        Assert.Throws<CsCheckException>(() => Operations.Sample(
            operations => new Walk(new BlindAssembler(blind)).Do(operations), iter: 2_000));

    /// <summary>The mutation: one condition is never told.</summary>
    private sealed class BlindAssembler(PoolCondition blind) : PoolAssembler(FakePool.TryCreate, FakePool.TryGetPoolOf)
    {
        protected internal override PoolCondition Report(PoolCondition condition) => condition & ~blind;
    }

    /// <summary>
    /// Random happenings on a chain, and what follows from each for what may be quoted, told without the assembler:
    /// every transaction leaves both vaults of its pool with the same number.
    /// </summary>
    private sealed class Walk(PoolAssembler assembler)
    {
        private readonly bool[] _isGapped = new bool[Pools];
        private readonly List<AssembledPool> _updates = [];
        private int? _open;
        private bool _isStale;
        private ulong _slot = 100;
        private ulong _parent = 99;
        private ulong _version = 1;
        private long _nowNs = 1;

        public bool Do((int Operation, int Pool)[] operations)
        {
            Snapshot(assembler, 1, 100, Pools);
            assembler.CheckStale(_nowNs);
            return operations.All(operation => Step(operation.Operation, operation.Pool) && Holds()) && Recovers();
        }

        private bool Recovers()
        {
            NextSlot();
            Snapshot(assembler, _version, _slot, Pools);
            return Enumerable.Range(0, Pools).All(pool => assembler.Get(pool).IsQuotable());
        }

        private bool Step(int operation, int pool)
        {
            switch (operation)
            {
                case <= 3:
                    return Swap(pool);
                case <= 5:
                    NextSlot();
                    return true;
                case 6:
                    assembler.Take(FeedEvent.Gap(new Slot(_slot)));
                    (_open, _isGapped[0], _isGapped[1]) = (null, true, true);
                    return true;
                case 7:
                    Snapshot(assembler, _version++, _slot, pool + 1);
                    (_open, _isGapped[0]) = (null, false);
                    if (pool == 1) _isGapped[1] = false;
                    return true;
                case 8:
                    _nowNs += 900_000_000;
                    assembler.CheckStale(_nowNs);
                    _isStale = true;
                    return true;
                default:
                    Undo();
                    return true;
            }
        }

        private bool Swap(int pool)
        {
            var number = _version;
            _open = pool;
            assembler.Take(VaultWrite(pool, 0, number, _slot, _version++, checked((int)number)));
            if (!Holds()) return false;
            assembler.Take(VaultWrite(1 - pool, 1, 7, 99, 0, 999)); // a late copy of something old
            if (!Holds()) return false;
            assembler.Take(VaultWrite(pool, 1, number, _slot, _version++, checked((int)number)));
            return true;
        }

        private void NextSlot()
        {
            (_parent, _slot, _open) = (_slot, _slot + 1, null);
            assembler.Take(Processed(_slot, _parent), _nowNs);
            _isStale = assembler.CheckStale(_nowNs);
        }

        private void Undo()
        {
            assembler.Take(Dead(_slot), _nowNs);
            _isStale = assembler.CheckStale(_nowNs);
            _open = null;
            _slot++;
            assembler.Take(Processed(_slot, _parent), _nowNs);
        }

        private bool Holds()
        {
            assembler.Drain(_updates);
            for (var pool = 0; pool < Pools; pool++)
            {
                var update = assembler.Get(pool);
                if (!update.IsQuotable()) continue;
                if (_open == pool || _isGapped[pool] || _isStale) return false;
                var (first, second) = assembler.Numbers(pool);
                if (first != second) return false;
            }
            return _updates.All(update => !update.IsQuotable() || update.Condition == PoolCondition.None);
        }
    }
}
