namespace Mev.Domain.Pools.PumpSwap;

/// <summary>Every amount of one swap.</summary>
/// <param name="UserIn">Leaves the user's account.</param>
/// <param name="UserOut">Enters the user's account.</param>
/// <param name="VaultQuote">Enters the quote vault when base is bought, leaves it when base is sold.</param>
internal readonly record struct PumpSwapSwap(ulong UserIn, ulong UserOut, ulong VaultQuote);
