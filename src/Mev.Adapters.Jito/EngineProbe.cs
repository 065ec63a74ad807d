using System.Collections.Immutable;
using Grpc.Core;
using Mev.Adapters.Jito.Engines;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana;
using Mev.Adapters.Solana.Probes;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito;

/// <summary>
/// Asks every region over both of its protocols, within the rate that it allows, whether it is there, for its tip
/// accounts and its slot. No bundle is sent.
/// </summary>
/// <param name="options">Which regions.</param>
/// <param name="time">Times requests, and spaces them.</param>
public sealed class EngineProbe(JitoOptions options, TimeProvider time)
{
    /// <summary>Two answers for each region in the order of the options, JSON-RPC first.</summary>
    /// <param name="reference">A slot of the chain at the moment when it is called; null where none is told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ImmutableArray<EndpointProbe>> Ask(
        Func<CancellationToken, Task<Slot?>> reference, CancellationToken cancellationToken)
    {
        List<JitoRegionOptions> regions = options.Global is { } global
            ? [.. options.Regions, global]
            : [.. options.Regions];
        var asked = await Task.WhenAll(regions.Select(region => Ask(region, reference, cancellationToken)))
            .ConfigureAwait(false);
        return [.. asked.SelectMany(both => both)];
    }

    private async Task<EndpointProbe[]> Ask(
        JitoRegionOptions named, Func<CancellationToken, Task<Slot?>> reference, CancellationToken cancellationToken)
    {
        using var key = JitoHosting.ReadKey(options.SearcherKeyFile);
        using var region = new EngineRegion(named, options, key, time);
        var json = await AskJson(named, region, cancellationToken).ConfigureAwait(false);
        return [json, await AskGrpc(named, region, reference, cancellationToken).ConfigureAwait(false)];
    }

    private async Task<EndpointProbe> AskJson(
        JitoRegionOptions named, EngineRegion region, CancellationToken cancellationToken)
    {
        var probe = new EndpointProbe
        {
            Name = $"jito {named.Name} json-rpc",
            Address = Endpoints.Shown(named.Endpoint),
        };
        var (answer, roundTrip) = await Twice(region, region.Json.GetTipAccounts, cancellationToken)
            .ConfigureAwait(false);
        return answer.Failure is { } failure
            ? probe with { Failure = Text(failure, named.Endpoint) }
            : probe with { RoundTrip = roundTrip, HasDerivedTipAccounts = TipAccounts.Matches(answer.Value) };
    }

    private async Task<EndpointProbe> AskGrpc(
        JitoRegionOptions named, EngineRegion region, Func<CancellationToken, Task<Slot?>> reference,
        CancellationToken cancellationToken)
    {
        var endpoint = named.GrpcEndpoint ?? named.Endpoint;
        var probe = new EndpointProbe { Name = $"jito {named.Name} grpc", Address = Endpoints.Shown(endpoint) };
        try
        {
            await region.RenewKey(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            return probe with { Failure = ProbeText.Of($"{failure.StatusCode}: {failure.Status.Detail}", endpoint) };
        }
        Task<Slot?>? atThatMoment = null;
        var (answer, roundTrip) = await Twice(
            region,
            token =>
            {
                atThatMoment = reference(token);
                return region.Grpc.GetNextLeader(token);
            },
            cancellationToken).ConfigureAwait(false);
        var other = atThatMoment is null ? null : await atThatMoment.ConfigureAwait(false);
        if (answer.Failure is { } refusal) return probe with { Failure = Text(refusal, endpoint) };
        return probe with
        {
            RoundTrip = roundTrip,
            Slot = new Slot(answer.Value!.CurrentSlot),
            Reference = other,
        };
    }

    /// <summary>The first request makes the connection, whatever comes of it; the second one is timed.</summary>
    private async Task<(EngineAnswer<T> Answer, TimeSpan RoundTrip)> Twice<T>(
        EngineRegion region, Func<CancellationToken, Task<EngineAnswer<T>>> ask, CancellationToken cancellationToken)
    {
        await region.Ask(RequestPriority.Status, ask, cancellationToken).ConfigureAwait(false);
        var roundTrip = TimeSpan.Zero;
        var answer = await region.Ask(
            RequestPriority.Status,
            async token =>
            {
                var sent = time.GetTimestamp();
                var told = await ask(token).ConfigureAwait(false);
                roundTrip = time.GetElapsedTime(sent);
                return told;
            },
            cancellationToken).ConfigureAwait(false);
        return (answer ?? throw new InvalidOperationException("somebody else asks through this gate"), roundTrip);
    }

    private static string Text(EngineFailure failure, Uri endpoint) =>
        ProbeText.Of($"{failure.Kind}: {failure.Text}", endpoint);
}
