using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing.Treasury;

/// <summary>
/// Reads a message of the treasury by making what it could be anew: its arguments are read, the form's instructions are
/// built from them, and every byte and account must be equal. Never throws.
/// </summary>
internal static class TreasuryDecoder
{
    private const int TokenAccountsMax = 8;
    private const int TableBytes = 56; // of an empty one
    private const int SeedLengthAt = sizeof(uint) + Pubkey.Length;
    private const int SeedAt = SeedLengthAt + sizeof(ulong);
    private const int SeedMax = 32; // of the system program
    private const int TableCountAt = sizeof(uint);
    private const int TableKeysAt = TableCountAt + sizeof(ulong);
    private const int TokenAccountBytesMax = 512; // 165 of SPL Token, more with extensions of Token-2022

    private static readonly Lamports Token = Rent.Mainnet.Minimum(TokenLayout.AccountLength);

    /// <summary>The message decoded, of unknown form when it is none; null when the bytes are no message.</summary>
    public static DecodedOrder? Read(TreasuryRequest request)
    {
        if (MessageBytes.Read(request.Message.Span, out _) is not { } message) return null;
        if (message.Defect() != TransactionDefect.None || message.Lookups.Length > 0) return null;
        if (MessageInstructions.Of(message, []) is not { } instructions) return null;
        var order = new DecodedOrder { Request = request, Message = message, Form = TreasuryForm.Unknown };
        var (limit, price) = (TransactionLimits.ComputeUnitsMax, 0UL);
        var rest = instructions;
        if (rest is [var first, ..] && IsBudget(first) && ComputeBudget.TryReadLimit(first.Data.Span, out var units))
            (limit, rest) = (units, rest.RemoveAt(0));
        if (rest is [var second, ..] && IsBudget(second) && ComputeBudget.TryReadPrice(second.Data.Span, out var each))
            (price, rest) = (each, rest.RemoveAt(0));
        if ((UInt128)price * limit > long.MaxValue) return order;
        return Of(order with { Fee = TransactionFee.Of(message.Header.Signers, limit, price) }, rest);
    }

    private static DecodedOrder Of(DecodedOrder order, ImmutableArray<Instruction> rest)
    {
        if (rest.IsEmpty) return order;
        var (payer, first) = (order.Payer, rest[0]);
        if (first.Program == Programs.AddressLookupTable) return Table(order, rest);
        if (first.Program == Programs.AssociatedToken && rest is [_, var paid, _] && TransferOf(paid) is { } amount)
            return Wrap(order, rest, payer, amount);
        if (first.Program == Programs.AssociatedToken) return TokenAccounts(order, rest);
        if (first.Program == Programs.Token) return Unwrap(order, rest);
        if (first.Program != Programs.System) return order;
        if (rest is [var one] && TransferOf(one) is { } moved && one.Accounts.Length == 2)
        {
            var to = one.Accounts[1].Key;
            return Same(rest, SystemProgram.Transfer(payer, to, moved))
                ? order with { Form = TreasuryForm.Fund, Destination = to, Amount = moved }
                : order;
        }
        return TransferOf(first) is { } self ? Probe(order, rest, self) : Nonce(order, rest);
    }

    private static DecodedOrder Wrap(
        DecodedOrder order, ImmutableArray<Instruction> rest, Pubkey payer, Lamports amount)
    {
        var wrapped = AssociatedToken.Address(payer, Mints.Wsol, Programs.Token);
        return Same(
            rest, AssociatedToken.Create(payer, payer, Mints.Wsol, Programs.Token),
            SystemProgram.Transfer(payer, wrapped, amount), TokenProgram.SyncNative(wrapped))
            ? order with { Form = TreasuryForm.Wrap, Destination = payer, Amount = amount + Token }
            : order;
    }

    private static DecodedOrder Unwrap(DecodedOrder order, ImmutableArray<Instruction> rest)
    {
        var wrapped = AssociatedToken.Address(order.Payer, Mints.Wsol, Programs.Token);
        return Same(rest, TokenProgram.Close(wrapped, order.Payer, order.Payer))
            ? order with { Form = TreasuryForm.Unwrap, Destination = order.Payer }
            : order;
    }

    private static DecodedOrder TokenAccounts(DecodedOrder order, ImmutableArray<Instruction> rest)
    {
        if (rest.Length > TokenAccountsMax || rest[0].Accounts.Length != 6) return order;
        var wallet = rest[0].Accounts[2].Key;
        foreach (var create in rest)
        {
            if (create.Program != Programs.AssociatedToken || create.Accounts.Length != 6) return order;
            var (mint, program) = (create.Accounts[3].Key, create.Accounts[5].Key);
            if (program != Programs.Token && program != Programs.Token2022) return order;
            if (!Same(create, AssociatedToken.Create(order.Payer, wallet, mint, program))) return order;
        }
        var deposits = rest.Length * Rent.Mainnet.Minimum(TokenAccountBytesMax).Value;
        return order with
        {
            Form = TreasuryForm.TokenAccounts,
            Destination = wallet,
            Amount = new Lamports(deposits),
        };
    }

    private static DecodedOrder Probe(DecodedOrder order, ImmutableArray<Instruction> rest, Lamports self)
    {
        if (rest is not [_, { Accounts: [_, var account, .. var named] } second]) return order;
        if (TransferOf(second) is not { } tip || !TipAccounts.Contains(account.Key)) return order;
        if (named.Length > 1 || !named.All(key => DontFrontKey.Is(key.Key))) return order;
        return Same(
            rest, SystemProgram.Transfer(order.Payer, order.Payer, self),
            SystemProgram.Transfer(order.Payer, account.Key, tip, [.. named.Select(key => key.Key)]))
            ? order with { Form = TreasuryForm.Probe, Destination = order.Payer, Amount = tip, Tip = tip }
            : order;
    }

    private static DecodedOrder Nonce(DecodedOrder order, ImmutableArray<Instruction> rest)
    {
        var data = rest[0].Data.Span;
        if (data.Length < SeedAt) return order;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(data[SeedLengthAt..]);
        if (length > SeedMax || data.Length < SeedAt + (int)length) return order;
        var seed = data.Slice(SeedAt, (int)length);
        if (!Ascii.IsValid(seed)) return order;
        return Same(rest, [.. SystemProgram.CreateNonce(order.Payer, Encoding.ASCII.GetString(seed))])
            ? order with
            {
                Form = TreasuryForm.Nonce,
                Destination = order.Payer,
                Amount = Rent.Mainnet.Minimum(DurableNonce.Length),
            }
            : order;
    }

    /// <summary>One instruction to a table, or one that makes it and one that fills it.</summary>
    private static DecodedOrder Table(DecodedOrder order, ImmutableArray<Instruction> rest)
    {
        if (rest.Length > 2 || rest[0].Accounts.IsEmpty || rest[^1].Accounts.IsEmpty) return order;
        var (payer, table, deposit) = (order.Payer, rest[0].Accounts[0].Key, Lamports.Zero);
        var fills = rest;
        if (Created(payer, rest[0]) is { } created)
        {
            if (!Same(rest[0], created)) return order;
            (deposit, fills) = (Rent.Mainnet.Minimum(TableBytes), rest.RemoveAt(0));
        }
        if (fills.Length == 1 && Extended(payer, table, fills[0]) is { } extended && Same(fills[0], extended.Made))
            (deposit, fills) = (deposit + extended.Deposit, []);
        var isEnd = rest.Length == 1 && (Same(rest[0], LookupTableProgram.Deactivate(table, payer))
            || Same(rest[0], LookupTableProgram.Close(table, payer, payer)));
        return fills.IsEmpty || isEnd
            ? order with { Form = TreasuryForm.LookupTable, Destination = payer, Amount = deposit }
            : order;
    }

    private static Instruction? Created(Pubkey payer, Instruction instruction)
    {
        var data = instruction.Data.Span;
        if (data.Length != sizeof(uint) + sizeof(ulong) + 1 || BinaryPrimitives.ReadUInt32LittleEndian(data) != 0)
            return null;
        return LookupTableProgram.Create(
            payer, payer, new Slot(BinaryPrimitives.ReadUInt64LittleEndian(data[sizeof(uint)..])));
    }

    private static (Instruction Made, Lamports Deposit)? Extended(Pubkey payer, Pubkey table, Instruction instruction)
    {
        var data = instruction.Data.Span;
        if (data.Length < TableKeysAt) return null;
        var count = BinaryPrimitives.ReadUInt64LittleEndian(data[TableCountAt..]);
        if (count is 0 or > LookupTableAccount.AddressesMax) return null;
        if (data.Length != TableKeysAt + (int)count * Pubkey.Length) return null;
        var keys = new Pubkey[count];
        for (var i = 0; i < keys.Length; i++) keys[i] = new Pubkey(data[(TableKeysAt + i * Pubkey.Length)..]);
        var deposit = Rent.Mainnet.Minimum(keys.Length * Pubkey.Length) - Rent.Mainnet.Minimum(0);
        return (LookupTableProgram.Extend(table, payer, payer, keys), deposit);
    }

    private static bool IsBudget(Instruction instruction) =>
        instruction.Program == Programs.ComputeBudget && instruction.Accounts.IsEmpty;

    private static Lamports? TransferOf(Instruction instruction) => instruction.Program == Programs.System
        && SystemProgram.TryReadTransfer(instruction.Data.Span, out var lamports) && lamports <= long.MaxValue / 2
            ? new Lamports((long)lamports)
            : null;

    private static bool Same(ImmutableArray<Instruction> read, params ReadOnlySpan<Instruction> made)
    {
        if (read.Length != made.Length) return false;
        for (var i = 0; i < made.Length; i++)
            if (!Same(read[i], made[i])) return false;
        return true;
    }

    /// <summary>Flags are the message's to say: a key that signs somewhere signs everywhere.</summary>
    private static bool Same(Instruction read, Instruction made)
    {
        if (read.Program != made.Program || read.Accounts.Length != made.Accounts.Length) return false;
        if (!read.Data.Span.SequenceEqual(made.Data.Span)) return false;
        foreach (var (account, other) in read.Accounts.Zip(made.Accounts))
            if (account.Key != other.Key) return false;
        return true;
    }
}
