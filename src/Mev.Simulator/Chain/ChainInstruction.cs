using System.Collections.Immutable;

namespace Mev.Simulator.Chain;

/// <summary>An instruction as a transaction names it: places in its list of accounts.</summary>
/// <param name="Program">Place of the program.</param>
/// <param name="Accounts">Places of its accounts.</param>
/// <param name="Data">Its data.</param>
internal sealed record ChainInstruction(byte Program, ImmutableArray<byte> Accounts, ReadOnlyMemory<byte> Data);
