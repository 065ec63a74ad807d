using System.ComponentModel.DataAnnotations;

namespace Mev.DevHost;

/// <summary>
/// A pace of a recording: 0, which is as fast as possible, or a range whose slowest pace makes a day of three years.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FeedSpeedAttribute : RangeAttribute
{
    /// <summary>The rule.</summary>
    public FeedSpeedAttribute()
        : base(0.001, 1_000_000) => ErrorMessage = "0, or 0.001 to 1000000";

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is 0.0 || base.IsValid(value);
}
