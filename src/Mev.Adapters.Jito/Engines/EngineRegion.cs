using Grpc.Core;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Transactions;

namespace Mev.Adapters.Jito.Engines;

/// <summary>One region with both of its protocols, behind one gate: the engine counts all methods together.</summary>
internal sealed class EngineRegion : IDisposable
{
    public EngineRegion(JitoRegionOptions region, JitoOptions options, SigningKey? key, TimeProvider time)
    {
        Name = region.Name;
        Json = new JsonRpcEngine(region.Endpoint, options, time);
        Grpc = new GrpcEngine(region.GrpcEndpoint ?? region.Endpoint, options, key, time);
        Gate = new RequestGate(options, time);
        Sending = options.Protocol == EngineProtocol.Grpc ? Grpc : Json;
    }

    public string Name { get; }

    public JsonRpcEngine Json { get; }

    public GrpcEngine Grpc { get; }

    /// <summary>The protocol that bundles take.</summary>
    public IBlockEngine Sending { get; }

    public RequestGate Gate { get; }

    /// <summary>The engine refused a key of ours: calls go on without it.</summary>
    public bool WasKeyRefused => Json.WasKeyRefused || Grpc.WasKeyRefused;

    /// <summary>Asks once the gate is open; null when a newer request took the place.</summary>
    public async Task<EngineAnswer<T>?> Ask<T>(
        RequestPriority priority, Func<CancellationToken, Task<EngineAnswer<T>>> ask,
        CancellationToken cancellationToken)
    {
        if (!await Gate.Enter(priority, cancellationToken).ConfigureAwait(false)) return null;
        var answer = await ask(cancellationToken).ConfigureAwait(false);
        Gate.Told(answer.Failure);
        return answer;
    }

    /// <summary>Waits for a turn of its own kind, of which one waits at a time.</summary>
    public async Task Turn(RequestPriority priority, CancellationToken cancellationToken)
    {
        while (!await Gate.Enter(priority, cancellationToken).ConfigureAwait(false)) { }
    }

    /// <summary>Gets or renews the token of the key, a turn for each request.</summary>
    /// <exception cref="RpcException">The engine cannot be reached.</exception>
    public Task RenewKey(CancellationToken cancellationToken) =>
        Grpc.RenewKey(token => Turn(RequestPriority.Key, token), cancellationToken);

    public void Dispose()
    {
        Gate.Dispose();
        Json.Dispose();
        Grpc.Dispose();
    }
}
