using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>One attempt at one request: posts the body, reads an answer of bounded length within the time.</summary>
internal sealed class RpcTransport(HttpClient http, RpcOptions options, TimeProvider time)
{
    private const int NodeUnhealthy = -32_005;
    private const int BlockNotAvailable = -32_014;
    private const int SlotNotReached = -32_016;
    private const int ReadBytes = 64 << 10;

    /// <summary>The answer; its <c>result</c> is there.</summary>
    /// <exception cref="RpcRequestException">There is none; it says whether another attempt may help.</exception>
    public async Task<JsonDocument> Send(string method, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(body);
            using var response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK) throw Refusal(method, response);
            return Parse(method, await Read(method, response.Content, either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RpcRequestException(RpcFailure.Timeout, $"{method}: no answer in {options.RequestTimeout}", e)
            {
                IsTransient = true,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new RpcRequestException(RpcFailure.Transport, $"{method}: {e.Message}", e) { IsTransient = true };
        }
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint)
        {
            Content = new ReadOnlyMemoryContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        if (options.AccessToken is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        return request;
    }

    private RpcRequestException Refusal(string method, HttpResponseMessage response)
    {
        var isLimited = response.StatusCode == HttpStatusCode.TooManyRequests;
        var after = response.Headers.RetryAfter;
        return new RpcRequestException(
            isLimited ? RpcFailure.RateLimited : RpcFailure.Status,
            $"{method}: the node answers with HTTP status {(int)response.StatusCode}")
        {
            IsTransient = isLimited || (int)response.StatusCode >= (int)HttpStatusCode.InternalServerError,
            RetryAfter = after?.Delta ?? (after?.Date is { } date ? date - time.GetUtcNow() : null),
        };
    }

    private async Task<ReadOnlyMemory<byte>> Read(
        string method, HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > options.ResponseBytesMax) throw TooLarge(method);
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var answer = new ArrayBufferWriter<byte>(ReadBytes); // grows by what comes, not by what is promised
        while (true)
        {
            var read = await stream.ReadAsync(answer.GetMemory(ReadBytes), cancellationToken).ConfigureAwait(false);
            if (read == 0) return answer.WrittenMemory;
            answer.Advance(read);
            if (answer.WrittenCount > options.ResponseBytesMax) throw TooLarge(method);
        }
    }

    private RpcRequestException TooLarge(string method) =>
        new(RpcFailure.TooLarge, $"{method}: the answer exceeds {options.ResponseBytesMax} bytes");

    private static JsonDocument Parse(string method, ReadOnlyMemory<byte> answer)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(answer);
        }
        catch (JsonException e)
        {
            throw new RpcRequestException(RpcFailure.Malformed, $"{method}: the answer is not JSON", e);
        }
        var root = document.RootElement;
        var isObject = root.ValueKind == JsonValueKind.Object;
        if (isObject && root.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null)
            throw Error(method, error);
        if (isObject && root.TryGetProperty("result", out _)) return document;
        throw new RpcRequestException(RpcFailure.Malformed, $"{method}: the answer has no result");
    }

    private static RpcRequestException Error(string method, JsonElement error)
    {
        var code = 0;
        var isCoded = error.ValueKind == JsonValueKind.Object
            && error.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt32(out code);
        var isBehind = isCoded && code is NodeUnhealthy or BlockNotAvailable or SlotNotReached;
        return new RpcRequestException(
            isBehind ? RpcFailure.Behind : RpcFailure.Refused, $"{method}: the node answers with error {code}")
        {
            IsTransient = isBehind,
        };
    }
}
