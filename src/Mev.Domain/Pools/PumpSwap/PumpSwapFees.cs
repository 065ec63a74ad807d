using Mev.Domain.Chain;

namespace Mev.Domain.Pools.PumpSwap;

/// <summary>
/// Which rates of the fee config a pool pays: the flat ones unless its coin comes from the bonding curve; then those of
/// the tier that its market capitalisation has reached, or, with a quote mint that is neither SOL nor USDC, the exotic
/// ones (rules of the reference SDK).
/// </summary>
internal static class PumpSwapFees
{
    /// <summary>Reads the rates; <see cref="PoolDefect.ImpossibleValue"/> when the config gives none.</summary>
    /// <param name="config">The fee config, at least as long as its flat rates.</param>
    /// <param name="quoteMint">Mint B of a pool whose coin comes from the bonding curve; null of any other.</param>
    /// <param name="capitalisation">What the whole supply is worth, units of the quote mint.</param>
    /// <param name="hasCreator">There is somebody who gets the creator's fee.</param>
    /// <param name="rates">The rates.</param>
    public static PoolDefect Read(
        ReadOnlySpan<byte> config, Pubkey? quoteMint, UInt128 capitalisation, bool hasCreator, out PumpSwapRates rates)
    {
        rates = default;
        var flat = config.Slice(PumpSwapLayout.FlatRates, PumpSwapLayout.RatesLength);
        if (quoteMint is not { } mint) return Read(flat, hasCreator, out rates);
        var rest = config[(PumpSwapLayout.FlatRates + PumpSwapLayout.RatesLength)..];
        if (!TryMeasureTiers(rest, out var length)) return PoolDefect.WrongLayout;
        var tiers = rest.Slice(sizeof(uint), length);
        rest = rest[(sizeof(uint) + length)..];
        if (!TryMeasureTiers(rest, out length)) return PoolDefect.WrongLayout;
        var stableTiers = rest.Slice(sizeof(uint), length);
        rest = rest[(sizeof(uint) + length)..];
        if (rest.Length < PumpSwapLayout.RatesLength) return PoolDefect.WrongLayout;
        var exotic = rest[..PumpSwapLayout.RatesLength];
        var chosen = IsSol(mint) ? TierAt(tiers, capitalisation)
            : mint == Mints.Usdc ? TierAt(stableTiers.IsEmpty ? tiers : stableTiers, capitalisation)
            : exotic.ContainsAnyExcept((byte)0) ? exotic : flat;
        return Read(chosen, hasCreator, out rates);
    }

    private static PoolDefect Read(ReadOnlySpan<byte> chosen, bool hasCreator, out PumpSwapRates rates)
    {
        rates = default;
        var isRead = !chosen.IsEmpty && PumpSwapRates.TryRead(chosen, hasCreator, out rates);
        return isRead ? PoolDefect.None : PoolDefect.ImpossibleValue;
    }

    private static bool IsSol(Pubkey mint) => mint == Mints.Wsol || mint.IsZero;

    /// <summary>Bytes of the tiers whose count (u32) stands first; false when there are not so many.</summary>
    private static bool TryMeasureTiers(ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        if (data.Length < sizeof(uint)) return false;
        var bytes = AccountBytes.U32(data, 0) * (ulong)PumpSwapLayout.TierLength;
        if (bytes > (ulong)(data.Length - sizeof(uint))) return false;
        length = (int)bytes;
        return true;
    }

    /// <summary>
    /// The rates of the last tier whose threshold is reached, else of the first; empty without any tier.
    /// </summary>
    private static ReadOnlySpan<byte> TierAt(ReadOnlySpan<byte> tiers, UInt128 capitalisation)
    {
        if (tiers.IsEmpty) return default;
        var at = tiers.Length - PumpSwapLayout.TierLength;
        while (at > 0 && AccountBytes.U128(tiers, at) > capitalisation) at -= PumpSwapLayout.TierLength;
        return tiers.Slice(at + PumpSwapLayout.TierLength - PumpSwapLayout.RatesLength, PumpSwapLayout.RatesLength);
    }
}
