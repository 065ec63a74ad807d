using Mev.Domain.Pools.ConstantProduct;

namespace Mev.Domain.Pools.RaydiumCpmm;

/// <summary>The fee rates of a pool, all in millionths.</summary>
/// <param name="Trade">Taken from the input.</param>
/// <param name="Creator">Taken for the pool's creator; 0 unless enabled.</param>
/// <param name="Protocol">The protocol's share of the trade fee.</param>
/// <param name="Fund">The fund's share of the trade fee.</param>
internal readonly record struct RaydiumCpmmFees(uint Trade, uint Creator, uint Protocol, uint Fund)
{
    /// <summary>
    /// Reads the rates of a config; false when they exceed the whole. The creator's is 0 unless
    /// <paramref name="isCreatorEnabled"/>.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> config, bool isCreatorEnabled, out RaydiumCpmmFees fees)
    {
        fees = default;
        var trade = AccountBytes.U64(config, RaydiumCpmmLayout.TradeRate);
        var creator = isCreatorEnabled ? AccountBytes.U64(config, RaydiumCpmmLayout.CreatorRate) : 0;
        var protocol = AccountBytes.U64(config, RaydiumCpmmLayout.ProtocolRate);
        var fund = AccountBytes.U64(config, RaydiumCpmmLayout.FundRate);
        if (Math.Max(Math.Max(trade, creator), Math.Max(protocol, fund)) > ShareMath.Million) return false;
        if (trade + creator >= ShareMath.Million || protocol + fund > ShareMath.Million) return false;
        fees = new RaydiumCpmmFees((uint)trade, (uint)creator, (uint)protocol, (uint)fund);
        return true;
    }

    /// <summary>The creator's part of a fee that was taken from the input in one rounding.</summary>
    public ulong CreatorPart(ulong fee, uint inputRate) =>
        inputRate == Trade ? 0 : ShareMath.Floor(fee, Creator, inputRate);
}
