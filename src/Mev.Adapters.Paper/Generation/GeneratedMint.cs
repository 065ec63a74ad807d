using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Adapters.Paper.Generation;

/// <summary>A mint of the generated market.</summary>
/// <param name="Key">Its address.</param>
/// <param name="Fees">Its fees on transfers; null for a mint of SPL Token, which has none.</param>
internal readonly record struct GeneratedMint(Pubkey Key, TransferFeeSchedule? Fees = null)
{
    // In basis points, for a mint each in turn: small, so that cycles through it still pay now and then.
    private static readonly ushort[] Rates = [1, 2, 5, 10];

    /// <summary>It is of Token-2022.</summary>
    public bool IsToken2022 => Fees is not null;

    /// <summary>The program that it is of.</summary>
    public Pubkey Program => IsToken2022 ? Programs.Token2022 : Programs.Token;

    /// <summary>A mint of Token-2022 by its number: from the next epoch on it takes a basis point more.</summary>
    public static GeneratedMint WithFee(Pubkey key, int number, ulong epoch)
    {
        var rate = Rates[number % Rates.Length];
        // One in four has a most that larger transfers reach.
        var maximum = number % 4 == 3 ? 1_000_000_000UL : ulong.MaxValue >> 1;
        var (older, newer) = (new TransferFee(maximum, rate), new TransferFee(maximum, (ushort)(rate + 1)));
        return new GeneratedMint(key, new TransferFeeSchedule(older, newer, epoch + 1));
    }
}
