using Mev.Control.Commands;
using Mev.Control.Proposals;

namespace Mev.Control.Records;

/// <summary>A proposal that the log has.</summary>
/// <param name="Proposal">Where it stands.</param>
/// <param name="Envelope">What its proposer signed.</param>
/// <param name="Reason">Why it was proposed.</param>
public sealed record RecordedProposal(Proposal Proposal, SignedCommand Envelope, string Reason);
