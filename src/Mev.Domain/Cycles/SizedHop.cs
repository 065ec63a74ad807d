using Mev.Domain.Chain;

namespace Mev.Domain.Cycles;

/// <summary>One hop of a sized cycle, as the exact quote has it.</summary>
/// <param name="AmountIn">Leaves the user's account of the hop's input mint.</param>
/// <param name="AmountOut">Enters the user's account of the hop's output mint; the next hop is given it all.</param>
/// <param name="TicksCrossed">Initialised ticks crossed or bins entered, 0 for constant product.</param>
public readonly record struct SizedHop(TokenAmount AmountIn, TokenAmount AmountOut, int TicksCrossed);
