namespace Mev.Control.Starts;

/// <summary>Whether a process may start on a log.</summary>
public static class StartRule
{
    /// <summary>Why it does not start, with what to do; null when it may.</summary>
    /// <param name="root">The trust root that is mounted.</param>
    /// <param name="leaf0">How the log began; null while it has no record.</param>
    /// <param name="isLive">The process would trade with money.</param>
    /// <param name="isDevelopment">The process runs as development.</param>
    /// <param name="isDevelopmentRoot">The root's keys are those of development.</param>
    public static string? Refusal(
        TrustRoot root, GenesisRecord? leaf0, bool isLive, bool isDevelopment, bool isDevelopmentRoot)
    {
        if (isDevelopmentRoot && (isLive || !isDevelopment))
            return "the trust root holds development keys: mount the root of this cluster";
        if (leaf0 is null) return null;
        if (leaf0.TrustRootHash != root.Hash)
            return $"the log began under trust root {leaf0.TrustRootHash}, mounted is {root.Hash}: mount that one";
        return leaf0.IsDevelopment && isLive
            ? "the log began with development keys and never trades with money: begin a new one"
            : null;
    }
}
