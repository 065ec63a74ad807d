using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Journal.Audit;
using Mev.Journal.Replay;
using Mev.Journal.Stores.Rows;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Journal.Stores;

/// <summary>
/// What decisions name by hash and queries need: the mints of pools and the beliefs behind choices. What was seen
/// before in this process is not read again; a blob that is missing leaves its row out. For one caller at a time.
/// </summary>
internal sealed class RecordedContext(Blobs blobs)
{
    private const int PoolsMax = 131_072; // remembered; beyond, all are forgotten and told again, which changes nothing
    private const long NsPerSecond = 1_000_000_000;

    private readonly HashSet<ByteString> _pools = [];
    private readonly Dictionary<ByteString, SamplerKind> _kinds = []; // by the hash of the parameters
    private readonly Dictionary<string, ByteString> _beliefs = []; // the last one of each strategy
    private readonly Dictionary<string, (ByteString Posterior, long Second)> _described = [];

    /// <summary>The batch with the pools and beliefs that its decisions bring up.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async ValueTask<StoreBatch> Complete(
        StoreBatch batch, List<(LogRecord Record, Decision Decision)> decisions, CancellationToken cancellationToken)
    {
        var (pools, posteriors, beliefs) = (new List<PoolRow>(), new List<PosteriorRow>(), new List<BeliefRow>());
        foreach (var (record, decision) in decisions)
        {
            if (HasNewPool(decision.Core)) pools.AddRange(await PoolsOf(decision.Core, cancellationToken));
            if (!IsKey(decision.Core.PosteriorId)) continue;
            var (isNew, isToBeDescribed) = (IsNewBelief(decision), IsToBeDescribed(record, decision));
            if (!isNew && !isToBeDescribed) continue;
            if (await BeliefOf(record, decision, cancellationToken) is not { } belief)
            {
                _beliefs.Remove(decision.Strategy); // the journal may know the blob by the next decision
                _described.Remove(decision.Strategy);
                continue;
            }
            if (isNew) beliefs.Add(belief);
            if (isToBeDescribed && Described(record, belief) is { } posterior) posteriors.Add(posterior);
        }
        return batch with { Pools = pools, Posteriors = posteriors, Beliefs = beliefs };
    }

    /// <summary>Everything counts as not seen yet: rows of it may not have been written.</summary>
    public void Forget()
    {
        _pools.Clear();
        _beliefs.Clear();
        _described.Clear();
    }

    private bool HasNewPool(DecisionCore core)
    {
        if (_pools.Count > PoolsMax) _pools.Clear();
        var isNew = false;
        foreach (var hop in core.Hops) isNew |= _pools.Add(hop.Pool);
        return isNew;
    }

    private async ValueTask<IEnumerable<PoolRow>> PoolsOf(DecisionCore core, CancellationToken cancellationToken)
    {
        var areKeys = core.Accounts.All(use => IsKey(use.Key) && IsKey(use.Owner) && IsKey(use.Hash))
            && core.Hops.All(hop => IsKey(hop.Pool));
        if (!areKeys) return [];
        var data = new Dictionary<Digest, ReadOnlyMemory<byte>>();
        foreach (var hash in core.Accounts.Select(use => new Digest(use.Hash.Span)).Distinct())
            if (await blobs.Read(hash, cancellationToken) is { } bytes) data[hash] = bytes;
        var recorded = new RecordedBlobs(hash => data.TryGetValue(hash, out var bytes) ? bytes : null);
        return RecordedMarket.PoolsOf(core, recorded)
            .Select(pool => new PoolRow($"{pool.Id}", $"{pool.Protocol}", $"{pool.MintA}", $"{pool.MintB}"));
    }

    private bool IsNewBelief(Decision decision)
    {
        var posterior = decision.Core.PosteriorId;
        var isKnown = _beliefs.TryGetValue(decision.Strategy, out var last) && last == posterior;
        _beliefs[decision.Strategy] = posterior;
        return !isKnown;
    }

    private async ValueTask<BeliefRow?> BeliefOf(
        LogRecord record, Decision decision, CancellationToken cancellationToken)
    {
        var core = decision.Core;
        if (await KindOf(core.ParametersHash, cancellationToken) is not { } kind) return null;
        if (await blobs.Read(new Digest(core.PosteriorId.Span), cancellationToken) is not { } bytes) return null;
        return new BeliefRow(decision.Strategy, record.Offset, ColumnText.Hex(core.PosteriorId), kind, bytes);
    }

    /// <summary>To describe a belief takes long: once for a strategy's second.</summary>
    private bool IsToBeDescribed(LogRecord record, Decision decision)
    {
        var (posterior, second) = (decision.Core.PosteriorId, record.Entry.RecordedNs / NsPerSecond);
        var isKnown = _described.TryGetValue(decision.Strategy, out var last)
            && (last.Posterior == posterior || last.Second == second);
        if (!isKnown) _described[decision.Strategy] = (posterior, second);
        return !isKnown;
    }

    private static PosteriorRow? Described(LogRecord record, BeliefRow row)
    {
        if (!Samplers.TryRead(row.Kind, row.Bytes.Span, out var sampler, out _)) return null;
        var belief = sampler.Describe();
        return new PosteriorRow(
            row.Strategy, record.Entry.RecordedNs / NsPerSecond, record.Offset, $"{belief.Id}", belief.Kind,
            belief.Arms, belief.Factors);
    }

    private async ValueTask<SamplerKind?> KindOf(ByteString parameters, CancellationToken cancellationToken)
    {
        if (_kinds.TryGetValue(parameters, out var known)) return known;
        if (!IsKey(parameters)) return null;
        if (await blobs.Read(new Digest(parameters.Span), cancellationToken) is not { } bytes) return null;
        if (StrategyParameters.Decode(bytes.Span) is not { } decoded) return null;
        return _kinds[parameters] = decoded.Sampler;
    }

    private static bool IsKey(ByteString bytes) => bytes.Length == Digest.Length;
}
