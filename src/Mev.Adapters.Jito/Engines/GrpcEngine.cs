using System.Collections.Immutable;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Engines;

/// <summary>The engine's searcher service, with an approved key or without one. One attempt for a call.</summary>
internal sealed class GrpcEngine : IBlockEngine
{
    // As the vendor's clients write it: the engine takes packets, and a packet names a sender.
    private const string NoAddress = "0.0.0.0";

    private static readonly TimeSpan LeadersTimeout = TimeSpan.FromSeconds(5); // some 2 MB, and nobody waits for them

    private readonly JitoOptions _options;
    private readonly TimeProvider _time;
    private readonly GrpcChannel _channel;
    private readonly SearcherService.SearcherServiceClient _searcher;
    private readonly SearcherTokens _tokens;

    public GrpcEngine(Uri endpoint, JitoOptions options, SigningKey? key, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _channel = GrpcChannel.ForAddress(endpoint, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = options.AnswerBytesMax,
            DisposeHttpClient = true,
            ThrowOperationCanceledOnCancellation = true,
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = options.ConnectTimeout,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            },
        });
        _searcher = new SearcherService.SearcherServiceClient(_channel);
        _tokens = new SearcherTokens(new AuthService.AuthServiceClient(_channel), key, options, time);
    }

    /// <summary>The engine refused the key, or a token of it that it had given.</summary>
    public bool WasKeyRefused => _tokens.WasRefused;

    /// <summary>It refused the stream of results that was opened with the token that there is.</summary>
    public void DropKey() => _tokens.Drop(_tokens.Headers());

    /// <inheritdoc/>
    public Task<EngineAnswer<string>> SendBundle(
        ImmutableArray<ReadOnlyMemory<byte>> transactions, CancellationToken cancellationToken) => Ask(
            async (headers, token) => (await _searcher.SendBundleAsync(
                RequestOf(transactions), headers, cancellationToken: token).ConfigureAwait(false)).Uuid,
            cancellationToken);

    /// <inheritdoc/>
    public Task<EngineAnswer<ImmutableArray<Pubkey>>> GetTipAccounts(CancellationToken cancellationToken) => Ask(
        async (headers, token) =>
        {
            var answer = await _searcher.GetTipAccountsAsync(
                new GetTipAccountsRequest(), headers, cancellationToken: token).ConfigureAwait(false);
            return answer.Accounts.Select(text => Pubkey.TryParse(text, out var key)
                ? key
                : throw new FormatException("a tip account is no address")).ToImmutableArray();
        },
        cancellationToken);

    /// <summary>The slot now, with the next leader of our regions.</summary>
    public Task<EngineAnswer<NextScheduledLeaderResponse>> GetNextLeader(CancellationToken cancellationToken) => Ask(
        async (headers, token) => await _searcher.GetNextScheduledLeaderAsync(
            new NextScheduledLeaderRequest { Regions = { RegionNames } }, headers, cancellationToken: token)
            .ConfigureAwait(false),
        cancellationToken);

    /// <summary>The leaders of our regions that take bundles, with their slots of the epoch.</summary>
    public Task<EngineAnswer<ConnectedLeadersRegionedResponse>> GetLeaders(CancellationToken cancellationToken) => Ask(
        async (headers, token) => await _searcher.GetConnectedLeadersRegionedAsync(
            new ConnectedLeadersRegionedRequest { Regions = { RegionNames } }, headers, cancellationToken: token)
            .ConfigureAwait(false),
        LeadersTimeout, cancellationToken);

    /// <summary>A stream of what becomes of our bundles; lasts until it is disposed of.</summary>
    public AsyncServerStreamingCall<BundleResult> Results(CancellationToken cancellationToken) =>
        _searcher.SubscribeBundleResults(
            new SubscribeBundleResultsRequest(), _tokens.Headers(), cancellationToken: cancellationToken);

    /// <summary>Renews the token of the key, where there is one, see <see cref="SearcherTokens.Renew"/>.</summary>
    public Task RenewKey(Func<CancellationToken, Task> turn, CancellationToken cancellationToken) =>
        _tokens.Renew(turn, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _tokens.Dispose();
        _channel.Dispose();
    }

    /// <summary>One packet for each transaction.</summary>
    internal static SendBundleRequest RequestOf(ImmutableArray<ReadOnlyMemory<byte>> transactions) => new()
    {
        Bundle = new Bundle
        {
            Packets =
            {
                transactions.Select(bytes => new Packet
                {
                    Data = UnsafeByteOperations.UnsafeWrap(bytes),
                    Meta = new Meta { Size = (ulong)bytes.Length, Addr = NoAddress },
                }),
            },
        },
    };

    private IEnumerable<string> RegionNames => _options.Regions.Select(region => region.Name);

    private Task<EngineAnswer<T>> Ask<T>(
        Func<Metadata, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        Ask(call, _options.SubmitTimeout, cancellationToken);

    private async Task<EngineAnswer<T>> Ask<T>(
        Func<Metadata, CancellationToken, Task<T>> call, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var headers = _tokens.Headers();
        try
        {
            return EngineAnswer<T>.Of(await call(headers, either.Token).ConfigureAwait(false));
        }
        catch (RpcException e)
        {
            var failure = EngineErrors.OfGrpc(e.StatusCode, e.Status.Detail);
            var isOfKey = failure.Kind == EngineFailureKind.Unauthorised && headers.Count > 0;
            if (isOfKey) _tokens.Drop(headers);
            return EngineAnswer<T>.Failed(failure with { IsOfKey = isOfKey });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return EngineAnswer<T>.Failed(EngineErrors.OfTransport($"no answer in {longest}"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return EngineAnswer<T>.Failed(EngineErrors.OfTransport(e.Message));
        }
        catch (FormatException e)
        {
            return EngineAnswer<T>.Failed(new EngineFailure(EngineFailureKind.Unknown, e.Message));
        }
    }
}
