using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>A signed message: what is sent, and what its first signature names.</summary>
/// <param name="Signatures">One for each signer of the message, in the order of its keys.</param>
/// <param name="Message">The bytes signed.</param>
public sealed record Transaction(ImmutableArray<TransactionSignature> Signatures, ReadOnlyMemory<byte> Message)
{
    /// <summary>The signature that identifies it: the payer's.</summary>
    public TransactionSignature Id => Signatures[0];

    /// <summary>Bytes that a message takes with its signatures.</summary>
    public static int LengthOf(int signatures, int messageLength) =>
        CompactU16.LengthOf(signatures) + signatures * TransactionSignature.Length + messageLength;

    /// <summary>The bytes that are sent.</summary>
    public byte[] Write()
    {
        var bytes = new byte[LengthOf(Signatures.Length, Message.Length)];
        var offset = CompactU16.Write(Signatures.Length, bytes);
        foreach (var signature in Signatures)
        {
            signature.CopyTo(bytes.AsSpan(offset));
            offset += TransactionSignature.Length;
        }
        Message.Span.CopyTo(bytes.AsSpan(offset));
        return bytes;
    }

    /// <summary>Every signature is that of its signer over the message.</summary>
    public bool IsSigned()
    {
        if (MessageBytes.Read(Message.Span, out _) is not { } message) return false;
        if (message.Header.Signers != Signatures.Length) return false;
        foreach (var (signer, signature) in message.StaticKeys.Zip(Signatures))
            if (!SigningKey.Verify(signer, Message.Span, signature)) return false;
        return true;
    }

    /// <summary>
    /// Reads a whole transaction; null, and why, when the bytes are not exactly one. Signatures are counted, not
    /// verified. Never throws.
    /// </summary>
    public static Transaction? Read(ReadOnlySpan<byte> bytes, out TransactionDefect defect)
    {
        var reader = new ByteReader(bytes);
        var signatures = ImmutableArray.CreateBuilder<TransactionSignature>(reader.Count(TransactionSignature.Length));
        while (signatures.Count < signatures.Capacity)
            signatures.Add(TransactionSignature.From(reader.Bytes(TransactionSignature.Length)));
        var body = reader.Bytes(reader.Left).ToArray();
        defect = reader.Defect;
        if (defect != TransactionDefect.None || MessageBytes.Read(body, out defect) is not { } message) return null;
        if (message.Header.Signers == signatures.Count) return new Transaction(signatures.MoveToImmutable(), body);
        defect = TransactionDefect.Signatures;
        return null;
    }
}
