namespace Mev.Adapters.Solana;

/// <summary>The host's clock in the unit of the feed.</summary>
internal static class UnixTime
{
    /// <summary>Nanoseconds since 1970, in steps of 100.</summary>
    public static long UnixNs(this TimeProvider time) =>
        (time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
}
