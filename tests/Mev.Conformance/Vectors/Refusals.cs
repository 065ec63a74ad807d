using System.Globalization;
using System.Numerics;
using Mev.Domain.Pools;

namespace Mev.Conformance.Vectors;

/// <summary>
/// Why a swap fails, in the words of its vector. Those of PumpSwap come from the reference SDK, which has texts where
/// the program has names, and which computes on where the program must fail: a purchase of nothing.
/// </summary>
internal static class Refusals
{
    private const string ReserveExceeded = "Cannot receive more quote tokens than the pool quote reserves.";
    private const string NothingLeft = "Fees exceed total output; final quote is negative.";
    private const string NothingBought = "must fail: no base";

    /// <summary>How the program failed; null when it did not.</summary>
    public static string? Expected(SwapVector vector) => IsPurchaseOfNothing(vector) ? NothingBought : vector.Error;

    /// <summary>The same of a quote.</summary>
    public static string? Actual(SwapVector vector, Protocol protocol, QuoteError error)
    {
        if (error == QuoteError.None) return null;
        if (protocol != Protocol.PumpSwap) return QuoteErrors.ProgramName(protocol, error);
        return (vector.Direction, error) switch
        {
            (SwapDirection.AToB, QuoteError.Overflow) => ReserveExceeded,
            (SwapDirection.AToB, QuoteError.ZeroResult) => NothingLeft,
            (SwapDirection.BToA, QuoteError.ZeroResult) => NothingBought,
            _ => QuoteErrors.ProgramName(protocol, error),
        };
    }

    private static bool IsPurchaseOfNothing(SwapVector vector) =>
        vector.Json.TryGetProperty("base", out var units) && vector.Error is null
        && BigInteger.Parse(units.ToString(), CultureInfo.InvariantCulture).Sign <= 0;
}
