using Grpc.Core;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Jito.Leaders;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Jito.Engines;

/// <summary>
/// Reads what becomes of the bundles of a region: one connection at a time, for the engine allows few; opened in a turn
/// of its own, and again after a wait that doubles and is spread by chance. What comes while it is broken is lost: the
/// chain is the authority.
/// </summary>
internal sealed partial class ResultsStream(
    EngineRegion region, JitoOptions options, LandingTracker tracker, LeaderCache leaders, JitoCounts counts,
    TimeProvider time, Func<double> chance, ILogger logger)
{
    /// <summary>Reads for as long as it may.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var backoff = new Backoff(options.ReconnectDelay, options.ReconnectDelayMax, chance);
        while (true)
        {
            var end = "the engine ended the stream";
            try
            {
                await region.RenewKey(cancellationToken).ConfigureAwait(false);
                await region.Turn(RequestPriority.Results, cancellationToken).ConfigureAwait(false);
                using var call = region.Grpc.Results(cancellationToken);
                while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
                {
                    backoff.Reset();
                    if (leaders.Slot is { } slot) tracker.Saw(slot); // it tells of this one, and names none
                    tracker.Observe(call.ResponseStream.Current);
                }
            }
            catch (RpcException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var failure = EngineErrors.OfGrpc(e.StatusCode, e.Status.Detail);
                region.Gate.Told(failure);
                if (failure.Kind == EngineFailureKind.Unauthorised) region.Grpc.DropKey();
                end = failure.Text;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                end = e.Message;
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                end = e.Message;
            }
            counts.StreamBroke();
            var wait = backoff.Next();
            LogBroken(logger, region.Name, end, wait);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "The results of {Region} broke off: {Reason}; again in {Wait}")]
    private static partial void LogBroken(ILogger logger, string region, string reason, TimeSpan wait);
}
