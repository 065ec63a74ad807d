using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Limits;

namespace Mev.Domain.Tests.Limits;

public sealed class LossBookTests
{
    private const long Second = 1_000;
    private const long Minute = 60 * Second;
    private const long Start = 1_795_000_000_000;

    private static readonly LossLimits Limits = new()
    {
        TradeMax = new Lamports(50),
        HourMax = new Lamports(100),
        DayMax = new Lamports(150),
        DrawdownMax = new Lamports(200),
        FailuresMax = 3,
    };

    private static readonly Gen<Result[]> Results = Gen.Select(
        Gen.OneOf(Gen.Long[0, 3 * Minute], Gen.Long[0, 300 * Minute]), Gen.Long[-60, 70], Gen.Int[0, 3],
        (gap, change, kind) => new Result(gap, change, kind == 1, kind == 2)).Array[1, 120];

    [Fact]
    public void A_book_says_what_adding_up_all_results_anew_says() => Gen.Select(Results, Gen.Long[-2, 400]).Sample(
        (results, fromMinutes) =>
        {
            var (book, all, at, from) = (new LossBook(), new List<(long At, Result Result)>(), Start,
                Start + fromMinutes * Minute);
            foreach (var result in results)
            {
                at += result.Gap;
                book.Take(at, new Lamports(result.Change), result.IsLanded, result.IsFailed);
                all.Add((at, result));
                Assert.Equal(Naive(all, from), book.Breach(Limits, from));
                book = new LossBook(book.Snapshot()); // a restart
            }
        });

    [Theory]
    [InlineData(LossRule.Trade, new long[] { -51 })]
    [InlineData(LossRule.Hour, new long[] { -50, -50, -1 })]
    [InlineData(LossRule.Drawdown, new long[] { 500, -30, -30, -30, -30, -30, -30, -21 })]
    public void A_limit_that_is_reached_holds_and_one_more_does_not(LossRule rule, long[] changes)
    {
        var book = new LossBook();
        foreach (var (i, change) in changes.Index())
        {
            Assert.Null(book.Breach(Limits, 0));
            book.Take(Start + i * 20 * Minute, new Lamports(change), isLanded: change > 0, isFailed: false);
        }
        Assert.Equal(rule, book.Breach(Limits, 0)!.Value.Rule);
        Assert.Null(book.Breach(Limits, Start + changes.Length * 20 * Minute)); // understood by who resumed
        var last = Start + (changes.Length - 1) * 20 * Minute;
        Assert.NotNull(new LossBook(book.Snapshot()).Breach(Limits with { TradeMax = new Lamports(0) }, last - Second));
    }

    [Fact]
    public void A_day_is_longer_than_an_hour_and_what_is_older_is_forgotten()
    {
        var book = new LossBook();
        for (var hour = 0; hour < 4; hour++) book.Take(Start + hour * 61 * Minute, new Lamports(-40), false, true);
        Assert.Equal(
            new LossBreach(LossRule.Failures, 3, 4), book.Breach(Limits, 0));
        book.Take(Start + 184 * Minute, new Lamports(1), isLanded: true, isFailed: false); // the row is over
        Assert.Equal(new LossBreach(LossRule.Day, 150, 159), book.Breach(Limits, 0));
        book.Take(Start + 24 * 60 * Minute, new Lamports(1), isLanded: true, isFailed: false);
        Assert.Null(book.Breach(Limits, 0)); // the first loss is a day ago
    }

    [Fact]
    public void Sums_and_failures_are_bounded()
    {
        var book = new LossBook();
        for (var i = 0; i < 2 * LossBook.FailuresKept; i++)
            book.Take(Start, new Lamports(long.MinValue + 1), isLanded: false, isFailed: true);
        Assert.Equal(LossBook.FailuresKept, book.Snapshot().Failures.Length);
        Assert.Equal(LossRule.Failures, book.Breach(Limits, 0)!.Value.Rule);
        Assert.Equal(
            new LossBreach(LossRule.Trade, 50, long.MaxValue),
            book.Breach(Limits with { FailuresMax = LossBook.FailuresKept }, 0));
    }

    [Fact]
    public void Limits_that_cannot_be_are_named()
    {
        Assert.Null(new LossLimits().Refusal());
        Assert.Contains("HourMax is -1", (Limits with { HourMax = new Lamports(-1) }).Refusal());
        Assert.Contains("FailuresMax is 1001", (Limits with { FailuresMax = 1_001 }).Refusal());
    }

    private static LossBreach? Naive(List<(long At, Result Result)> all, long from)
    {
        var failures = all.AsEnumerable().Reverse().TakeWhile(one => !one.Result.IsLanded)
            .Count(one => one.Result.IsFailed && one.At > from);
        if (failures > Limits.FailuresMax) return new LossBreach(LossRule.Failures, Limits.FailuresMax, failures);
        var moved = all.Where(one => one.Result.Change != 0).ToList();
        if (moved.Count == 0) return null;
        var newest = moved.Max(one => one.At) / Second;
        var counted = moved
            .Where(one => one.At / Second > newest - 24 * 3_600 && one.At / Second > from / Second).ToList();
        var worst = counted.Select(one => one.Result.Change).Append(0).Min();
        var hour = counted.Where(one => one.At / Second > newest - 3_600).Sum(one => one.Result.Change);
        var (sum, peak, drawdown) = (0L, 0L, 0L);
        foreach (var second in counted.GroupBy(one => one.At / Second))
        {
            sum += second.Sum(one => one.Result.Change);
            peak = Math.Max(peak, sum);
            drawdown = Math.Max(drawdown, peak - sum);
        }
        (LossRule Rule, long Limit, long Loss)[] rules =
        [
            (LossRule.Trade, Limits.TradeMax.Value, -worst), (LossRule.Hour, Limits.HourMax.Value, -hour),
            (LossRule.Day, Limits.DayMax.Value, -sum), (LossRule.Drawdown, Limits.DrawdownMax.Value, drawdown),
        ];
        foreach (var (rule, limit, loss) in rules)
            if (loss > limit) return new LossBreach(rule, limit, loss);
        return null;
    }

    private sealed record Result(long Gap, long Change, bool IsLanded, bool IsFailed);
}
