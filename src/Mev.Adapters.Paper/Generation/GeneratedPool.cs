using System.Collections.Immutable;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper.Generation;

/// <summary>A pool of the generated market, executed upon.</summary>
/// <param name="Pool">The pool and its bytes.</param>
/// <param name="Balances">For each of its accounts, what lamports it holds.</param>
/// <param name="Plan">What it was made from.</param>
internal sealed record GeneratedPool(Pool Pool, ImmutableArray<GeneratedBalance> Balances, GeneratedPlan Plan);
