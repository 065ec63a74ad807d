using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing;

/// <summary>
/// Keys whose text begins with <c>jitodontfront</c>: the block engine lets nothing stand before a transaction that
/// names one. Such a text has 43 characters (58^42 is below 2^248, and 44 characters begin with J at most), so the
/// keys are one range of numbers.
/// </summary>
internal static class DontFrontKey
{
    private const string Prefix = "jitodontfront";
    private const int TextLength = 43;

    private static readonly Pubkey First = Pubkey.Parse(Prefix.PadRight(TextLength, '1'));
    private static readonly Pubkey Last = Pubkey.Parse(Prefix.PadRight(TextLength, 'z'));

    /// <summary>The key is one of them.</summary>
    public static bool Is(Pubkey key) => key.CompareTo(First) >= 0 && key.CompareTo(Last) <= 0;
}
