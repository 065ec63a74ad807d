using Mev.Journal.Replay;

namespace Mev.Cli.Replay;

/// <summary>Counts verdicts and says how a run of replays ends.</summary>
internal sealed class ReplayTally
{
    private readonly SortedDictionary<ReplayVerdict, long> _counts = [];

    public long Total => _counts.Values.Sum();

    public IReadOnlyDictionary<ReplayVerdict, long> Counts => _counts;

    /// <summary>
    /// A difference or damage is a failed verification; a blob that is missing is not, but it is a failure.
    /// </summary>
    public int Code
    {
        get
        {
            if (_counts.Keys.Any(IsVerification)) return ExitCode.VerificationFailed;
            var isEqual = _counts.Keys.All(verdict =>
                verdict is ReplayVerdict.Equal or ReplayVerdict.EqualWithoutSizing);
            return isEqual ? ExitCode.Done : ExitCode.Failed;
        }
    }

    public void Add(ReplayReport report) =>
        _counts[report.Verdict] = _counts.GetValueOrDefault(report.Verdict) + 1;

    private static bool IsVerification(ReplayVerdict verdict) =>
        verdict is ReplayVerdict.Different or ReplayVerdict.BlobDamaged or ReplayVerdict.RecordDamaged;
}
