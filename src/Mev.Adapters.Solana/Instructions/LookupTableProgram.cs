using System.Buffers.Binary;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>Instructions to the address lookup table program.</summary>
public static class LookupTableProgram
{
    /// <summary>First word of the data of <see cref="Create"/>.</summary>
    public const uint CreateTag = 0;

    /// <summary>First word of the data of <see cref="Extend"/>.</summary>
    public const uint ExtendTag = 2;

    /// <summary>First word of the data of <see cref="Deactivate"/>.</summary>
    public const uint DeactivateTag = 3;

    /// <summary>First word of the data of <see cref="Close"/>.</summary>
    public const uint CloseTag = 4;

    /// <summary>Address of the table that an authority creates in the name of a recent slot.</summary>
    public static ProgramAddress Address(Pubkey authority, Slot recentSlot)
    {
        var slot = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(slot, recentSlot.Value);
        return ProgramAddress.Find(Programs.AddressLookupTable, authority.ToArray(), slot);
    }

    /// <summary>Creates an empty table; the slot must still be among the recent ones when it lands.</summary>
    public static Instruction Create(Pubkey authority, Pubkey payer, Slot recentSlot)
    {
        var (table, bump) = Address(authority, recentSlot);
        return Of(table, authority, payer, InstructionBytes.Of(
            InstructionBytes.Tag(CreateTag), [recentSlot.Value], [bump]));
    }

    /// <summary>Appends addresses; they can be used from the next slot on.</summary>
    public static Instruction Extend(
        Pubkey table, Pubkey authority, Pubkey payer, IReadOnlyList<Pubkey> addresses) =>
        Of(table, authority, payer, InstructionBytes.Of(
            InstructionBytes.Tag(ExtendTag),
            [(ulong)addresses.Count],
            addresses.SelectMany(address => address.ToArray()).ToArray()));

    /// <summary>Ends a table's use: from then on no message may use it.</summary>
    public static Instruction Deactivate(Pubkey table, Pubkey authority) => new()
    {
        Program = Programs.AddressLookupTable,
        Accounts = [AccountReference.Writable(table), AccountReference.Signer(authority)],
        Data = InstructionBytes.Tag(DeactivateTag),
    };

    /// <summary>Removes a table whose use ended some hundred slots ago; its deposit comes back.</summary>
    public static Instruction Close(Pubkey table, Pubkey authority, Pubkey recipient) => new()
    {
        Program = Programs.AddressLookupTable,
        Accounts = [
            AccountReference.Writable(table), AccountReference.Signer(authority),
            AccountReference.Writable(recipient)],
        Data = InstructionBytes.Tag(CloseTag),
    };

    private static Instruction Of(Pubkey table, Pubkey authority, Pubkey payer, byte[] data) => new()
    {
        Program = Programs.AddressLookupTable,
        Accounts = [
            AccountReference.Writable(table),
            AccountReference.Signer(authority),
            AccountReference.WritableSigner(payer),
            AccountReference.ReadOnly(Programs.System)],
        Data = data,
    };
}
