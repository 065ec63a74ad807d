namespace Mev.Control.Commands;

/// <summary>
/// A command as it travels inside the cluster: what was signed, the signature, and the body. Whoever executes it
/// verifies it again.
/// </summary>
/// <param name="SignatureBase">The bytes that the signature covers.</param>
/// <param name="Signature">64 bytes.</param>
/// <param name="Body">The exact body.</param>
public sealed record SignedCommand(
    ReadOnlyMemory<byte> SignatureBase, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Body)
{
    /// <summary>Bytes of a signature base at most; longer ones are refused unread.</summary>
    public const int SignatureBaseBytesMax = 16 * 1024;
}
