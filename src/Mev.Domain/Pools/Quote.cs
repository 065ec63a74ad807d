using Mev.Domain.Chain;

namespace Mev.Domain.Pools;

/// <summary>
/// What one swap does at one pool state, to the unit: amounts as they leave and enter the user's accounts, transfer
/// fees included. With an error both amounts are 0.
/// </summary>
/// <param name="AmountIn">Leaves the user's account of the input mint; token-swap may take less than was asked.</param>
/// <param name="AmountOut">Enters the user's account of the output mint; may be 0 where the program allows it.</param>
/// <param name="Error">Why the program would refuse, <see cref="QuoteError.None"/> when it would not.</param>
/// <param name="TicksCrossed">
/// Initialised ticks crossed, or bins entered, which decide the compute units; 0 for constant product.
/// </param>
public readonly record struct Quote(TokenAmount AmountIn, TokenAmount AmountOut, QuoteError Error, int TicksCrossed)
{
    /// <summary>The swap would succeed.</summary>
    public bool IsOk => Error == QuoteError.None;

    /// <summary>A swap that takes and gives these amounts.</summary>
    public static Quote Of(ulong amountIn, ulong amountOut, int ticksCrossed = 0) =>
        new(new TokenAmount(amountIn), new TokenAmount(amountOut), QuoteError.None, ticksCrossed);

    /// <summary>A swap that the program refuses.</summary>
    public static Quote Refused(QuoteError error) => new(default, default, error, 0);
}
