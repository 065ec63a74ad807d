using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>Rule 10: the stop state was read, nothing is stopped, and a permit for exactly that state lasts.</summary>
internal static class StopRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle) => Refusal(bundle.Request.Stop);

    /// <summary>The same for whatever else is signed.</summary>
    public static string? Refusal(SigningStop stop)
    {
        if (stop.Epoch is not { } epoch) return "the stop state was not read yet";
        if (stop.IsStopped) return "a stop is in force";
        if (stop.Permit is not { } permit) return "there is no permit";
        if (permit.Epoch != epoch) return $"the permit is of stop epoch {permit.Epoch}, and it is {epoch}";
        return permit.Lasts(stop.Now, stop.Uptime) ? null : "the permit has ended";
    }
}
