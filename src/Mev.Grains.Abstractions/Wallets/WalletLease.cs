using Mev.Domain.Chain;

namespace Mev.Grains.Abstractions.Wallets;

/// <summary>What is left for one intent, that intent's own reservation not counted.</summary>
/// <param name="Cost">Of the day's cap on tips and fees, lamports; what is open counts as spent.</param>
/// <param name="AmountIn">Wrapped SOL that no other intent has reserved.</param>
/// <param name="Balance">Lamports that no other intent has reserved; null while no node told the balance.</param>
[GenerateSerializer, Immutable, Alias("mev.wallet-lease")]
public readonly record struct WalletLease(
    [property: Id(0)] Lamports Cost, [property: Id(1)] TokenAmount AmountIn, [property: Id(2)] Lamports? Balance);
