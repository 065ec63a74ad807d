using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>A cycle executed on copies.</summary>
/// <param name="Trial">The copies.</param>
/// <param name="Value">Output less input and fee; null when a hop failed.</param>
/// <param name="AmountsIn">What went into each hop.</param>
/// <param name="Taken">What was swapped first because paid cycles had taken it.</param>
/// <param name="Error">Why a hop failed; none when none did.</param>
internal readonly record struct PaperRun(
    PaperTrial Trial, Int128? Value, TokenAmount[] AmountsIn, List<SpentTake> Taken, QuoteError Error = QuoteError.None)
{
    public bool HasTaken => Taken.Count > 0;
}
