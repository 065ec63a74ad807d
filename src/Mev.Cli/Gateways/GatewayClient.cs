using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mev.Control.Commands;

namespace Mev.Cli.Gateways;

/// <summary>Asks a gateway; every answer that is no success is a <see cref="CommandFailure"/>.</summary>
internal sealed class GatewayClient : IDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;

    public GatewayClient(Uri url)
    {
        Url = url;
        _http = new HttpClient { BaseAddress = url, Timeout = AnswerMax };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        Token = SessionFile.Read(Authority);
        if (Token.Length > 0)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    /// <summary>The token of the session that this user has opened at it; empty without one.</summary>
    public string Token { get; }

    /// <summary>Its address.</summary>
    public Uri Url { get; }

    /// <summary>What a signed request to it is addressed to.</summary>
    public string Authority => _http.BaseAddress?.Authority.ToLowerInvariant() ?? "";

    /// <summary>Sends a signed request: its receipt, or the problem as it stands and as a failure.</summary>
    public async Task<(JsonElement Answer, CommandFailure? Problem)> Post(
        CommandRequest signed, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(signed.Target, UriKind.Relative))
        {
            Content = new ByteArrayContent(signed.Body.ToArray()),
        };
        foreach (var line in signed.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(line.Name, line.Value))
                request.Content.Headers.TryAddWithoutValidation(line.Name, line.Value);
        }
        return await Answered(async () =>
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var answer = JsonDocument.Parse(text).RootElement;
            return response.IsSuccessStatusCode
                ? (answer, null)
                : (answer, new CommandFailure(CodeOf(response.StatusCode), Problem(response.StatusCode, text)));
        }, cancellationToken);
    }

    public Task<JsonElement> Get(string path, CancellationToken cancellationToken) => Answered(async () =>
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.IsSuccessStatusCode) return JsonDocument.Parse(text).RootElement;
        throw new CommandFailure(CodeOf(response.StatusCode), Problem(response.StatusCode, text));
    }, cancellationToken);

    private async Task<T> Answered<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException failure)
        {
            throw Away($"does not answer ({failure.Message})");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Away($"did not answer within {AnswerMax.TotalSeconds} s");
        }
        catch (JsonException)
        {
            throw new CommandFailure(
                ExitCode.Failed, $"{_http.BaseAddress}: the answer is no JSON. Is it this platform's gateway?");
        }
    }

    /// <summary>Saves an answer's bytes to a file as they come; only its beginning is waited for so long.</summary>
    public async Task Download(string path, string file, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(
                new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                throw new CommandFailure(CodeOf(response.StatusCode), Problem(response.StatusCode, text));
            }
            await using var saved = File.Create(file);
            await response.Content.CopyToAsync(saved, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Away($"did not give {path} ({failure.Message})");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Away($"did not answer within {AnswerMax.TotalSeconds} s");
        }
    }

    public void Dispose() => _http.Dispose();

    private CommandFailure Away(string what) => new(
        ExitCode.Unavailable,
        $"{_http.BaseAddress} {what}. Start the host with 'make run', or name another with --url.");

    private static int CodeOf(HttpStatusCode status) => (int)status switch
    {
        400 => ExitCode.Usage,
        401 or 403 or 421 => ExitCode.Refused,
        409 or 410 or 422 => ExitCode.Conflict,
        429 or 503 => ExitCode.Unavailable,
        _ => ExitCode.Failed,
    };

    private static string Problem(HttpStatusCode status, string text)
    {
        try
        {
            var problem = JsonDocument.Parse(text).RootElement;
            return $"{problem.Text("title")}: {problem.Text("detail")}";
        }
        catch (JsonException)
        {
            return $"the gateway answered {(int)status}";
        }
    }
}
