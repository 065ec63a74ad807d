using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>A cycle that was paid and whose gap the feed itself has not closed yet.</summary>
internal sealed class SpentCycle
{
    // From 8 times the amount paid down to 1/512 of it: between these a gap that still pays shows itself.
    private const int LargerSteps = 3;
    private const int SmallerSteps = 9;

    public SpentCycle(ImmutableArray<Hop> hops, Lamports fee)
    {
        (Hops, Fee) = (hops, fee);
        Takes = [.. hops.Select(hop => new SpentTake(hop.Pool, hop.Direction))];
    }

    /// <summary>The hops as paid.</summary>
    public ImmutableArray<Hop> Hops { get; }

    /// <summary>One take for each hop.</summary>
    public ImmutableArray<SpentTake> Takes { get; }

    /// <summary>The lowest fee of a landing of it.</summary>
    public Lamports Fee { get; private set; }

    /// <summary>Some pool of it shows a state in which it was not paid.</summary>
    public bool IsUndone => Takes.Any(take => take.IsUndone);

    /// <summary>Adds a landing.</summary>
    public void Add(ReadOnlySpan<TokenAmount> amountsIn, Lamports fee)
    {
        for (var i = 0; i < Takes.Length; i++) Takes[i].Add(amountsIn[i]);
        if (fee < Fee) Fee = fee;
    }

    /// <summary>The same round trip, whatever hop it starts with.</summary>
    public bool IsSameAs(ImmutableArray<Hop> hops)
    {
        if (hops.Length != Hops.Length) return false;
        for (var shift = 0; shift < hops.Length; shift++)
            if (IsSameFrom(hops, shift)) return true;
        return false;
    }

    /// <summary>
    /// On the feed's own bytes no amount pays: the marginal rates give no more than goes in, or none of the amounts
    /// from 8 times what was paid down to 1/512 of it returns more than the fee. A pool that cannot be quoted proves
    /// nothing.
    /// </summary>
    public bool IsClosed(PaperLedger ledger, in ChainClock clock)
    {
        var rate = 1.0;
        foreach (var hop in Hops)
        {
            if (ledger.FindRecorded(hop.Pool) is not { Defect: PoolDefect.None } pool) return false;
            rate *= pool.MarginalRate(hop.Direction);
        }
        return rate <= 1.0 || !PaysAnything(ledger, clock);
    }

    private bool PaysAnything(PaperLedger ledger, in ChainClock clock)
    {
        var paid = Takes[0].AmountIn.Units;
        for (var step = 0; step <= SmallerSteps; step++)
            if (Pays(ledger, paid >> step, clock)) return true;
        for (var step = 1; step <= LargerSteps; step++)
            if (paid <= ulong.MaxValue >> step && Pays(ledger, paid << step, clock)) return true;
        return false;
    }

    private bool Pays(PaperLedger ledger, ulong amountIn, in ChainClock clock)
    {
        var amount = new TokenAmount(amountIn);
        foreach (var hop in Hops)
        {
            var quote = ledger.FindRecorded(hop.Pool)!.QuoteExactIn(hop.Direction, amount, clock);
            if (!quote.IsOk) return false;
            amount = quote.AmountOut;
        }
        return (Int128)amount.Units - amountIn - Fee.Value > 0;
    }

    private bool IsSameFrom(ImmutableArray<Hop> hops, int shift)
    {
        for (var i = 0; i < hops.Length; i++)
            if (hops[(i + shift) % hops.Length] != Hops[i]) return false;
        return true;
    }
}
