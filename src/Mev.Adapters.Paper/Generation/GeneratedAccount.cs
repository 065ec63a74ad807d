using Mev.Domain.Chain;

namespace Mev.Adapters.Paper.Generation;

/// <summary>A new account: address, owner program and bytes.</summary>
internal readonly record struct GeneratedAccount(Pubkey Key, Pubkey Owner, byte[] Data, bool IsWrapped = false)
{
    // Lamports for each byte, and bytes that every account counts for beyond its data (rent sysvar's defaults).
    private const ulong RentPerByte = 6_960;
    private const ulong RentOverhead = 128;

    /// <summary>Its lamports.</summary>
    public GeneratedBalance Balance => new((RentOverhead + (ulong)Data.Length) * RentPerByte, IsWrapped);

    /// <summary>Its value in a snapshot.</summary>
    public AccountWrite Startup(Slot slot) => new()
    {
        Key = Key,
        Owner = Owner,
        Lamports = Balance.Of(Data),
        Slot = slot,
        WriteVersion = 0,
        IsStartup = true,
        Data = Data,
    };
}
