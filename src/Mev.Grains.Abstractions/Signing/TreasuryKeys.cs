namespace Mev.Grains.Abstractions.Signing;

/// <summary>Keys of treasury grains.</summary>
public static class TreasuryKeys
{
    /// <summary>The one treasury.</summary>
    public const string Main = "main";
}
