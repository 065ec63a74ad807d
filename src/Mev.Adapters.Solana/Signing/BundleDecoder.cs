using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing;

/// <summary>Bytes become what the rules look at; what is no bundle has no shape. Never throws.</summary>
internal static class BundleDecoder
{
    /// <summary>Transactions of a bundle at most.</summary>
    public const int TransactionsMax = 5;

    /// <summary>The bundle decoded; none, and why, when it is none.</summary>
    public static DecodedBundle? Read(SigningRequest request, out SigningRefusal? refusal)
    {
        refusal = null;
        if (request.Parts.Length is 0 or > TransactionsMax)
        {
            refusal = new SigningRefusal(GuardRule.Shape, $"{request.Parts.Length} transactions are no bundle");
            return null;
        }
        var transactions = ImmutableArray.CreateBuilder<DecodedTransaction>(request.Parts.Length);
        foreach (var (place, part) in request.Parts.Index())
        {
            if (Read(request, place, part, out var defect) is { } transaction)
            {
                transactions.Add(transaction);
                continue;
            }
            refusal = new SigningRefusal(GuardRule.Shape, $"transaction {place}: {defect}");
            return null;
        }
        return new DecodedBundle(transactions.MoveToImmutable(), request);
    }

    private static DecodedTransaction? Read(SigningRequest request, int place, BundlePart part, out string defect)
    {
        var bytes = part.Bytes;
        var found = TransactionDefect.None;
        if (part.IsObserved) bytes = Transaction.Read(part.Bytes.Span, out found)?.Message ?? default;
        var message = found == TransactionDefect.None ? MessageBytes.Read(bytes.Span, out found) : null;
        defect = $"its bytes are none ({found})";
        if (message is null) return null;
        defect = "it uses a lookup table that is not known";
        if (MessageInstructions.Accounts(message, request.Tables) is not { } accounts) return null;
        if (MessageInstructions.Of(message, request.Tables) is not { } instructions) return null;
        var owner = OwnerOf(message, request.Wallets);
        var undecoded = "";
        var cycle = owner == TransactionOwner.Own ? CycleDecoder.Read(message, instructions, out undecoded) : null;
        return new DecodedTransaction
        {
            Place = place,
            Part = part,
            MessageBytes = bytes,
            Message = message,
            Owner = owner,
            Accounts = accounts,
            Instructions = instructions,
            Cycle = cycle,
            Undecoded = undecoded,
        };
    }

    private static TransactionOwner OwnerOf(TransactionMessage message, SigningWallets wallets)
    {
        var own = 0;
        for (var signer = 0; signer < message.Header.Signers; signer++)
            if (wallets.All.Contains(message.StaticKeys[signer])) own++;
        if (own == message.Header.Signers) return TransactionOwner.Own;
        return own == 0 ? TransactionOwner.Foreign : TransactionOwner.Mixed;
    }
}
