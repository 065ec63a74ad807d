using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Journal.Audit;
using SigningRefusal = Mev.Domain.Signing.SigningRefusal;

namespace Mev.Journal.Signing;

/// <summary>Writes what the signer refused.</summary>
public static class SigningRecords
{
    /// <summary>The record of a refused intent, with the rule that refused it.</summary>
    public static AuditEntry Refusal(SigningRefusal refusal, Decision intent, long intentOffset) => new(
        RecordType.SigningRefusal,
        new Digest(intent.Core.OpportunityId.Span),
        new AuditRecord
        {
            SigningRefusal = new Contracts.V1.SigningRefusal
            {
                OpportunityId = intent.Core.OpportunityId,
                DecisionId = intent.DecisionId,
                Strategy = intent.Strategy,
                IntentOffset = intentOffset,
                Rule = (uint)refusal.Rule,
                RuleId = refusal.Rule.Id(),
                Sentence = refusal.Sentence,
                MessageHash = intent.Core.MessageHash,
            },
        });
}
