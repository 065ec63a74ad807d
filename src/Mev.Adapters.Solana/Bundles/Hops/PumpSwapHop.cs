using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Pools.PumpSwap;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>
/// PumpSwap: the pool account and the global config name everything. The accounts asked for since 2026 follow where the
/// global config names who buys back; no recorded transaction proves them yet.
/// </summary>
internal static class PumpSwapHop
{
    private const int ProtocolRecipients = 57; // public IDL of the program: eight addresses
    private const int ReservedRecipients = 418; // seven, for coins in mayhem
    private const int BuybackRecipients = 643;
    private const int IsCashback = 244;

    public static PumpSwapAccounts? Of(PoolHop hop, ReadOnlySpan<byte> pool)
    {
        if (hop.Find(PumpSwapLayout.GlobalConfig) is not { } config) return null;
        var (mintBase, mintQuote) = (
            new Pubkey(pool[PumpSwapLayout.BaseMint..]), new Pubkey(pool[PumpSwapLayout.QuoteMint..]));
        var (programBase, programQuote) = (hop.ProgramOf(mintBase), hop.ProgramOf(mintQuote));
        var isMayhem = pool.Length > PumpSwapLayout.IsMayhem && pool[PumpSwapLayout.IsMayhem] != 0;
        var buyback = new Pubkey(config.Data.Span[BuybackRecipients..]);
        return new PumpSwapAccounts
        {
            Pool = hop.Pool,
            BaseMint = mintBase,
            QuoteMint = mintQuote,
            BaseVault = new Pubkey(pool[PumpSwapLayout.BaseVault..]),
            QuoteVault = new Pubkey(pool[PumpSwapLayout.QuoteVault..]),
            BaseProgram = programBase,
            QuoteProgram = programQuote,
            ProtocolRecipient = new Pubkey(config.Data.Span[(isMayhem ? ReservedRecipients : ProtocolRecipients)..]),
            CoinCreator = pool.Length >= PumpSwapLayout.CoinCreator + Pubkey.Length
                ? new Pubkey(pool[PumpSwapLayout.CoinCreator..])
                : default,
            UserBase = hop.Own(mintBase, programBase),
            UserQuote = hop.Own(mintQuote, programQuote),
            Direction = hop.Direction,
            Tail = buyback.IsZero
                ? null
                : new PumpSwapTail(pool.Length > IsCashback && pool[IsCashback] != 0, buyback),
            User = hop.Wallet,
        };
    }
}
