namespace Mev.Journal.Audit;

/// <summary>The host's clock in the unit of the records.</summary>
public static class UnixTime
{
    /// <summary>Nanoseconds since 1970, in steps of 100.</summary>
    public static long UnixNs(this TimeProvider time) =>
        (time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
}
