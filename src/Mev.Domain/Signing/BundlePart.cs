namespace Mev.Domain.Signing;

/// <summary>One transaction of a bundle, before it is signed.</summary>
public sealed record BundlePart
{
    private BundlePart(ReadOnlyMemory<byte> bytes, bool isObserved)
    {
        Bytes = bytes;
        IsObserved = isObserved;
    }

    /// <summary>A message that is to be signed, or a whole transaction of others as it was observed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>It is a whole transaction of others.</summary>
    public bool IsObserved { get; }

    /// <summary>A message that is to be signed.</summary>
    public static BundlePart ToSign(ReadOnlyMemory<byte> message) => new(message, isObserved: false);

    /// <summary>A transaction of others, with its signatures.</summary>
    public static BundlePart Observed(ReadOnlyMemory<byte> transaction) => new(transaction, isObserved: true);

    /// <summary>Its length only: bytes of others are shown nowhere before they landed.</summary>
    public override string ToString() => $"{(IsObserved ? "observed" : "to sign")}, {Bytes.Length} bytes";
}
