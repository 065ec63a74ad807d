using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Surroundings = Mev.Domain.Learning.Surroundings;

namespace Mev.Journal.Strategies;

/// <summary>
/// What a strategy believes and how it came to: posterior, moving averages, evidence, history. It learns from outcomes
/// of its own epoch, in journal order, averages first; while it is frozen, by an operator or because too few losses
/// are seen, it learns from none, landings included, and catches none of them up.
/// </summary>
public sealed class StrategyBelief
{
    private readonly StrategyParameters _parameters; // as configured: the epoch of the belief is another where it moved
    private readonly PosteriorHistory _history;
    private ulong _holdOffset;

    /// <summary>The prior of the configured epoch.</summary>
    internal StrategyBelief(StrategyParameters parameters)
    {
        _parameters = parameters;
        _history = new PosteriorHistory([], 0, 0);
        Begin(parameters.Epoch, Samplers.Prior(parameters.Sampler));
    }

    /// <summary>A belief as it stood; null of an older snapshot, which held the posterior alone.</summary>
    internal StrategyBelief(StrategyParameters parameters, ISampler sampler, BeliefSnapshot? snapshot)
    {
        _parameters = parameters;
        _history = new PosteriorHistory(
            snapshot?.History ?? [], snapshot?.HistoryStep ?? 0, snapshot?.HistoryOutcomes ?? 0);
        Begin(snapshot?.Epoch ?? parameters.Epoch, sampler);
        if (snapshot is null) return;
        (IsFrozen, Learnt, Held) = (snapshot.IsFrozen, snapshot.Learnt, snapshot.Held);
        _holdOffset = snapshot.HoldOffset;
        Evidence = new EvidenceWindow(snapshot.Losses);
        Fractions = new WinningFractions<PoolId>(
            snapshot.MarketFraction,
            snapshot.PoolFractions.Select(pool => KeyValuePair.Create(pool.Pool, pool.Fraction)));
    }

    /// <summary>The posterior.</summary>
    public ISampler Sampler { get; private set; } = null!;

    /// <summary>The strategy's parameters in the epoch of the belief.</summary>
    public StrategyParameters Parameters { get; private set; } = null!;

    /// <summary>The random key of that epoch, which names it in every decision's record.</summary>
    public RandomKey Key { get; private set; }

    /// <summary>An operator has frozen it.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Place in the log of the command behind the last freeze or thaw; null without one.</summary>
    public long? LastHold => _holdOffset == 0 ? null : (long)_holdOffset - 1;

    /// <summary>Moving averages of winning fractions.</summary>
    public WinningFractions<PoolId> Fractions { get; private set; } = null!;

    /// <summary>Of how many recent losses the cause was seen.</summary>
    public EvidenceWindow Evidence { get; private set; } = null!;

    /// <summary>Outcomes that it learnt from in this epoch.</summary>
    public long Learnt { get; private set; }

    /// <summary>Outcomes of this epoch that came while it was frozen.</summary>
    public long Held { get; private set; }

    /// <summary>Its history, oldest point first.</summary>
    public ImmutableArray<PosteriorPoint> History => _history.Points;

    /// <summary>What is known around an opportunity, for the sampler.</summary>
    public Surroundings Around(Opportunity opportunity, long slotStartedNs, double congestion) =>
        Surroundings.Around(opportunity, slotStartedNs, congestion, Fractions);

    /// <summary>
    /// Whether a decision teaches: of this epoch, by a sampler with the same arms.
    /// </summary>
    /// <param name="key">The random key in its record.</param>
    /// <param name="surroundings">What it knew, where its sampler looked at that.</param>
    internal bool IsOwn(RandomKey key, Surroundings? surroundings) =>
        key == Key && surroundings is not null == Sampler.Kind.UsesSurroundings();

    /// <summary>
    /// Takes in the outcome of an intent of its own epoch; of a correction what those before it did not count for.
    /// </summary>
    /// <param name="outcome">What was observed.</param>
    /// <param name="intent">The intent.</param>
    /// <param name="offset">Where the outcome stands.</param>
    /// <param name="isLoss">The intent is in the window of losses already.</param>
    /// <param name="isAveraged">Its winning fraction is in the averages already.</param>
    internal void Learn(
        BundleOutcome outcome, OpenIntent intent, long offset, bool isLoss = false, bool isAveraged = false)
    {
        if (!isLoss && LearningEvidence.IsLossSeen(outcome.Kind, outcome.Cause) is { } isSeen)
            Evidence.Add(isSeen);
        var isEvent = LearningEvidence.TryRead(outcome, intent.Arm, ContextOf(intent), out var evidence);
        var fraction = isAveraged ? null : LearningEvidence.WinningFraction(outcome, intent.Value);
        Learn(isEvent ? evidence : null, fraction, intent, offset);
    }

    /// <summary>Takes in who took a chance of its own epoch that was let pass, by their bid in its units.</summary>
    internal void LearnSkip(OpenIntent skip, Lamports bid, long atMs, long offset)
    {
        var fraction = bid.Value / (double)skip.Value.Value;
        var evidence = new LearningEvent
        {
            Kind = LearningEventKind.Skipped,
            Arm = -1,
            Context = ContextOf(skip),
            AtMs = atMs,
            WinnerFraction = fraction,
        };
        Learn(evidence, fraction, skip, offset);
    }

    private void Learn(LearningEvent? evidence, double? fraction, OpenIntent intent, long offset)
    {
        if (evidence is null && fraction is null) return;
        if (IsFrozen || Evidence.IsFrozen)
        {
            if (evidence is not null) Held++;
            return;
        }
        if (fraction is { } seen)
        {
            foreach (var pool in intent.Pools) Fractions.Learn(pool, seen);
            Fractions.LearnMarket(seen);
        }
        if (evidence is not { } learnt) return;
        Sampler.Apply(learnt);
        _history.Add(Sampler, Parameters.Epoch, ++Learnt, offset, learnt.AtMs);
    }

    /// <summary>
    /// No evidence of the intent can come any more: a loss that nobody saw, unless a stop kept it from the auction.
    /// </summary>
    internal void GiveUp(OpenIntent intent)
    {
        if (!intent.IsOfOtherEpoch && !intent.IsStopped) Evidence.Add(isSeen: false);
    }

    /// <summary>Takes in an operator's change; false when its posterior is none. An old one changes nothing.</summary>
    internal bool TryTake(LearningChange change, out bool beginsEpoch)
    {
        beginsEpoch = false;
        var kind = (LearningChangeKind)change.Kind;
        if (kind is LearningChangeKind.Freeze or LearningChangeKind.Thaw)
        {
            IsFrozen = kind == LearningChangeKind.Freeze;
            _holdOffset = Math.Max(_holdOffset, change.CommandOffset);
            return true;
        }
        if (change.Epoch <= Parameters.Epoch) return true; // the configuration has begun a later one
        var isOfKind = (SamplerKind)change.Sampler == _parameters.Sampler;
        ISampler? sampler = null;
        if (isOfKind && !Samplers.TryRead(_parameters.Sampler, change.Posterior.Span, out sampler, out _))
            return false;
        Begin(change.Epoch, sampler ?? Samplers.Prior(_parameters.Sampler));
        beginsEpoch = true;
        return true;
    }

    /// <summary>All of it but the posterior.</summary>
    internal BeliefSnapshot Snapshot() => new()
    {
        Epoch = Parameters.Epoch,
        IsFrozen = IsFrozen,
        MarketFraction = Fractions.Market,
        PoolFractions =
        [
            .. Fractions.Pools.Select(pool => new BeliefSnapshot.PoolFraction(pool.Key, pool.Value))
                .OrderBy(pool => pool.Pool),
        ],
        Losses = Evidence.Losses,
        Learnt = Learnt,
        Held = Held,
        History = _history.Points,
        HistoryStep = _history.Step,
        HistoryOutcomes = _history.Outcomes,
        HoldOffset = _holdOffset,
    };

    private void Begin(ulong epoch, ISampler sampler)
    {
        Parameters = _parameters with { Epoch = epoch };
        Key = RandomKey.Of(_parameters.Id, epoch);
        (Sampler, Learnt, Held) = (sampler, 0, 0);
        (Evidence, Fractions) = (new EvidenceWindow(), new WinningFractions<PoolId>());
    }

    private static ChoiceContext ContextOf(OpenIntent intent) => new()
    {
        Value = intent.Value,
        TipFloor = default,
        TipCap = default,
        FastRouteCost = default,
        Features = intent.Surroundings?.FeaturesOf(intent.Value) ?? default,
        SurvivalBin = intent.Surroundings?.SurvivalBin ?? 0,
        Offset = intent.Surroundings?.Offset ?? 0.0,
    };
}
