using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Limits;

/// <summary>
/// What one strategy may lose before submitting is stopped. A lost auction costs nothing and counts nowhere: these are
/// landings that paid more than they brought, and transactions that failed on the chain at the cost of their fee.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.loss-limits")]
public sealed record LossLimits
{
    /// <summary>Of one bundle. Default 0.1 SOL in lamports.</summary>
    [Id(0)] public Lamports TradeMax { get; init; } = new(100_000_000);

    /// <summary>Of the last 60 minutes, gains set off. Default 0.5 SOL.</summary>
    [Id(1)] public Lamports HourMax { get; init; } = new(500_000_000);

    /// <summary>Of the last 24 hours, gains set off. Default 1 SOL.</summary>
    [Id(2)] public Lamports DayMax { get; init; } = new(1_000_000_000);

    /// <summary>From the highest sum of results within 24 hours. Default 1 SOL.</summary>
    [Id(3)] public Lamports DrawdownMax { get; init; } = new(1_000_000_000);

    /// <summary>Transactions that fail on the chain one after the other, without a landing. Default 50.</summary>
    [Id(4)] public int FailuresMax { get; init; } = 50;

    /// <summary>Why they cannot be in force: the limit, its value and what is allowed; null when they can.</summary>
    public string? Refusal()
    {
        var lamports = new[]
        {
            (nameof(TradeMax), TradeMax), (nameof(HourMax), HourMax), (nameof(DayMax), DayMax),
            (nameof(DrawdownMax), DrawdownMax),
        };
        foreach (var (name, value) in lamports)
            if (value < Lamports.Zero) return $"Losses.{name} is {value}; allowed are 0 lamports and more";
        return FailuresMax is < 0 or > LossBook.FailuresKept
            ? $"Losses.FailuresMax is {FailuresMax}; allowed are 0 to {LossBook.FailuresKept}"
            : null;
    }
}
