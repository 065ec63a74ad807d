namespace Mev.Control.Nonces;

/// <summary>What a store said to a claim.</summary>
/// <param name="Store">Its identity at that moment.</param>
/// <param name="IsNew">Nobody had taken the nonce.</param>
public readonly record struct NonceClaim(string Store, bool IsNew);
