using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Mev.Cli.Gateways;

/// <summary>Asks a gateway; every answer that is no success is a <see cref="CommandFailure"/>.</summary>
internal sealed class GatewayClient : IDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;

    public GatewayClient(Uri url)
    {
        _http = new HttpClient { BaseAddress = url, Timeout = AnswerMax };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    public async Task<JsonElement> Get(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode) return JsonDocument.Parse(text).RootElement;
            throw new CommandFailure(CodeOf(response.StatusCode), Problem(response.StatusCode, text));
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
        401 or 403 => ExitCode.Refused,
        409 or 410 or 422 => ExitCode.Conflict,
        503 => ExitCode.Unavailable,
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
