namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>What a swap takes out of one bin: first from the market makers, then from orders.</summary>
/// <param name="In">Units of the input mint that it takes, without a fee on them.</param>
/// <param name="Out">Units of the output mint that it gives, before a fee on them: the sum of the three parts.</param>
/// <param name="MakersIn">The market makers' part of <paramref name="In"/>.</param>
/// <param name="MakersOut">The market makers' part of <paramref name="Out"/>.</param>
/// <param name="ProcessedOut">The part of the orders that are being filled.</param>
/// <param name="OpenOut">The part of the orders that were not touched before.</param>
internal readonly record struct BinFill(
    ulong In, ulong Out, ulong MakersIn, ulong MakersOut, ulong ProcessedOut, ulong OpenOut);
