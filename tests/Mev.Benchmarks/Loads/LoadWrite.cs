using Mev.Domain.Chain;

namespace Mev.Benchmarks.Loads;

/// <summary>One account of a transaction, ready to be sent: real bytes in the program's layout.</summary>
internal readonly record struct LoadWrite(Pubkey Key, Pubkey Owner, byte[] Data)
{
    public AccountWrite Startup() => new()
    {
        Key = Key,
        Owner = Owner,
        Lamports = 1_000_000_000,
        Slot = LoadFeed.FirstSlot,
        WriteVersion = 1,
        Data = Data,
    };
}
