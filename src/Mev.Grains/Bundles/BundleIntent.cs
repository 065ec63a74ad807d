using System.Collections.Immutable;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Signing;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Replay;

namespace Mev.Grains.Bundles;

/// <summary>A durable intent: what is sent for it, and what is written about it.</summary>
/// <param name="At">Where it stands in the journal.</param>
/// <param name="Opportunity">What it goes for.</param>
/// <param name="Decision">Its record.</param>
internal sealed record BundleIntent(IntentReference At, OpportunityId Opportunity, Decision Decision)
{
    public string Strategy => Decision.Strategy;

    /// <summary>The chain may correct what is told of it; of a paper order it cannot.</summary>
    public bool IsOnChain => Decision.Core.IsSigned;

    /// <summary>What outcomes yet to come are written from: one that is through is kept for minutes.</summary>
    public BundleIntent Through() => this with
    {
        Decision = new Decision
        {
            DecisionId = Decision.DecisionId,
            Strategy = Decision.Strategy,
            Core = new DecisionCore
            {
                OpportunityId = Decision.Core.OpportunityId,
                Value = Decision.Core.Value,
                Choice = Decision.Core.Choice,
                Moment = Decision.Core.Moment,
                RandomKey = Decision.Core.RandomKey,
                IsSigned = Decision.Core.IsSigned,
            },
        },
    };

    public BundleSubmission Submission(ImmutableArray<ReadOnlyMemory<byte>> signed) => new()
    {
        Opportunity = Opportunity,
        Message = Decision.Core.Message.Memory,
        MessageHash = new Digest(Decision.Core.MessageHash.Span),
        Transactions = signed,
        LastValidBlockHeight = Decision.Core.Moment?.LastValidBlockHeight ?? 0,
        Hops = RecordedOpportunity.HopsOf(Decision.Core),
        Fee = new Lamports(Decision.Core.GrossProfit - Decision.Core.Value),
        Tip = new Lamports(Decision.Core.Tip),
        Seen = RecordedOpportunity.SeenBy(Decision.Core),
        ProfitMin = RecordedOpportunity.ProfitMinOf(Decision.Core) ?? Lamports.Zero,
    };

    /// <summary>The outcome of one that nothing was observed of.</summary>
    public BundleOutcome Unobserved(BundleOutcomeKind kind, OutcomeCause cause, long nowNs) => BundleOutcome.Unobserved(
        Opportunity, kind, cause, Cursors.Read(Decision.Cursor), new Slot(Decision.Core.Slot), nowNs);

    /// <summary>The record of a hand-over.</summary>
    public AuditEntry Attempt(string endpoint, ImmutableArray<ReadOnlyMemory<byte>> signed, long nowNs) => new(
        RecordType.Attempt,
        Opportunity.Value,
        new AuditRecord
        {
            Attempt = new Attempt
            {
                OpportunityId = Decision.Core.OpportunityId,
                DecisionId = Decision.DecisionId,
                IntentOffset = At.Offset,
                MessageHash = Decision.Core.MessageHash,
                Endpoint = endpoint,
                SentNs = nowNs,
                Signatures = { SigningDesk.Signatures(signed).Select(bytes => ByteString.CopyFrom(bytes.Span)) },
            },
        });
}
