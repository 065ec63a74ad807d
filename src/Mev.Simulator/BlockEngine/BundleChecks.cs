using System.Collections.Immutable;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// What the engine looks at before it answers, in the order of its published errors: decoding, tip account, length,
/// duplicates and signatures, blockhash, executed before, account locks.
/// </summary>
internal static class BundleChecks
{
    /// <summary>Transactions of a bundle at most.</summary>
    public const int TransactionsMax = BundleDecoder.TransactionsMax;

    /// <summary>The transactions of a request. Inside the chain's gate.</summary>
    /// <exception cref="EngineRefusal">They are no bundle.</exception>
    public static ImmutableArray<ChainTransaction> Check(
        IReadOnlyList<ReadOnlyMemory<byte>?> packets, SimulatedChain chain, bool isBundle)
    {
        if (packets.Count == 0) throw EngineRefusal.Bad("bundle must contain at least one transaction");
        var read = Decode(packets);
        var loaded = ImmutableArray.CreateBuilder<ChainTransaction>(read.Count);
        foreach (var (number, (transaction, message)) in read.Index())
        {
            // A table that is not there is found out when the transaction is simulated, as the real engine does.
            loaded.Add(ChainTransaction.Receive(message, transaction.Signatures, chain.FindTable)
                ?? throw EngineRefusal.Undecodable(number));
        }
        if (isBundle && !loaded.Any(LocksTipAccount)) throw EngineRefusal.Of(RefusalRow.NoTipAccount);
        if (read.Count > TransactionsMax) throw EngineRefusal.Of(RefusalRow.TooMany);
        var isRepeated = read.DistinctBy(entry => entry.Transaction.Id).Count() < read.Count;
        if (isRepeated || !read.TrueForAll(entry => entry.Transaction.IsSigned()))
            throw EngineRefusal.Of(RefusalRow.Duplicate);
        foreach (var transaction in loaded)
        {
            if (!chain.IsBorn(transaction)) throw EngineRefusal.Of(RowOf(transaction, chain));
        }
        if (loaded.Any(transaction => chain.Signatures.Find(transaction.Signature) is not null))
            throw EngineRefusal.Of(RefusalRow.AlreadyProcessed);
        if (read.Exists(entry => entry.Message.AccountsCount > TransactionLimits.AccountsMax))
            throw EngineRefusal.Of(RefusalRow.TooManyLocks);
        return loaded.MoveToImmutable();
    }

    private static List<(Transaction Transaction, TransactionMessage Message)> Decode(
        IReadOnlyList<ReadOnlyMemory<byte>?> packets)
    {
        var read = new List<(Transaction, TransactionMessage)>();
        foreach (var (number, packet) in packets.Index())
        {
            if (packet is not { } bytes || bytes.Length > TransactionLimits.PacketBytesMax
                || Transaction.Read(bytes.Span, out _) is not { } transaction
                || MessageBytes.Read(transaction.Message.Span, out _) is not { } message
                || message.Defect() != TransactionDefect.None)
            {
                throw EngineRefusal.Undecodable(number);
            }
            read.Add((transaction, message));
        }
        return read;
    }

    private static RefusalRow RowOf(ChainTransaction transaction, SimulatedChain chain) =>
        chain.Blocks.WasHash(transaction.Message.RecentBlockhash)
            ? RefusalRow.BlockhashExpired
            : RefusalRow.BlockhashInvalid;

    private static bool LocksTipAccount(ChainTransaction transaction)
    {
        foreach (var account in transaction.Accounts)
            if (account.IsWritable && TipAccounts.Contains(account.Key)) return true;
        return false;
    }
}
