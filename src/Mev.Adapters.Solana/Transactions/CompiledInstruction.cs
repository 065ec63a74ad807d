namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// An instruction inside a message: accounts are places among all keys of the message, static ones first, then looked
/// up ones, writable before read-only.
/// </summary>
/// <param name="Program">Place of the program, always a static key.</param>
/// <param name="Accounts">Places of the accounts.</param>
/// <param name="Data">The arguments.</param>
public readonly record struct CompiledInstruction(
    byte Program, ReadOnlyMemory<byte> Accounts, ReadOnlyMemory<byte> Data);
