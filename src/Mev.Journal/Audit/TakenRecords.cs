using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Journal.Strategies;

namespace Mev.Journal.Audit;

/// <summary>Writes and reads who took the chances that strategies let pass.</summary>
public static class TakenRecords
{
    /// <summary>The record of a skip whose chance somebody took.</summary>
    /// <param name="skip">What the strategy knows of it, as of an intent; it has no arm.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="key">The random key that it was decided with.</param>
    /// <param name="winner">Who took it.</param>
    /// <param name="observedMs">When that was seen, milliseconds since 1970.</param>
    public static AuditEntry Of(
        OpenIntent skip, string strategy, RandomKey key, AttributedWinner winner, long observedMs)
    {
        var record = new TakenChance
        {
            OpportunityId = ByteString.CopyFrom(skip.Opportunity.Value.ToArray()),
            Strategy = strategy,
            SkipOffset = skip.Offset,
            Value = skip.Value.Value,
            WinnerTip = winner.Bid.Value,
            Winner = OutcomeRecords.Write(winner),
            ObservedMs = observedMs,
            RandomKey = key.Value,
            Surroundings = skip.Surroundings is { } seen ? SurroundingsRecords.Write(seen) : null,
        };
        record.Pools.AddRange(skip.Pools.Select(pool => ByteString.CopyFrom(pool.Address.ToArray())));
        return new AuditEntry(
            RecordType.TakenChance, skip.Opportunity.Value, new AuditRecord { TakenChance = record });
    }

    /// <summary>The skip that a record is of.</summary>
    public static OpenIntent ReadSkip(TakenChance record) => new()
    {
        Opportunity = new OpportunityId(new Digest(record.OpportunityId.Span)),
        Offset = record.SkipOffset,
        Arm = -1,
        Value = new Lamports(record.Value),
        Surroundings = SurroundingsRecords.Read(record.Surroundings),
        Pools = [.. record.Pools.Select(pool => new PoolId(new Pubkey(pool.Span)))],
    };
}
