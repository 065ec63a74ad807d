using System.Collections.Immutable;
using Grpc.Core;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Jito.Leaders;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Jito.Engines;

/// <summary>
/// What the engine is asked in the background, never before a send: tip accounts once, leaders now and then, and rarely
/// what became of bundles of which nothing was heard. Each question waits for its turn behind the sends.
/// </summary>
internal sealed partial class EngineQuestions(
    EngineRegion home, IReadOnlyDictionary<string, EngineRegion> regions, JitoOptions options,
    LandingTracker tracker, LeaderCache cache,
    JitoCounts counts, JitoAlerts alerts, TimeProvider time, Func<double> chance, ILogger logger)
{
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMinutes(1);

    private volatile TipAccountsReport? _report;

    private sealed record TipAccountsReport(ImmutableArray<Pubkey> Accounts);

    /// <summary>Tip accounts as the engine reports them; null while it was not reached.</summary>
    public ImmutableArray<Pubkey>? ReportedTipAccounts => _report?.Accounts;

    /// <summary>The engine reports other tip accounts than the derived ones: nothing may be sent.</summary>
    public bool HasOtherTipAccounts => _report is { } report && !TipAccounts.Matches(report.Accounts);

    /// <summary>Asks until the engine has answered once, then compares.</summary>
    public async Task CompareTipAccounts(CancellationToken cancellationToken)
    {
        var backoff = new Backoff(options.ReconnectDelay, options.ReconnectDelayMax, chance);
        while (true)
        {
            var answer = await home.Ask(RequestPriority.TipAccounts, home.Sending.GetTipAccounts, cancellationToken)
                .ConfigureAwait(false);
            if (answer is { Failure: null } told)
            {
                _report = new TipAccountsReport(told.Value);
                if (HasOtherTipAccounts)
                {
                    var reported = string.Join(", ", told.Value.Take(TipAccounts.Count));
                    alerts.Raise(
                        JitoAlert.TipAccountsDiffer,
                        $"{home.Name} reports {reported}; the derived ones are others, so nothing is "
                        + "signed or sent: is it another network, or another tip program?");
                }
                return;
            }
            if (answer?.Failure is { Kind: EngineFailureKind.Unknown } failure)
            {
                counts.AnswerUnread();
                LogUnread(logger, home.Name, failure.Text);
            }
            await Task.Delay(backoff.Next(), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for the leaders, for as long as it may: seldom, as each question takes a send's turn.</summary>
    public async Task FollowLeaders(CancellationToken cancellationToken)
    {
        var backoff = new Backoff(options.ReconnectDelay, options.ReconnectDelayMax, chance);
        var isKeyTold = false;
        while (true)
        {
            var asked = Idle();
            var isTold = await AskForLeaders(asked, cancellationToken).ConfigureAwait(false);
            if (isTold) backoff.Reset();
            if (cache.Slot is { } slot) tracker.Saw(slot);
            if (!isKeyTold && regions.Values.FirstOrDefault(region => region.WasKeyRefused) is { } refusing)
            {
                isKeyTold = true;
                alerts.Raise(JitoAlert.KeyRefused, $"{refusing.Name} does not know the key; calls go on without it");
            }
            await Task.Delay(isTold ? options.LeaderInterval : backoff.Next(), time, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Renews the tokens of the key in every region, for as long as it may.</summary>
    public async Task KeepKeys(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(KeyInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var region in regions.Values)
            {
                try
                {
                    await region.RenewKey(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (e is RpcException or OperationCanceledException
                    && !cancellationToken.IsCancellationRequested)
                {
                    // asked again in a minute: the token lasts some more
                }
            }
        }
    }

    /// <summary>Asks once for each bundle that stays silent, for as long as it may.</summary>
    public async Task AskForSilent(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.InflightAfter / 2, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var (name, ids) = tracker.Silent(JsonRpcEngine.IdsMax);
            if (ids.Count == 0 || !regions.TryGetValue(name, out var region)) continue;
            var answer = await region.Ask(
                RequestPriority.Status, token => region.Json.GetInflightStatuses(ids, token), cancellationToken)
                .ConfigureAwait(false);
            if (answer is not { Failure: null } told) continue;
            foreach (var status in told.Value) tracker.Observe(status);
        }
    }

    /// <summary>Asks for leaders, and for the slot where no feed tells it; whether both are known.</summary>
    private async Task<bool> AskForLeaders(EngineRegion asked, CancellationToken cancellationToken)
    {
        if (cache.IsSlotOld)
        {
            var next = await asked.Ask(RequestPriority.Leaders, asked.Grpc.GetNextLeader, cancellationToken)
                .ConfigureAwait(false);
            if (next is not { Failure: null, Value: { } now }) return false;
            cache.Take(now);
        }
        var answer = await asked.Ask(RequestPriority.Leaders, asked.Grpc.GetLeaders, cancellationToken)
            .ConfigureAwait(false);
        if (answer is not { Failure: null, Value: { } told }) return false;
        cache.Take(told);
        return true;
    }

    /// <summary>
    /// A region that no bundle goes to now, for all requests to one share its rate; home where there is no other.
    /// </summary>
    private EngineRegion Idle()
    {
        if (options.Global is { } global) return regions[global.Name];
        var busy = cache.Choose().Region;
        return options.Regions.FirstOrDefault(region => region.Name != busy) is { } idle ? regions[idle.Name] : home;
    }

    [LoggerMessage(2002, LogLevel.Warning, "{Region} answers what is not understood: {Text}")]
    private static partial void LogUnread(ILogger logger, string region, string text);
}
