using Mev.Conformance.Adapters;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Fixtures;

namespace Mev.Conformance.Tests;

/// <summary>
/// Invariant 7: a quote equals what the program does, to the unit, or says that it cannot tell. Asked of every pool as
/// the cycles ask it, whatever its protocol, against what the real programs did.
/// </summary>
public sealed class QuoteInvariantTests
{
    private const string NoLimit = "0";

    /// <summary>The run of the program ended for want of compute units and tells nothing of the swap.</summary>
    private const string OutOfComputeUnits = "exceeded CUs";

    /// <summary>Quotes that are no statement about the chain.</summary>
    private static readonly QuoteError[] CannotTell =
        [QuoteError.NotQuotable, QuoteError.TooManyCrossings, QuoteError.NoExactOut];

    [Fact]
    public void A_quote_equals_what_the_program_did_or_says_that_it_cannot_tell()
    {
        var (compared, findings) = Compare(VectorFolder.Own, static quote => quote);

        Assert.Empty(findings);
        Assert.True(compared > 400, $"only {compared} vectors were told");
    }

    [Fact]
    public void A_quote_equals_what_the_program_did_in_every_recorded_vector()
    {
        TestData.Need("vectors", "orca-whirlpool" + VectorSet.VectorsSuffix);
        var (compared, findings) = Compare(TestData.Solana, static quote => quote);

        Assert.Empty(findings);
        Assert.True(compared > 5_000, $"only {compared} vectors were told");
    }

    [Fact]
    public void A_quoter_that_gives_one_unit_more_breaks_it() => Breaks(
        static quote => quote.IsOk ? quote with { AmountOut = new TokenAmount(quote.AmountOut.Units + 1) } : quote);

    [Fact]
    public void A_quoter_that_takes_one_unit_less_breaks_it() => Breaks(
        static quote => quote.IsOk ? quote with { AmountIn = new TokenAmount(quote.AmountIn.Units - 1) } : quote);

    [Fact]
    public void A_quoter_that_answers_where_the_program_fails_breaks_it() => Breaks(
        static quote => quote.Error is QuoteError.None || CannotTell.Contains(quote.Error) ? quote : Quote.Of(1, 0));

    [Fact]
    public void A_quoter_that_refuses_for_another_cause_breaks_it() => Breaks(
        static quote => quote.Error is QuoteError.Overflow ? Quote.Refused(QuoteError.ZeroResult) : quote);

    [Fact]
    public void A_quoter_that_can_never_tell_is_seen_by_the_count() =>
        Assert.Equal(0, Compare(VectorFolder.Own, static _ => Quote.Refused(QuoteError.NotQuotable)).Compared);

    private static void Breaks(Func<Quote, Quote> alter) =>
        Assert.NotEmpty(Compare(VectorFolder.Own, alter).Findings);

    private static (int Compared, List<string> Findings) Compare(string folder, Func<Quote, Quote> alter)
    {
        var (compared, findings) = (0, new List<string>());
        foreach (var set in VectorSet.In(folder))
        {
            var states = new Dictionary<string, PoolStateRecord>();
            set.ReadStates(states);
            foreach (var vector in set.ReadVectors().Select(line => line.Vector).OfType<SwapVector>())
            {
                if (!IsPlain(vector) || !states.TryGetValue(vector.State, out var state)) continue;
                if (PoolLoader.Load<Pool>(Passed(state, vector), new VectorCheck(vector.Id)) is not { } pool) continue;
                var quote = Ask(new AlteredPool(pool, alter), vector, vector.ClockOr(state.Clock));
                if (CannotTell.Contains(quote.Error)) continue;
                compared++;
                if (Difference(vector, pool.Protocol, quote) is { } difference)
                    findings.Add($"{vector.Id}: {difference}");
            }
        }
        return (compared, findings);
    }

    /// <summary>Without the bin arrays that the vector's instruction did not pass: such a pool cannot tell.</summary>
    private static PoolStateRecord Passed(PoolStateRecord state, SwapVector vector) => vector.Arrays.Count == 0
        ? state
        : state with
        {
            Accounts = [.. state.Accounts.Where(account =>
                !MeteoraDlmmLayout.IsArray(account.Data.Span) || vector.Arrays.Contains(account.Key))],
        };

    /// <summary>A swap without a price limit of its own, as a cycle's hop is.</summary>
    private static bool IsPlain(SwapVector vector) =>
        vector.Error?.StartsWith(OutOfComputeUnits, StringComparison.Ordinal) != true
        && (!vector.Json.TryGetProperty("sqrtPriceLimit", out var limit) || limit.ToString() == NoLimit);

    private static Quote Ask(Pool pool, SwapVector vector, in ChainClock clock) => vector.IsExactIn
        ? pool.QuoteExactIn(vector.Direction, vector.Amount, clock)
        : pool.QuoteExactOut(vector.Direction, vector.Amount, clock);

    private static string? Difference(SwapVector vector, Protocol protocol, in Quote quote)
    {
        var (expected, error) = (Refusals.Expected(vector), Refusals.Actual(vector, protocol, quote.Error));
        if (error != expected) return $"{error ?? "success"} instead of {expected ?? "success"}";
        if (!quote.IsOk) return null;
        return ($"{quote.AmountIn.Units}", $"{quote.AmountOut.Units}") == (vector.AmountIn, vector.AmountOut)
            ? null
            : $"{quote.AmountIn} for {quote.AmountOut} instead of {vector.AmountIn} for {vector.AmountOut}";
    }
}
