using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Cycles;

namespace Mev.Adapters.Solana.Bundles;

/// <summary>One hop of a cycle to be sent.</summary>
/// <param name="Accounts">What its swap passes.</param>
/// <param name="Amounts">What the exact quote says, with the ticks crossed or bins moved.</param>
public readonly record struct CycleHop(ISwapAccounts Accounts, SizedHop Amounts);
