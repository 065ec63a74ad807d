namespace Mev.Fixtures.Pools;

/// <summary>What one bin of a made-up DLMM pair holds.</summary>
public sealed record MeteoraDlmmBinBytes(int Bin, ulong X = 0, ulong Y = 0)
{
    public ulong OpenOrders { get; init; }

    public ulong ProcessedLeft { get; init; }

    /// <summary>1: its orders sell X.</summary>
    public byte AskSide { get; init; }

    /// <summary>The market makers' shares, whole.</summary>
    public ulong Shares { get; init; } = 1_000_000;
}
