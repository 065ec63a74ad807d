using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>What a transaction of ours changed the wallet by, as the chain shows it.</summary>
/// <param name="Value">
/// Lamports and wrapped SOL together, the tip that was paid added back: profit after fees and before the tip. Of one
/// that failed its fee, negative.
/// </param>
/// <param name="Tokens">The wallet's other token accounts: what hops yielded above what the next put in.</param>
public readonly record struct Realised(Lamports Value, TokenChanges Tokens);
