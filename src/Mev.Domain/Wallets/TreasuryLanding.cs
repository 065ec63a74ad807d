using Mev.Domain.Chain;

namespace Mev.Domain.Wallets;

/// <summary>What a transaction of the treasury did, as its block says it.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="IsFailed">It failed there: nothing but its fee was taken.</param>
/// <param name="Fee">What it was charged.</param>
/// <param name="Change">What its payer has more than before, its wrapped SOL and the fee included.</param>
public readonly record struct TreasuryLanding(Slot Slot, bool IsFailed, Lamports Fee, Lamports Change);
