using Grpc.Core;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Jito.Engines;

/// <summary>
/// Reads what becomes of our bundles: one connection at a time, for the engine allows few; opened again after a wait
/// that doubles and is spread by chance. What comes while it is broken is lost: the chain is the authority.
/// </summary>
internal sealed partial class ResultsStream(
    EngineRegion home, JitoOptions options, LandingTracker tracker, JitoCounts counts, TimeProvider time,
    Func<double> chance, ILogger logger)
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
                using var call = await home.Grpc.Results(cancellationToken).ConfigureAwait(false);
                while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
                {
                    backoff.Reset();
                    tracker.Observe(call.ResponseStream.Current);
                }
            }
            catch (RpcException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                end = EngineErrors.OfGrpc(e.StatusCode, e.Status.Detail).Text;
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
            LogBroken(logger, home.Name, end, wait);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "The results of {Region} broke off: {Reason}; again in {Wait}")]
    private static partial void LogBroken(ILogger logger, string region, string reason, TimeSpan wait);
}
