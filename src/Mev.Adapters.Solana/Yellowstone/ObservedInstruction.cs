using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>One executed instruction.</summary>
/// <param name="Program">The program.</param>
/// <param name="Accounts">Its accounts, in the program's order.</param>
/// <param name="Data">Its data.</param>
/// <param name="Outer">Number of the message's instruction that it is, or that called it.</param>
/// <param name="Depth">1 for one of the message, more for an inner one; 0 for an inner one of unknown depth.</param>
public sealed record ObservedInstruction(
    Pubkey Program, ImmutableArray<Pubkey> Accounts, ReadOnlyMemory<byte> Data, int Outer, int Depth);
