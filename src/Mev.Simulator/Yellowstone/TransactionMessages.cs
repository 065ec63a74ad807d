using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;
using Mev.Simulator.Chain;
using Transaction = Mev.Adapters.Solana.Yellowstone.Wire.Transaction;

namespace Mev.Simulator.Yellowstone;

/// <summary>Writes executed transactions as a node stores them.</summary>
internal static class TransactionMessages
{
    private const uint Decimals = 9; // of every mint of the generator
    private const uint InnerDepth = 2;

    // Bincode of InstructionError(0, Custom(1)): variant 8, instruction, variant 25, code.
    private static readonly byte[] Failure = [8, 0, 0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0];

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
        var message = new Message
        {
            Header = new MessageHeader
            {
                NumRequiredSignatures = (uint)transaction.Signers,
                NumReadonlySignedAccounts = (uint)transaction.ReadOnlySigners,
                NumReadonlyUnsignedAccounts = (uint)transaction.ReadOnlyOthers,
            },
            RecentBlockhash = UnsafeByteOperations.UnsafeWrap(transaction.Blockhash.Hash.ToArray()),
        };
        message.AccountKeys.AddRange(transaction.Accounts.Select(GeyserMessages.Bytes));
        message.Instructions.AddRange(transaction.Instructions.Select(instruction => new CompiledInstruction
        {
            ProgramIdIndex = instruction.Program,
            Accounts = ByteString.CopyFrom(instruction.Accounts.AsSpan()),
            Data = UnsafeByteOperations.UnsafeWrap(instruction.Data),
        }));
        return new Transaction { Signatures = { GeyserMessages.Bytes(transaction.Signature) }, Message = message };
    }

    private static TransactionStatusMeta MetaOf(ChainTransaction transaction, ChainReceipt receipt)
    {
        var meta = new TransactionStatusMeta
        {
            Fee = (ulong)transaction.Fee.Value,
            ComputeUnitsConsumed = receipt.ComputeUnits,
            LogMessagesNone = true,
        };
        if (receipt.IsFailed) meta.Err = new TransactionError { Err = UnsafeByteOperations.UnsafeWrap(Failure) };
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
            if (before is not null && IsToken(before)) meta.PreTokenBalances.Add(BalanceOf(before, place));
            if (after is not null && IsToken(after)) meta.PostTokenBalances.Add(BalanceOf(after, place));
        }
        return meta;
    }

    private static InnerInstruction Of(ChainInstruction instruction) => new()
    {
        ProgramIdIndex = instruction.Program,
        Accounts = ByteString.CopyFrom(instruction.Accounts.AsSpan()),
        Data = UnsafeByteOperations.UnsafeWrap(instruction.Data),
        StackHeight = InnerDepth,
    };

    private static bool IsToken(ChainAccount account) =>
        account.Owner == Programs.Token && account.Data.Length == TokenLayout.AccountLength;

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
                Decimals = Decimals,
                Amount = amount.ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
