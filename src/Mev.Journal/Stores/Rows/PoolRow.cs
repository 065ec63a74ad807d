namespace Mev.Journal.Stores.Rows;

/// <summary>A pool that a recorded hop uses, as columns: what searches by mint need.</summary>
/// <param name="Pool">Its address, base58.</param>
/// <param name="Protocol">Its program.</param>
/// <param name="MintA">Base58.</param>
/// <param name="MintB">Base58.</param>
public sealed record PoolRow(string Pool, string Protocol, string MintA, string MintB);
