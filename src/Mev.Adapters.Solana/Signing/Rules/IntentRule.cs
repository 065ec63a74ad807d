using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>
/// Rule 11: only a message whose hash stands in the durable intent is signed, and never one with a durable nonce: what
/// was decided must expire with its blockhash.
/// </summary>
internal static class IntentRule
{
    private const uint AdvanceNonceTag = 4;

    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        foreach (var transaction in bundle.Transactions)
        {
            if (transaction.Part.IsObserved) continue;
            if (!bundle.Request.Intent.Messages.Contains(Digest.Of(transaction.MessageBytes.Span)))
                return $"no durable intent names the message of transaction {transaction.Place}";
            foreach (var instruction in transaction.Instructions)
            {
                if (instruction.Program != Programs.System) continue;
                var isTagged = BinaryPrimitives.TryReadUInt32LittleEndian(instruction.Data.Span, out var tag);
                if (isTagged && tag == AdvanceNonceTag)
                    return $"transaction {transaction.Place} has a durable nonce";
            }
        }
        return null;
    }
}
