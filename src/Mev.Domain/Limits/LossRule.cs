namespace Mev.Domain.Limits;

/// <summary>Which loss reached its limit.</summary>
public enum LossRule
{
    /// <summary>None.</summary>
    Unknown = 0,

    /// <summary>One bundle lost more than <see cref="LossLimits.TradeMax"/>.</summary>
    Trade = 1,

    /// <summary>The hour lost more than <see cref="LossLimits.HourMax"/>.</summary>
    Hour = 2,

    /// <summary>The day lost more than <see cref="LossLimits.DayMax"/>.</summary>
    Day = 3,

    /// <summary>The sum fell by more than <see cref="LossLimits.DrawdownMax"/>.</summary>
    Drawdown = 4,

    /// <summary>More than <see cref="LossLimits.FailuresMax"/> failed one after the other.</summary>
    Failures = 5,
}
