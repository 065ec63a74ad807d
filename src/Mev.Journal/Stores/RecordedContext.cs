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
    private readonly Dictionary<string, (ByteString Posterior, long Second)> _beliefs = [];

    /// <summary>The batch with the pools and beliefs that its decisions bring up.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async ValueTask<StoreBatch> Complete(
        StoreBatch batch, List<(LogRecord Record, Decision Decision)> decisions, CancellationToken cancellationToken)
    {
        var (pools, posteriors) = (new List<PoolRow>(), new List<PosteriorRow>());
        foreach (var (record, decision) in decisions)
        {
            if (HasNewPool(decision.Core)) pools.AddRange(await PoolsOf(decision.Core, cancellationToken));
            if (IsNewBelief(record, decision)
                && await BeliefOf(record, decision, cancellationToken) is { } posterior)
            {
                posteriors.Add(posterior);
            }
        }
        return batch with { Pools = pools, Posteriors = posteriors };
    }

    /// <summary>Everything counts as not seen yet: rows of it may not have been written.</summary>
    public void Forget()
    {
        _pools.Clear();
        _beliefs.Clear();
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

    private bool IsNewBelief(LogRecord record, Decision decision)
    {
        var (posterior, second) = (decision.Core.PosteriorId, record.Entry.RecordedNs / NsPerSecond);
        var isKnown = _beliefs.TryGetValue(decision.Strategy, out var last)
            && (last.Posterior == posterior || last.Second == second);
        if (isKnown || !IsKey(posterior)) return false;
        _beliefs[decision.Strategy] = (posterior, second);
        return true;
    }

    private async ValueTask<PosteriorRow?> BeliefOf(
        LogRecord record, Decision decision, CancellationToken cancellationToken)
    {
        var core = decision.Core;
        if (await KindOf(core.ParametersHash, cancellationToken) is not { } kind) return null;
        if (await blobs.Read(new Digest(core.PosteriorId.Span), cancellationToken) is not { } bytes) return null;
        if (!Samplers.TryRead(kind, bytes.Span, out var sampler, out _)) return null;
        var belief = sampler.Describe();
        return new PosteriorRow(
            decision.Strategy, record.Entry.RecordedNs / NsPerSecond, record.Offset, $"{belief.Id}", belief.Kind,
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
