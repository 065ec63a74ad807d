using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Opportunities;

namespace Mev.Fault.Tests.Evidence;

/// <summary>A decision as the journal holds it.</summary>
internal sealed record RecordedDecision(
    string Strategy,
    OpportunityId Opportunity,
    Digest Core,
    DecisionAction Action,
    DecisionReason Reason,
    Digest Posterior,
    string Message);
