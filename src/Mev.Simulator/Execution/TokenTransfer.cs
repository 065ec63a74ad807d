namespace Mev.Simulator.Execution;

/// <summary>Tokens that move from one account to another.</summary>
/// <param name="Mint">Of which mint.</param>
/// <param name="Amount">Leave the one.</param>
/// <param name="Fee">Of them the other withholds; the rest is its own.</param>
internal readonly record struct TokenTransfer(ChainMint Mint, ulong Amount, ulong Fee)
{
    /// <summary>What the receiver gets.</summary>
    public ulong Net => Amount - Fee;
}
