namespace Mev.Adapters.Solana.Signing.Keys;

/// <summary>What it costs to try one passphrase (Argon2id, RFC 9106, one lane).</summary>
/// <param name="MemoryKibibytes">Memory, 8,192 to 1,048,576 KiB.</param>
/// <param name="Passes">Passes over it, 1 to 16.</param>
public readonly record struct KeyCost(int MemoryKibibytes, int Passes)
{
    /// <summary>256 MiB, three passes: about a second.</summary>
    public static KeyCost Default { get; } = new(262_144, 3);

    /// <summary>Within the bounds: a changed file can neither be cheap nor exhaust the machine.</summary>
    public bool IsAllowed => MemoryKibibytes is >= 8_192 and <= 1_048_576 && Passes is >= 1 and <= 16;
}
