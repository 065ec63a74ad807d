using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;

namespace Mev.Grains.Strategies;

/// <summary>
/// The mutation <see cref="WriteAheadRule.SendBeforeDurable"/>: bytes go to the sender past bundle and journal. Does
/// nothing under any other rule.
/// </summary>
internal sealed class EarlyHandOver(WriteAheadRule rule, IBundleSender sender)
{
    public async ValueTask Send(Decision[] decisions)
    {
        if (rule != WriteAheadRule.SendBeforeDurable) return;
        foreach (var decision in decisions)
        {
            if (decision.Action != DecisionAction.Submit) continue;
            await sender.Submit(new BundleSubmission
            {
                Opportunity = decision.Opportunity.Id,
                Message = decision.Message,
                MessageHash = Digest.Of(decision.Message.Span),
            });
        }
    }
}
