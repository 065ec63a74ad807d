using System.Buffers.Binary;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>
/// The address lookup table program, as its public source has it: create, extend, deactivate and close. Tables are
/// never frozen here.
/// </summary>
internal static class LookupTableExecution
{
    /// <summary>Slots whose hashes a block knows: a table is named after one, and cools down for as many.</summary>
    public const ulong SlotHashes = 512;

    private const uint Units = 750;
    private const int EmptyBytes = 56;
    private const int KeysAt = sizeof(uint) + sizeof(ulong);

    /// <summary>Executes one.</summary>
    public static ChainError? Run(Call call)
    {
        call.Effects.Use(Units);
        var data = call.Instruction.Data.Span;
        if (data.Length < sizeof(uint)) return call.Fails(InstructionFailure.InvalidInstructionData);
        if (call.Instruction.Accounts is not [{ } table, { } authority, .. var rest])
            return call.Fails(InstructionFailure.MissingAccount);
        if (!table.IsWritable) return call.Fails(InstructionFailure.ReadonlyDataModified);
        var tag = BinaryPrimitives.ReadUInt32LittleEndian(data);
        if (tag == LookupTableProgram.CreateTag) return Create(call, table.Key, authority.Key);
        if (call.Effects.Find(table.Key) is not { } account || account.Owner != Programs.AddressLookupTable
            || LookupTableAccount.Read(account.Key, account.Data.Span) is not { } held)
        {
            return call.Fails(InstructionFailure.InvalidAccountData);
        }
        if (held.Authority is not { } owner) return call.Fails(InstructionFailure.Immutable);
        if (owner != authority.Key) return call.Fails(InstructionFailure.IncorrectAuthority);
        if (!call.IsSigned(owner)) return call.Fails(InstructionFailure.MissingRequiredSignature);
        return tag switch
        {
            LookupTableProgram.ExtendTag => Extend(call, account, held),
            LookupTableProgram.DeactivateTag => Deactivate(call, account, held),
            LookupTableProgram.CloseTag when rest is [{ } recipient, ..] =>
                Close(call, account, held, recipient),
            _ => call.Fails(InstructionFailure.InvalidInstructionData),
        };
    }

    private static ChainError? Create(Call call, Pubkey table, Pubkey authority)
    {
        var data = call.Instruction.Data.Span;
        if (data.Length != KeysAt + 1) return call.Fails(InstructionFailure.InvalidInstructionData);
        if (call.Instruction.Accounts is not [_, _, { } payer, ..])
            return call.Fails(InstructionFailure.MissingAccount);
        var slot = new Slot(BinaryPrimitives.ReadUInt64LittleEndian(data[sizeof(uint)..]));
        if (!call.Effects.IsRecent(slot)) return call.Fails(InstructionFailure.InvalidInstructionData);
        var (address, bump) = LookupTableProgram.Address(authority, slot);
        if (address != table || bump != data[^1]) return call.Fails(InstructionFailure.InvalidArgument);
        if (!call.IsSigned(payer.Key)) return call.Fails(InstructionFailure.MissingRequiredSignature);
        var before = call.Effects.Find(table);
        if (before?.Owner == Programs.AddressLookupTable) return null; // made already
        var made = new LookupTableAccount
        {
            Key = table,
            DeactivatedIn = null,
            LastExtendedIn = default,
            LastExtensionStart = 0,
            Authority = authority,
            Addresses = [],
        };
        var lamports = before?.Lamports ?? 0;
        return Pay(call, payer, EmptyBytes, lamports) is { } paid
            ? Write(call, new ChainAccount(table, Programs.AddressLookupTable, lamports + paid, made.Write()))
            : call.Fails(code: 1);
    }

    private static ChainError? Extend(Call call, ChainAccount account, LookupTableAccount held)
    {
        var data = call.Instruction.Data.Span;
        if (held.DeactivatedIn is not null) return call.Fails(InstructionFailure.InvalidArgument);
        if (data.Length < KeysAt) return call.Fails(InstructionFailure.InvalidInstructionData);
        var count = BinaryPrimitives.ReadUInt64LittleEndian(data[sizeof(uint)..]);
        var isWhole = count is > 0 and <= LookupTableAccount.AddressesMax
            && data.Length == KeysAt + (int)count * Pubkey.Length
            && held.Addresses.Length + (int)count <= LookupTableAccount.AddressesMax;
        if (!isWhole) return call.Fails(InstructionFailure.InvalidInstructionData);
        var keys = new Pubkey[count];
        for (var i = 0; i < keys.Length; i++) keys[i] = new Pubkey(data[(KeysAt + i * Pubkey.Length)..]);
        var slot = call.Effects.Slot;
        var isFirst = slot != held.LastExtendedIn; // of the slot: those that it adds count from the next one on
        var extended = (held with
        {
            Addresses = held.Addresses.AddRange(keys),
            LastExtendedIn = slot,
            LastExtensionStart = isFirst ? held.Addresses.Length : held.LastExtensionStart,
        }).Write();
        var payer = call.Instruction.Accounts.Length > 2 ? call.Instruction.Accounts[2] : default;
        return Pay(call, payer, extended.Length, account.Lamports) is { } paid
            ? Write(call, account with { Data = extended, Lamports = account.Lamports + paid })
            : call.Fails(code: 1);
    }

    private static ChainError? Deactivate(Call call, ChainAccount account, LookupTableAccount held) =>
        held.DeactivatedIn is not null
            ? call.Fails(InstructionFailure.InvalidArgument)
            : Write(call, account with { Data = (held with { DeactivatedIn = call.Effects.Slot }).Write() });

    private static ChainError? Close(
        Call call, ChainAccount account, LookupTableAccount held, AccountReference recipient)
    {
        if (recipient.Key == account.Key || held.DeactivatedIn is not { } since
            || call.Effects.Slot.Value <= since.Value + SlotHashes)
        {
            return call.Fails(InstructionFailure.InvalidArgument);
        }
        if (!recipient.IsWritable) return call.Fails(InstructionFailure.ReadonlyDataModified);
        var to = call.Effects.Find(recipient.Key) ?? new ChainAccount(recipient.Key, Programs.System, 0, default);
        call.Effects.Write(to with { Lamports = to.Lamports + account.Lamports });
        return Write(call, account with { Lamports = 0, Data = default });
    }

    /// <summary>Takes from the payer what rent asks for beyond what is there; null where it does not pay.</summary>
    private static ulong? Pay(Call call, AccountReference payer, int bytes, ulong held)
    {
        var least = (ulong)Rent.Mainnet.Minimum(bytes).Value;
        if (held >= least) return 0;
        var missing = least - held;
        var isPayer = call.IsSigned(payer.Key) && payer.IsWritable;
        if (!isPayer || call.Effects.Find(payer.Key) is not { Data.IsEmpty: true } funds || funds.Lamports < missing)
            return null;
        call.Effects.Write(funds with { Lamports = funds.Lamports - missing });
        return missing;
    }

    private static ChainError? Write(Call call, ChainAccount account)
    {
        call.Effects.Write(account);
        return null;
    }
}
