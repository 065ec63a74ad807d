using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>
/// Swaps executed one after the other on copies of the ledger's pools, as one transaction would; the ledger sees them
/// only when they are committed.
/// </summary>
internal sealed class PaperTrial(PaperLedger ledger, ChainClock clock)
{
    private readonly List<(LedgerPool Pool, Pool Copy)> _copies = [];
    private readonly ulong _first = ledger.Versions.Last + 1;
    private ulong _next = ledger.Versions.Last + 1;

    /// <summary>Executes a swap after those before it.</summary>
    public Quote Execute(in SwapOrder order)
    {
        if (CopyOf(order.Pool) is not { } copy) return Quote.Refused(QuoteError.NotQuotable);
        var quote = copy.Execute(order.Direction, order.AmountIn, clock, _next);
        if (!quote.IsOk) return quote;
        foreach (var account in copy.Accounts)
            if (account.WriteVersion >= _next) _next = account.WriteVersion + 1;
        return quote;
    }

    /// <summary>Makes the swaps part of the ledger and appends the writes of all changed accounts.</summary>
    public void Commit(in TransactionSignature transaction, EventBuffer changed)
    {
        foreach (var (pool, copy) in _copies)
        {
            ledger.BeginMove(pool);
            pool.Actual.CopyFrom(copy);
            ledger.Emit(pool.Actual, _first, transaction, changed);
        }
    }

    private Pool? CopyOf(PoolId id)
    {
        foreach (var (_, known) in _copies)
            if (known.Id == id) return known;
        if (ledger.FindPool(id) is not { } pool) return null;
        var copy = pool.Actual.NewEmpty();
        copy.CopyFrom(pool.Actual);
        _copies.Add((pool, copy));
        return copy;
    }
}
