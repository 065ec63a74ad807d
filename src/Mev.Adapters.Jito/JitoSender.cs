using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Threading.Channels;
using Mev.Adapters.Jito.Engines;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Jito.Leaders;
using Mev.Adapters.Jito.Tips;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Work;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Jito;

/// <summary>
/// Hands bundles to the block engine and tells what becomes of them. Submitting returns at once: what follows happens
/// beside it, bounded. The same bytes may go twice, other bytes for one opportunity never; the chain alone decides.
/// </summary>
public sealed class JitoSender : IBundleSender, IDisposable
{
    private readonly JitoOptions _options;
    private readonly SendPermit _permit;
    private readonly SubmittedCycles? _cycles;
    private readonly ChanceWatch? _chances;
    private readonly JitoCounts _counts;
    private readonly JitoAlerts _alerts;
    private readonly FaultBreaker _breaker;
    private readonly TimeProvider _time;
    private readonly FrozenDictionary<string, EngineRegion> _regions;
    private readonly EngineRegion _home;
    private readonly LandingTracker _tracker;
    private readonly LeaderCache _leaders;
    private readonly EngineQuestions _questions;
    private readonly ImmutableArray<ResultsStream> _results;
    private readonly ChainWatch _watch;
    private readonly TipFloors _floors;
    private readonly TipFloorFeed _floorFeed;
    private readonly CancellationTokenSource _stopped = new();
    private int _inFlight;

    internal JitoSender(JitoParts parts, ILogger<JitoSender> logger)
    {
        (_options, _permit, _counts, _time) = (parts.Options, parts.Permit, parts.Counts, parts.Time);
        (_cycles, _chances) = (parts.Cycles, parts.Chances);
        _alerts = new JitoAlerts(_counts, logger);
        _breaker = new FaultBreaker(_options, _alerts);
        var regions = _options.Regions.Select(region => new EngineRegion(region, _options, parts.Key, _time)).ToList();
        _home = regions[0];
        if (_options.Global is { } global)
        {
            regions.Add(new EngineRegion(global, _options, parts.Key, _time));
        }
        _regions = regions.ToFrozenDictionary(region => region.Name);
        _tracker = new LandingTracker(
            _options, parts.ValueAtSlot, _counts, _alerts, _time, _cycles, _breaker);
        _leaders = new LeaderCache(_options, _time);
        _questions = new EngineQuestions(
            _home, _regions, _options, _tracker, _leaders, _counts, _alerts, _time, parts.Chance, logger);
        _results = [.. _regions.Values.Select(region => new ResultsStream(
            region, _options, _tracker, _leaders, _counts, _time, parts.Chance, logger))];
        _watch = new ChainWatch(_options, _tracker, parts.Chain, _time, parts.Cycles);
        _floors = new TipFloors(_options, _time, parts.Tips);
        _floorFeed = new TipFloorFeed(_options, _floors, _counts, _time, parts.Chance);
    }

    /// <inheritdoc/>
    public string Description => $"jito {_home.Name}";

    /// <inheritdoc/>
    public ChannelReader<BundleOutcome> Outcomes => _tracker.Outcomes;

    /// <summary>
    /// Tip accounts as the engine reports them, for the signer; null while it was not reached. Others than the derived
    /// ones end all sending.
    /// </summary>
    public ImmutableArray<Pubkey>? ReportedTipAccounts => _questions.ReportedTipAccounts;

    /// <summary>Many received bundles in a row left no trace.</summary>
    public bool IsShadowDropSuspected => _tracker.IsShadowDropSuspected;

    /// <summary>A region's results stream is open and tells nothing of bundles that came in.</summary>
    public bool IsResultsStreamSilent => _tracker.IsResultsStreamSilent;

    /// <summary>
    /// Faults of ours repeated: why nothing is sent until <see cref="CloseBreaker"/>; null while all is well.
    /// </summary>
    public string? BreakerReason => _breaker.Why;

    /// <summary>
    /// Trading was stopped for the breaker's reason: from here on an operator's resume is what counts.
    /// </summary>
    public void CloseBreaker() => _breaker.Close();

    /// <summary>The newest published tips; null before the first.</summary>
    public TipFloor? TipFloor => _floors.Newest;

    /// <summary>They are too old, or there are none.</summary>
    public bool IsTipFloorStale => _floors.IsStale;

    /// <summary>
    /// Watches leaders, results, tips and the chain until it is cancelled. Nothing is decided without it: a part that
    /// fails ends all of it, and its fault is thrown.
    /// </summary>
    public async Task Run(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopped.Token);
        await SideBySide.Run(
            either.Token,
            [
                _watch.Run, _questions.CompareTipAccounts, _questions.FollowLeaders, _questions.AskForSilent,
                _questions.KeepKeys, _floorFeed.Ask, _floorFeed.Listen,
                .. _results.Select(results => (Func<CancellationToken, Task>)results.Run),
            ]).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">What is submitted is no signed bundle of its intent.</exception>
    public ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default)
    {
        var bundle = Read(submission);
        _cycles?.Add(submission); // before the bytes leave: they may land before this returns
        _chances?.Add(bundle);
        var choice = _leaders.Choose();
        var answer = _tracker.TryOpen(bundle, new LandingLabels(
            choice.Region ?? "", choice.Leader, LandingLabels.UnitsBucket(bundle.Units),
            LandingLabels.TipBucket(bundle.Tip, _floors.Newest)));
        if (answer is OpenAnswer.Known or OpenAnswer.OtherBytes) Repeated(bundle, answer);
        else if (answer == OpenAnswer.Full) return ValueTask.CompletedTask; // refused, with its outcome
        else if (_questions.HasOtherTipAccounts) NotSent(bundle, OutcomeCause.NotSent, "the tip accounts differ");
        else if (_breaker.Why is { } why) NotSent(bundle, OutcomeCause.NotSent, why);
        else if (choice.Region is null) NotSent(bundle, OutcomeCause.NoLeader, choice.Why);
        else Start(bundle, _regions[choice.Region]);
        return ValueTask.CompletedTask;
    }

    /// <summary>Hears what lands: ours, and who took what we went for, which is evidence of our loss.</summary>
    public void Observe(Observation observation)
    {
        if (observation is ObservedTransaction transaction)
        {
            _cycles?.Observe(transaction);
            if (_leaders.Saw(transaction.Slot)) _tracker.Saw(transaction.Slot);
        }
        foreach (var (opportunity, winner) in _chances?.Observe(observation) ?? [])
        {
            _tracker.Observe(opportunity, new LandingEvidence
            {
                Kind = LandingEvidenceKind.Winner,
                AtMs = NowMs,
                Slot = winner.Slot,
                Winner = winner,
            });
        }
    }

    /// <summary>What is known of an opportunity's bundle, with its evidence; null where there is none.</summary>
    public LandingVerdict? VerdictOf(OpportunityId opportunity) => _tracker.VerdictOf(opportunity);

    /// <summary>How far bundles came, see <see cref="FunnelSource"/>.</summary>
    public LandingFunnel Funnel() => _tracker.Funnel();

    /// <summary>Ends everything that is on its way; what was sent stays sent.</summary>
    public void Dispose()
    {
        _stopped.Cancel();
        foreach (var region in _regions.Values) region.Dispose();
    }

    /// <summary>What is known of leaders.</summary>
    internal LeaderCache Leaders => _leaders;

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private SignedBundle Read(BundleSubmission submission)
    {
        try
        {
            return SignedBundle.Read(submission);
        }
        catch (ArgumentException e)
        {
            _breaker.TakeFault(e.Message);
            throw;
        }
    }

    private void Start(SignedBundle bundle, EngineRegion region)
    {
        if (Interlocked.Increment(ref _inFlight) > _options.SubmissionsInFlightMax)
        {
            Interlocked.Decrement(ref _inFlight);
            _counts.RefusedFull();
            NotSent(bundle, OutcomeCause.NoTurn, "too many bundles are on their way");
            return;
        }
        _ = Task.Run(() => Deliver(bundle, region), CancellationToken.None); // off the caller's thread and scheduler
    }

    private async Task Deliver(SignedBundle bundle, EngineRegion region)
    {
        try
        {
            for (var attempt = 1; attempt <= _options.SendAttemptsMax; attempt++)
            {
                var priority = attempt == 1 ? RequestPriority.Send : RequestPriority.Resend;
                if (!await region.Gate.Enter(priority, _stopped.Token).ConfigureAwait(false))
                {
                    _counts.WasDisplaced();
                    GiveUp(bundle, attempt, OutcomeCause.NoTurn, "a newer bundle took its turn");
                    return;
                }
                if (IsDecided(bundle)) return;
                if (!_permit(bundle.Submission) || _questions.HasOtherTipAccounts || _breaker.Why is not null)
                {
                    GiveUp(bundle, attempt, OutcomeCause.NotSent, "sending was stopped");
                    return;
                }
                if (await Attempt(bundle, region, attempt == _options.SendAttemptsMax).ConfigureAwait(false)) return;
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // what was sent is evidence already, and what was not is none
        }
        catch (Exception e) when (!_stopped.IsCancellationRequested) // nobody awaits it: it must not be lost
        {
            _alerts.Raise(JitoAlert.Fault, $"sending {bundle.Id} failed: {e}");
            _breaker.TakeFault($"sending {bundle.Id} failed");
            Observe(bundle, LandingEvidenceKind.Uncertain, OutcomeCause.Unobserved, "a fault while sending");
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <summary>One attempt; true when no further one may help.</summary>
    private async Task<bool> Attempt(SignedBundle bundle, EngineRegion region, bool isLast)
    {
        _tracker.Sent(bundle);
        _chances?.Sent(bundle.Submission.Opportunity);
        var answer = await region.Sending.SendBundle(bundle.Submission.Transactions, _stopped.Token)
            .ConfigureAwait(false);
        region.Gate.Told(answer.Failure);
        _counts.Submitted(region.Name, answer.Failure?.Kind.ToString() ?? "Received");
        if (answer.Failure is not { } failure)
        {
            if (answer.Value != bundle.Id.ToString())
                _alerts.Raise(JitoAlert.IdDiffers, $"'{EngineErrors.Cut(answer.Value ?? "")}' for {bundle.Id}");
            Observe(bundle, LandingEvidenceKind.Received, OutcomeCause.Unobserved, "");
            return true;
        }
        if (failure.Kind == EngineFailureKind.Unknown) _counts.AnswerUnread();
        var cause = CauseOf(failure.Kind);
        var mayHelp = !isLast && (failure.IsOfKey
            || failure.Kind is EngineFailureKind.Transport or EngineFailureKind.RateLimited);
        if (cause is null) Observe(bundle, LandingEvidenceKind.Uncertain, OutcomeCause.Unobserved, failure.Text);
        else if (!mayHelp) Observe(bundle, LandingEvidenceKind.Refused, cause.Value, failure.Text);
        return !mayHelp;
    }

    private void Repeated(SignedBundle bundle, OpenAnswer answer)
    {
        _counts.WasRepeated();
        if (answer != OpenAnswer.OtherBytes) return;
        _alerts.Raise(JitoAlert.OtherBytes, $"{bundle.Submission.Opportunity}: {bundle.Id} was not sent");
        _breaker.TakeFault($"other bytes for {bundle.Submission.Opportunity}");
    }

    /// <summary>
    /// What goes again has left before, and the engine refused it for its rate or our key, or said nothing.
    /// </summary>
    private void GiveUp(SignedBundle bundle, int attempt, OutcomeCause cause, string why)
    {
        if (attempt == 1) NotSent(bundle, cause, why);
        else Observe(bundle, LandingEvidenceKind.Refused, OutcomeCause.RateLimited, why);
    }

    private void NotSent(SignedBundle bundle, OutcomeCause cause, string why) =>
        Observe(bundle, LandingEvidenceKind.NotSent, cause, why);

    private void Observe(SignedBundle bundle, LandingEvidenceKind kind, OutcomeCause cause, string text) =>
        _tracker.Observe(
            bundle.Submission.Opportunity,
            new LandingEvidence { Kind = kind, AtMs = NowMs, Cause = cause, Text = text });

    /// <summary>Nothing is gained by sending again what has an outcome.</summary>
    private bool IsDecided(SignedBundle bundle) =>
        _tracker.VerdictOf(bundle.Submission.Opportunity) is not { Kind: BundleOutcomeKind.Unknown };

    /// <summary>The cause of a refusal at the door; null where nobody knows whether it was received.</summary>
    private static OutcomeCause? CauseOf(EngineFailureKind kind) => kind switch
    {
        EngineFailureKind.Malformed => OutcomeCause.Malformed,
        EngineFailureKind.BlockhashExpired => OutcomeCause.BlockhashExpired,
        EngineFailureKind.RateLimited => OutcomeCause.RateLimited,
        EngineFailureKind.Unauthorised => OutcomeCause.Unauthorised,
        _ => null,
    };
}
