namespace Mev.Domain.Pools.RaydiumCpmm;

/// <summary>Every amount of one swap.</summary>
/// <param name="UserIn">Leaves the user's account.</param>
/// <param name="VaultIn">Enters the vault of the input mint, after its transfer fee.</param>
/// <param name="Fee">Part of <paramref name="VaultIn"/> that is fee, the creator's part included.</param>
/// <param name="VaultOut">Leaves the vault of the output mint.</param>
/// <param name="CreatorOut">Stays in that vault for the creator.</param>
/// <param name="UserOut">Enters the user's account, after the transfer fee.</param>
internal readonly record struct RaydiumCpmmSwap(
    ulong UserIn, ulong VaultIn, ulong Fee, ulong VaultOut, ulong CreatorOut, ulong UserOut);
