using Grpc.Core;
using Grpc.Net.Client;
using Mev.Adapters.Solana.Yellowstone.Wire;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>The way to the server: calls beside the stream with their deadline and the token.</summary>
internal sealed class YellowstoneChannel : IDisposable
{
    private readonly YellowstoneOptions _options;
    private readonly TimeProvider _time;
    private readonly GrpcChannel _channel;

    public YellowstoneChannel(YellowstoneOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _channel = GrpcChannel.ForAddress(options.Endpoint, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = options.MessageBytesMax,
            DisposeHttpClient = true,
            ThrowOperationCanceledOnCancellation = true,
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = options.ConnectTimeout,
                EnableMultipleHttp2Connections = true,
                InitialHttp2StreamWindowSize = 8 << 20, // a burst of one slot without waiting for the window
            },
        });
        Client = new Geyser.GeyserClient(_channel);
    }

    /// <summary>The calls.</summary>
    public Geyser.GeyserClient Client { get; }

    /// <summary>Metadata of every call.</summary>
    public static Metadata Headers(YellowstoneOptions options) =>
        options.XToken is { } token ? new Metadata { { "x-token", token.Reveal() } } : [];

    /// <summary>Lowest slot that the server can send again; null when it says of none.</summary>
    /// <exception cref="RpcException">The server cannot be reached.</exception>
    public async Task<ulong?> FirstHeldSlot(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var answer = await Client.SubscribeReplayInfoAsync(
                new SubscribeReplayInfoRequest(), Headers(_options), cancellationToken: either.Token)
                .ConfigureAwait(false);
            return answer.HasFirstAvailable ? answer.FirstAvailable : null;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unimplemented)
        {
            return null; // a server of before it could
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();
}
