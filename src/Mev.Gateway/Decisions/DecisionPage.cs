using System.Collections.Immutable;

namespace Mev.Gateway.Decisions;

/// <summary>
/// A page of decisions, the newest first; <c>Next</c> goes on from it and is null at the journal's beginning.
/// </summary>
internal sealed record DecisionPage(ImmutableArray<DecisionLine> Decisions, string? Next);
