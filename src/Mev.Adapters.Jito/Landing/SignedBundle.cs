using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Landing;

/// <summary>A submission as its own bytes say it: what it is called, what it pays and what it asks for.</summary>
internal sealed record SignedBundle
{
    private const int TransactionsMax = 5;

    /// <summary>The bytes, and for what.</summary>
    public required BundleSubmission Submission { get; init; }

    /// <summary>What the engine calls it.</summary>
    public required BundleId Id { get; init; }

    /// <summary>First signature of our transaction: by it the chain is asked.</summary>
    public required TransactionSignature Signature { get; init; }

    /// <summary>Lamports that it transfers to tip accounts.</summary>
    public required Lamports Tip { get; init; }

    /// <summary>
    /// Compute units that its transactions ask for together: the auction ranks by tip for each of them.
    /// </summary>
    public required uint Units { get; init; }

    /// <summary>Reads a submission.</summary>
    /// <exception cref="ArgumentException">
    /// It is no bundle of signed transactions, or none of them carries the message of the intent.
    /// </exception>
    public static SignedBundle Read(BundleSubmission submission)
    {
        if (Digest.Of(submission.Message.Span) != submission.MessageHash)
            throw Wrong("the message is not that of the intent");
        if (submission.Transactions.Length is 0 or > TransactionsMax)
            throw Wrong($"{submission.Transactions.Length} transactions, where 1 to {TransactionsMax} make a bundle");
        var transactions = submission.Transactions.Select(ReadTransaction).ToList();
        var own = transactions.FirstOrDefault(
            transaction => transaction.Message.Span.SequenceEqual(submission.Message.Span));
        if (own is null) throw Wrong("no transaction carries the message of the intent");
        if (transactions.DistinctBy(transaction => transaction.Id).Count() < transactions.Count)
            throw Wrong("a transaction stands there twice");
        if (submission.LastValidBlockHeight == 0) throw Wrong("nothing says until when it may land");
        var messages = transactions.Select(transaction => MessageBytes.Read(transaction.Message.Span, out _)!).ToList();
        return new SignedBundle
        {
            Submission = submission,
            Id = BundleId.Of(transactions.Select(transaction => transaction.Id)),
            Signature = own.Id,
            Tip = new Lamports(messages.Sum(TipOf)),
            Units = (uint)Math.Min(uint.MaxValue, messages.Sum(message => (long)UnitsOf(message))),
        };
    }

    private static Transaction ReadTransaction(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > TransactionLimits.PacketBytesMax) throw Wrong($"a transaction of {bytes.Length} bytes");
        return Transaction.Read(bytes.Span, out var defect) ?? throw Wrong($"a transaction that is none: {defect}");
    }

    // Tip accounts are static keys: the rules of construction ask for it.
    private static long TipOf(TransactionMessage message) => message.Instructions.Sum(instruction =>
        message.StaticKeys[instruction.Program] == Programs.System
        && SystemProgram.TryReadTransfer(instruction.Data.Span, out var lamports)
        && instruction.Accounts.Length >= 2
        && instruction.Accounts.Span[1] < message.StaticKeys.Length
        && TipAccounts.Contains(message.StaticKeys[instruction.Accounts.Span[1]])
            ? (long)Math.Min(long.MaxValue / 16, lamports)
            : 0L);

    private static uint UnitsOf(TransactionMessage message)
    {
        foreach (var instruction in message.Instructions)
        {
            var isBudget = message.StaticKeys[instruction.Program] == Programs.ComputeBudget;
            if (isBudget && ComputeBudget.TryReadLimit(instruction.Data.Span, out var units)) return units;
        }
        return 0;
    }

    private static ArgumentException Wrong(string why) => new($"not to send: {why}");
}
