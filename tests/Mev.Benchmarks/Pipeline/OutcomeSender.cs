using System.Collections.Concurrent;
using System.Threading.Channels;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Benchmarks.Pipeline;

/// <summary>
/// The counterparty of the load: takes every bundle, and after two slots tells of it: one in eight has landed. So
/// outcomes are journalled and learnt from at the rate of the submissions.
/// </summary>
internal sealed class OutcomeSender(TimeProvider time, SignedOut signed) : IBundleSender, IAsyncDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private const int LandedEvery = 8;

    private readonly ConcurrentQueue<(OpportunityId Opportunity, long SentAt)> _sent = new();
    private readonly Channel<BundleOutcome> _outcomes = Channel.CreateUnbounded<BundleOutcome>();
    private readonly CancellationTokenSource _ended = new();
    private Task? _telling;
    private long _told;

    public string Description => "load";

    public ChannelReader<BundleOutcome> Outcomes => _outcomes.Reader;

    public ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default)
    {
        signed.Left(submission);
        _sent.Enqueue((submission.Opportunity, time.GetTimestamp()));
        return ValueTask.CompletedTask;
    }

    public void Start() => _telling = Tell();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_telling is not null) await _telling;
        _ended.Dispose();
    }

    private async Task Tell()
    {
        using var timer = new PeriodicTimer(Step, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                while (_sent.TryPeek(out var sent) && time.GetElapsedTime(sent.SentAt) > Delay)
                {
                    if (_sent.TryDequeue(out sent)) _outcomes.Writer.TryWrite(Outcome(sent.Opportunity));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the load is over
        }
    }

    private BundleOutcome Outcome(OpportunityId opportunity)
    {
        var hasLanded = _told++ % LandedEvery == 0;
        return new BundleOutcome
        {
            Opportunity = opportunity,
            Kind = hasLanded ? BundleOutcomeKind.Landed : BundleOutcomeKind.Expired,
            Cause = hasLanded ? OutcomeCause.Landed : OutcomeCause.Late,
            Slot = default,
            Realised = new Lamports(hasLanded ? 1_000_000 : 0),
            TipPaid = new Lamports(hasLanded ? 100_000 : 0),
            Cursor = default,
            ObservedMs = 0,
        };
    }
}
