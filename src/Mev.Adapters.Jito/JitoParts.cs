using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;

namespace Mev.Adapters.Jito;

/// <summary>What a sender is made of.</summary>
/// <param name="Options">Which engine, and the bounds.</param>
/// <param name="Chain">Asked what became of bundles.</param>
/// <param name="Key">An approved key; null for calls without one.</param>
/// <param name="Permit">Asked before each first byte.</param>
/// <param name="ValueAtSlot">Recomputes what a chance was worth.</param>
/// <param name="Counts">Where it counts.</param>
/// <param name="Time">Timeouts, waits and stamps.</param>
/// <param name="Chance">Uniform numbers from 0 to 1 that spread waits.</param>
/// <param name="Cycles">
/// Hears of each submission before its bytes leave and tells what a landing brought; null where
/// <paramref name="ValueAtSlot"/> tells it.
/// </param>
/// <param name="Chances">Looks who took what was submitted; null where nobody observes the chain.</param>
internal sealed record JitoParts(
    JitoOptions Options, IChainReader Chain, SigningKey? Key, SendPermit Permit, ValueAtSlot ValueAtSlot,
    JitoCounts Counts, TimeProvider Time, Func<double> Chance, SubmittedCycles? Cycles = null,
    ChanceWatch? Chances = null);
