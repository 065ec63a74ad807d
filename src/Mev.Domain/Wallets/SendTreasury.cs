namespace Mev.Domain.Wallets;

/// <summary>
/// Hands the signed bytes of an order to a node. Once more with the same bytes changes nothing; whether they land the
/// chain alone says.
/// </summary>
/// <exception cref="WalletReadException">Nobody knows whether they left.</exception>
public delegate Task SendTreasury(ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken);
