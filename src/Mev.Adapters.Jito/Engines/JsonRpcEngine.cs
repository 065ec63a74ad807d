using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mev.Adapters.Jito.Wire;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Engines;

/// <summary>
/// The engine's JSON-RPC: each method at its own path, and at that of bundles where the engine does not serve it. One
/// handler for as long as it lives, since a cold connection costs a round trip more. One attempt for a request.
/// </summary>
internal sealed class JsonRpcEngine : IBlockEngine
{
    /// <summary>Bundles in one request for statuses.</summary>
    public const int IdsMax = 5;

    private const string Bundles = "/api/v1/bundles";
    private const string KeyHeader = "x-jito-auth";

    private readonly Uri _endpoint;
    private readonly JitoOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly HashSet<string> _missing = []; // paths that were not served
    private volatile bool _isKeyRefused;

    public JsonRpcEngine(Uri endpoint, JitoOptions options, TimeProvider time)
    {
        (_endpoint, _options, _time) = (endpoint, options, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            AllowAutoRedirect = false, // a signed bundle goes where it was configured to go
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // each request has its own, by the injected clock
        };
    }

    /// <summary>The engine refused the key, which is not used any more.</summary>
    public bool WasKeyRefused => _isKeyRefused;

    /// <inheritdoc/>
    public async Task<EngineAnswer<string>> SendBundle(
        ImmutableArray<ReadOnlyMemory<byte>> transactions, CancellationToken cancellationToken)
    {
        if (_options.Protocol != EngineProtocol.JsonRpcTransaction || transactions.Length != 1)
        {
            return await Ask(
                Bundles, EngineRequests.SendBundle(transactions), EngineAnswers.ReadText, cancellationToken)
                .ConfigureAwait(false);
        }
        var sent = await SendTransaction(transactions[0], cancellationToken).ConfigureAwait(false);
        return sent.Failure is { } failure
            ? EngineAnswer<string>.Failed(failure)
            : EngineAnswer<string>.Of(sent.Value.BundleId);
    }

    /// <summary>Sends one transaction as a bundle; its signature, and the bundle's id out of the header.</summary>
    public Task<EngineAnswer<SentTransaction>> SendTransaction(
        ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken) =>
        Ask(
            "/api/v1/transactions?bundleOnly=true", EngineRequests.SendTransaction(transaction),
            (result, headers) => new SentTransaction(EngineAnswers.ReadText(result), IdIn(headers)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<EngineAnswer<ImmutableArray<Pubkey>>> GetTipAccounts(CancellationToken cancellationToken) => Ask(
        "/api/v1/getTipAccounts", EngineRequests.GetTipAccounts(), EngineAnswers.ReadAddresses, cancellationToken);

    /// <summary>Bundles that landed of late; at most <see cref="IdsMax"/> are asked for.</summary>
    public Task<EngineAnswer<ImmutableArray<BundleStatus>>> GetBundleStatuses(
        IReadOnlyCollection<BundleId> ids, CancellationToken cancellationToken) =>
        AskStatuses("getBundleStatuses", ids, EngineAnswers.ReadStatuses, cancellationToken);

    /// <summary>States of bundles of the last minutes; at most <see cref="IdsMax"/> are asked for.</summary>
    public Task<EngineAnswer<ImmutableArray<InflightStatus>>> GetInflightStatuses(
        IReadOnlyCollection<BundleId> ids, CancellationToken cancellationToken) =>
        AskStatuses("getInflightBundleStatuses", ids, EngineAnswers.ReadInflight, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Task<EngineAnswer<T>> AskStatuses<T>(
        string method, IReadOnlyCollection<BundleId> ids, Func<JsonElement, T> read,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, IdsMax, nameof(ids));
        return Ask($"/api/v1/{method}", EngineRequests.Statuses(method, ids), read, cancellationToken);
    }

    private static string IdIn(HttpResponseHeaders headers) =>
        headers.TryGetValues("x-bundle-id", out var ids) ? EngineErrors.Cut(ids.First()) : "";

    private Task<EngineAnswer<T>> Ask<T>(
        string path, ReadOnlyMemory<byte> body, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        Ask(path, body, (result, _) => read(result), cancellationToken);

    private async Task<EngineAnswer<T>> Ask<T>(
        string path, ReadOnlyMemory<byte> body, Func<JsonElement, HttpResponseHeaders, T> read,
        CancellationToken cancellationToken)
    {
        bool isMissing;
        lock (_missing) isMissing = _missing.Contains(path);
        var answer = await Post(isMissing ? Bundles : path, body, read, cancellationToken).ConfigureAwait(false);
        if (isMissing || path == Bundles || answer.Failure?.Kind != EngineFailureKind.NotFound) return answer;
        lock (_missing) _missing.Add(path);
        return await Post(Bundles, body, read, cancellationToken).ConfigureAwait(false);
    }

    private async Task<EngineAnswer<T>> Post<T>(
        string path, ReadOnlyMemory<byte> body, Func<JsonElement, HttpResponseHeaders, T> read,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.SubmitTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(path, body);
            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var answer = await Read(response.Content, either.Token).ConfigureAwait(false);
            return answer is { } bytes
                ? OfKey(request, EngineAnswers.Read(
                    (int)response.StatusCode, bytes, result => read(result, response.Headers)))
                : EngineAnswer<T>.Failed(new EngineFailure(
                    EngineFailureKind.Unknown, $"the answer exceeds {_options.AnswerBytesMax} bytes"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return EngineAnswer<T>.Failed(EngineErrors.OfTransport($"no answer in {_options.SubmitTimeout}"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return EngineAnswer<T>.Failed(EngineErrors.OfTransport(e.Message));
        }
    }

    private HttpRequestMessage Request(string path, ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_endpoint, path))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
            Content = new ReadOnlyMemoryContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_options.AuthUuid is { } uuid && !_isKeyRefused)
            request.Headers.Add(KeyHeader, uuid.Reveal()); // not in the address
        return request;
    }

    /// <summary>A key that the engine refuses is not used again: default requests need none.</summary>
    private EngineAnswer<T> OfKey<T>(HttpRequestMessage request, EngineAnswer<T> answer)
    {
        if (answer.Failure is not { Kind: EngineFailureKind.Unauthorised } refusal) return answer;
        if (!request.Headers.Contains(KeyHeader)) return answer;
        _isKeyRefused = true;
        return EngineAnswer<T>.Failed(refusal with { IsOfKey = true });
    }

    /// <summary>The body; null when it is longer than the bound.</summary>
    private async Task<ReadOnlyMemory<byte>?> Read(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > _options.AnswerBytesMax) return null;
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var answer = new ArrayBufferWriter<byte>(4 << 10);
        while (true)
        {
            var read = await stream.ReadAsync(answer.GetMemory(4 << 10), cancellationToken).ConfigureAwait(false);
            if (read == 0) return answer.WrittenMemory;
            answer.Advance(read);
            if (answer.WrittenCount > _options.AnswerBytesMax) return null;
        }
    }
}
