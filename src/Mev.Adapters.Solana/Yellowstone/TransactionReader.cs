using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// Reads a transaction with its inner instructions. Nothing throws: a transaction that contradicts itself has a defect.
/// </summary>
internal static class TransactionReader
{
    // An account is named by one byte; what a packet and a call between programs carry is the chain's bound.
    private const int AccountsMax = 256;
    private const int InnerDataMax = 10 << 10;
    private const int InstructionsMax = TransactionLimits.PacketBytesMax; // the runtime executes 64

    /// <summary>The transaction; its defect when it cannot be one.</summary>
    public static WireDefect Read(SubscribeUpdateTransaction update, out ObservedTransaction? read)
    {
        read = null;
        if (update.Transaction is not { Transaction.Message: { } message, Meta: { } meta } told)
            return WireDefect.PartMissing;
        if (told.Signature.Length != TransactionSignature.Length) return WireDefect.SignatureLength;
        if (!IsOfSize(message, meta)) return WireDefect.TransactionSize;
        ByteString[] addresses =
            [.. message.AccountKeys, .. meta.LoadedWritableAddresses, .. meta.LoadedReadonlyAddresses];
        if (!Array.TrueForAll(addresses, address => address.Length == Pubkey.Length)) return WireDefect.AddressLength;
        ImmutableArray<Pubkey> accounts = [.. addresses.Select(address => new Pubkey(address.Span))];
        if (!TryReadInstructions(message, meta, accounts, out var instructions)) return WireDefect.AccountIndex;
        if (TokensOf(meta, accounts) is not { } tokens) return WireDefect.TokenBalance;
        if (meta.Fee > long.MaxValue) return WireDefect.PartMissing;
        read = new ObservedTransaction
        {
            Signature = TransactionSignature.From(told.Signature.Span),
            Slot = new Slot(update.Slot),
            Index = told.Index,
            IsFailed = meta.Err is not null,
            Fee = new Lamports((long)meta.Fee),
            ComputeUnits = meta.HasComputeUnitsConsumed ? meta.ComputeUnitsConsumed : null,
            Accounts = accounts,
            Writable = [.. accounts.Where((_, place) => IsWritable(place, message, meta))],
            Balances = BalancesOf(meta, accounts.Length),
            Tokens = tokens,
            Instructions = instructions,
        };
        return WireDefect.None;
    }

    /// <summary>Before anything is copied: a message of the stream is long enough for millions of indexes.</summary>
    private static bool IsOfSize(Message message, TransactionStatusMeta meta)
    {
        var accounts = message.AccountKeys.Count + meta.LoadedWritableAddresses.Count
            + meta.LoadedReadonlyAddresses.Count;
        var inner = meta.InnerInstructions.Sum(group => (long)group.Instructions.Count);
        return accounts <= AccountsMax && meta.InnerInstructions.Count <= InstructionsMax
            && message.Instructions.Count + inner <= InstructionsMax
            && message.Instructions.All(call =>
                call.Accounts.Length <= AccountsMax && call.Data.Length <= TransactionLimits.PacketBytesMax)
            && meta.InnerInstructions.All(group => group.Instructions.All(call =>
                call.Accounts.Length <= AccountsMax && call.Data.Length <= InnerDataMax));
    }

    /// <summary>
    /// Static keys are parted by the header, as the message's form has it; looked up ones come writable first.
    /// </summary>
    private static bool IsWritable(int place, Message message, TransactionStatusMeta meta)
    {
        var (keys, header) = (message.AccountKeys.Count, message.Header ?? new Wire.MessageHeader());
        if (place >= keys) return place - keys < meta.LoadedWritableAddresses.Count;
        return place < header.NumRequiredSignatures
            ? place + (long)header.NumReadonlySignedAccounts < header.NumRequiredSignatures
            : place + (long)header.NumReadonlyUnsignedAccounts < keys;
    }

    private static ImmutableArray<(ulong Before, ulong After)> BalancesOf(TransactionStatusMeta meta, int accounts)
    {
        var isTold = meta.PreBalances.Count == accounts && meta.PostBalances.Count == accounts;
        return isTold ? [.. meta.PreBalances.Zip(meta.PostBalances)] : [];
    }

    /// <summary>Each token account once, by place; null where one cannot be.</summary>
    private static ImmutableArray<ObservedTokens>? TokensOf(
        TransactionStatusMeta meta, ImmutableArray<Pubkey> accounts)
    {
        var tokens = new TokenBalances(accounts);
        foreach (var (told, isAfter) in meta.PreTokenBalances.Select(told => (told, false))
            .Concat(meta.PostTokenBalances.Select(told => (told, true))))
        {
            if (!tokens.TryAdd(told.AccountIndex, told.Mint, told.Owner, told.UiTokenAmount?.Amount, isAfter))
                return null;
        }
        return tokens.All;
    }

    private static bool TryReadInstructions(
        Message message, TransactionStatusMeta meta, ImmutableArray<Pubkey> accounts,
        out ImmutableArray<ObservedInstruction> instructions)
    {
        var read = ImmutableArray.CreateBuilder<ObservedInstruction>(message.Instructions.Count);
        instructions = [];
        if (meta.InnerInstructions.Any(inner => inner.Index >= message.Instructions.Count)) return false;
        for (var outer = 0; outer < message.Instructions.Count; outer++)
        {
            var own = message.Instructions[outer];
            if (!TryAdd(own.ProgramIdIndex, own.Accounts, own.Data, outer, depth: 1)) return false;
            foreach (var inner in InnerOf(meta.InnerInstructions, outer))
            {
                var depth = inner.HasStackHeight ? (int)Math.Min(inner.StackHeight, int.MaxValue) : 0;
                if (!TryAdd(inner.ProgramIdIndex, inner.Accounts, inner.Data, outer, depth)) return false;
            }
        }
        instructions = read.DrainToImmutable();
        return true;

        bool TryAdd(uint program, ByteString indexes, ByteString data, int outer, int depth)
        {
            if (program >= accounts.Length) return false;
            var named = new Pubkey[indexes.Length];
            for (var i = 0; i < named.Length; i++)
            {
                if (indexes[i] >= accounts.Length) return false;
                named[i] = accounts[indexes[i]];
            }
            read.Add(new ObservedInstruction(accounts[(int)program], [.. named], data.Memory, outer, depth));
            return true;
        }
    }

    private static IEnumerable<InnerInstruction> InnerOf(RepeatedField<InnerInstructions> groups, int outer) =>
        groups.Where(group => group.Index == outer).SelectMany(group => group.Instructions);
}
