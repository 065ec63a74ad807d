using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>The addresses that a message takes out of one lookup table.</summary>
/// <param name="Table">The table's account.</param>
/// <param name="Writable">Places in the table of those that may change.</param>
/// <param name="ReadOnly">Places of those that are only read.</param>
public readonly record struct AddressLookup(Pubkey Table, ReadOnlyMemory<byte> Writable, ReadOnlyMemory<byte> ReadOnly)
{
    /// <summary>Addresses taken.</summary>
    public int Count => Writable.Length + ReadOnly.Length;
}
