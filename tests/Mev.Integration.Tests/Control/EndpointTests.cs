using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Gateway;
using Mev.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Integration.Tests.Control;

/// <summary>Every endpoint that does not only read asks for a signature.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class EndpointTests(ControlHost control)
{
    private const string StreamsOverGrpc = "/mev.v1.StreamService/Subscribe"; // reads, whatever its method

    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS"];

    [Fact]
    public async Task Every_endpoint_that_does_not_read_is_refused_unsigned()
    {
        var endpoints = Writing();
        Assert.Equal(CommandEndpoints.All.Order(), endpoints.Select(each => each.Path).Order());
        foreach (var (method, path) in endpoints)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative))
            {
                Content = new ByteArrayContent("{\"op\":\"ping\"}"u8.ToArray()),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            using var response = await control.Host.Http.SendAsync(request);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            var accepted = response.Headers.GetValues("Accept-Signature").Single();
            Assert.Contains("mev-cmd-v1", accepted, StringComparison.Ordinal);
            var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal("signature_missing", problem.GetProperty("code").GetString());
            Assert.Equal("urn:mev:error:signature_missing", problem.GetProperty("type").GetString());
            Assert.True(problem.TryGetProperty("trace_id", out _));
        }
    }

    /// <summary>What the running host itself says that it takes.</summary>
    [Fact]
    public async Task The_document_of_the_interface_names_the_same_endpoints_and_a_page_shows_it()
    {
        var document = await control.Host.Get("/openapi/v1.json");
        var writing = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject(), (path, method) => (path.Name, method.Name))
            .Where(each => !Methods.Contains(each.Item2.ToUpperInvariant()))
            .Select(each => each.Item1).Order();
        Assert.Equal(Writing().Select(each => each.Path).Order(), writing);
        var page = await control.Host.Http.GetStringAsync(new Uri("/docs/", UriKind.Relative));
        Assert.Contains("openapi/v1.json", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/commands?x=1")]
    [InlineData("/v1/%63ommands")]
    public async Task A_path_with_a_query_or_an_escape_is_no_endpoint(string target)
    {
        var request = control.Sign("operator-1", new { op = "ping" }) with { Target = target };
        Assert.InRange((await control.Send(request)).Status, 400, 404);
    }

    [Fact]
    public async Task The_server_tells_its_time()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.InRange((await control.Host.Get("/v1/time")).GetProperty("unixMs").GetInt64(), now - 5_000, now + 5_000);
    }

    [Fact]
    public async Task More_than_its_share_of_requests_is_told_to_wait()
    {
        await using var few = await FewCommands.Start();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => few.Post("/v1/commands")));
        Assert.Equal(5, answers.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(15, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.Unauthorized, await few.Post("/v1/stop")); // a stop has a share of its own
    }

    /// <summary>Nobody's place is taken by who has not said yet what is wanted.</summary>
    [Fact]
    public async Task Bodies_that_never_come_keep_no_stop_waiting()
    {
        await using var few = await FewCommands.Start();
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 600; i++) // more than places and queue together
            {
                var client = new TcpClient();
                slow.Add(client);
                await client.ConnectAsync(IPAddress.Loopback, few.Port);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                    $"POST /v1/stop HTTP/1.1\r\nHost: 127.0.0.1:{few.Port}\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100\r\n\r\n{"));
            }
            var since = TimeProvider.System.GetTimestamp();
            Assert.Equal(HttpStatusCode.Unauthorized, await few.Post("/v1/stop"));
            Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 0, 1.5);
        }
        finally
        {
            foreach (var client in slow) client.Dispose();
        }
    }

    /// <summary>The paths that only read, with an id of nothing where they take one.</summary>
    internal static IEnumerable<string> Reading() => All().Where(each => each.Method == "GET")
        .Select(each => System.Text.RegularExpressions.Regex.Replace(each.Path, "{[^}]*}", "x")).Distinct();

    private static List<(string Method, string Path)> Writing() =>
        [.. All().Where(each => !Methods.Contains(each.Method) && each.Path != StreamsOverGrpc)];

    private static List<(string Method, string Path)> All()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddMevApi(builder.Configuration);
        builder.Services.AddSingleton<IGrainFactory>(_ => throw new NotSupportedException());
        builder.Services.AddSingleton<IPartitionedLog>(_ => throw new NotSupportedException());
        builder.Services.AddSingleton<IJournalIndex>(_ => throw new NotSupportedException());
        builder.Services.AddSingleton<ControlLog>(_ => throw new NotSupportedException());
        builder.Services.AddSingleton(TimeProvider.System);
        var app = builder.Build();
        app.MapMevApi();
        return
        [
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .SelectMany(
                    endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"],
                    (endpoint, method) => (method, endpoint.RoutePattern.RawText ?? "")),
        ];
    }

    /// <summary>A host of production that nobody may begin, with a small share of commands.</summary>
    private sealed class FewCommands(DirectoryInfo folder, HostProcess host) : IAsyncDisposable
    {
        public static async Task<FewCommands> Start()
        {
            var folder = Directory.CreateTempSubdirectory("few-commands-");
            return new FewCommands(folder, await HostProcess.StartAt(
                Programs.FreePorts(3), folder.FullName,
                [.. HostProcess.Generator(5), "--Gateway:CommandsPerSecond", "1", "--Gateway:CommandsBurst", "5"]));
        }

        public int Port => host.Url.Port;

        public async Task<HttpStatusCode> Post(string path)
        {
            using var content = new StringContent("{}", Encoding.UTF8);
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            using var response = await host.Http.PostAsync(new Uri(path, UriKind.Relative), content);
            return response.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
