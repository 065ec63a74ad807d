namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// Notices a results stream that is open and tells nothing: bundles end that the chain has, or that the engine says it
/// has decided on, and the stream never spoke of them. Any word of it ends the suspicion. Called under the tracker's
/// lock.
/// </summary>
internal sealed class StreamSilence(JitoOptions options, JitoAlerts alerts)
{
    private readonly Dictionary<string, int> _unheard = []; // bundles in a row, by region: as many as are configured

    /// <summary>A stream of any region is suspected.</summary>
    public bool IsSuspected => _unheard.Values.Any(count => count >= options.SilentResultsMin);

    /// <summary>The region's stream spoke.</summary>
    public void Heard(string region) => _unheard[region] = 0;

    /// <summary>A bundle has ended: what its stream never told counts where something was to be told.</summary>
    public void Ended(TrackedBundle bundle)
    {
        var region = bundle.Labels.Region;
        if (bundle.IsHeard || !bundle.WasDueToBeTold) return;
        var count = _unheard[region] = _unheard.GetValueOrDefault(region) + 1;
        if (count != options.SilentResultsMin) return;
        alerts.Raise(
            JitoAlert.ResultsSilent,
            $"{region} told nothing of {count} bundles in a row that came in; the chain alone says what becomes of "
            + "them: is another client using this identity's stream?");
    }
}
