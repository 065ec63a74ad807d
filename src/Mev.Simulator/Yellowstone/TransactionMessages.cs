using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;
using Mev.Simulator.Chain;
using Mev.Simulator.Execution;
using CompiledInstruction = Mev.Adapters.Solana.Yellowstone.Wire.CompiledInstruction;
using MessageHeader = Mev.Adapters.Solana.Yellowstone.Wire.MessageHeader;
using MessageVersion = Mev.Adapters.Solana.Transactions.MessageVersion;
using Solana = Mev.Adapters.Solana.Transactions;
using Transaction = Mev.Adapters.Solana.Yellowstone.Wire.Transaction;

namespace Mev.Simulator.Yellowstone;

/// <summary>Writes executed transactions as a node stores them.</summary>
internal static class TransactionMessages
{
    private const uint InnerDepth = 2;

    /// <summary>The update of a transaction.</summary>
    public static SubscribeUpdateTransaction Of(TransactionExecuted executed) => new()
    {
        Slot = executed.Slot.Value,
        Transaction = new SubscribeUpdateTransactionInfo
        {
            Signature = GeyserMessages.Bytes(executed.Transaction.Signature),
            Transaction = TransactionOf(executed.Transaction),
            Meta = MetaOf(executed.Transaction, executed.Receipt),
            Index = executed.Index,
        },
    };

    private static Transaction TransactionOf(ChainTransaction transaction)
    {
        var signed = transaction.Message;
        var message = new Message
        {
            Header = new MessageHeader
            {
                NumRequiredSignatures = signed.Header.Signers,
                NumReadonlySignedAccounts = signed.Header.ReadOnlySigners,
                NumReadonlyUnsignedAccounts = signed.Header.ReadOnlyOthers,
            },
            RecentBlockhash = UnsafeByteOperations.UnsafeWrap(signed.RecentBlockhash.Hash.ToArray()),
            Versioned = signed.Version == MessageVersion.V0,
        };
        message.AccountKeys.AddRange(signed.StaticKeys.Select(GeyserMessages.Bytes));
        message.Instructions.AddRange(signed.Instructions.Select(instruction => new CompiledInstruction
        {
            ProgramIdIndex = instruction.Program,
            Accounts = UnsafeByteOperations.UnsafeWrap(instruction.Accounts),
            Data = UnsafeByteOperations.UnsafeWrap(instruction.Data),
        }));
        message.AddressTableLookups.AddRange(signed.Lookups.Select(lookup => new MessageAddressTableLookup
        {
            AccountKey = GeyserMessages.Bytes(lookup.Table),
            WritableIndexes = UnsafeByteOperations.UnsafeWrap(lookup.Writable),
            ReadonlyIndexes = UnsafeByteOperations.UnsafeWrap(lookup.ReadOnly),
        }));
        var told = new Transaction { Message = message };
        told.Signatures.AddRange(transaction.Signatures.Select(GeyserMessages.Bytes));
        return told;
    }

    private static TransactionStatusMeta MetaOf(ChainTransaction transaction, ChainReceipt receipt)
    {
        var meta = new TransactionStatusMeta
        {
            Fee = (ulong)transaction.Fee.Value,
            ComputeUnitsConsumed = receipt.ComputeUnits,
            LogMessagesNone = true,
        };
        if (receipt.Error is { } error)
            meta.Err = new TransactionError { Err = UnsafeByteOperations.UnsafeWrap(error.Bytes) };
        foreach (var account in transaction.Accounts.Skip(transaction.Message.StaticKeys.Length))
        {
            var loaded = account.IsWritable ? meta.LoadedWritableAddresses : meta.LoadedReadonlyAddresses;
            loaded.Add(GeyserMessages.Bytes(account.Key));
        }
        foreach (var group in receipt.Inner.GroupBy(inner => inner.Outer))
        {
            var calls = new InnerInstructions { Index = (uint)group.Key };
            calls.Instructions.AddRange(group.Select(inner => Of(inner.Instruction)));
            meta.InnerInstructions.Add(calls);
        }
        foreach (var (place, (before, after)) in receipt.Accounts.Index())
        {
            meta.PreBalances.Add(before?.Lamports ?? 0);
            meta.PostBalances.Add(after?.Lamports ?? 0);
            if (before is not null && TokenAccount.IsOne(before)) meta.PreTokenBalances.Add(BalanceOf(before, place));
            if (after is not null && TokenAccount.IsOne(after)) meta.PostTokenBalances.Add(BalanceOf(after, place));
        }
        return meta;
    }

    private static InnerInstruction Of(Solana.CompiledInstruction instruction) => new()
    {
        ProgramIdIndex = instruction.Program,
        Accounts = UnsafeByteOperations.UnsafeWrap(instruction.Accounts),
        Data = UnsafeByteOperations.UnsafeWrap(instruction.Data),
        StackHeight = InnerDepth,
    };

    private static TokenBalance BalanceOf(ChainAccount account, int place)
    {
        var data = account.Data.Span;
        var amount = BinaryPrimitives.ReadUInt64LittleEndian(data[TokenLayout.AccountAmount..]);
        return new TokenBalance
        {
            AccountIndex = (uint)place,
            Mint = new Pubkey(data[TokenLayout.AccountMint..]).ToString(),
            Owner = new Pubkey(data[TokenLayout.AccountOwner..]).ToString(),
            ProgramId = account.Owner.ToString(),
            UiTokenAmount = new UiTokenAmount
            {
                Decimals = ChainMint.Decimals,
                Amount = amount.ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
