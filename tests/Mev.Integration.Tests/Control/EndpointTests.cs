using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Mev.Control.Commands;

namespace Mev.Integration.Tests.Control;

/// <summary>Every endpoint that does not only read asks for a signature.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class EndpointTests(ControlHost control)
{
    // What only reads, whatever its method: streams over gRPC.
    private static readonly string[] Unwritten = ["/mev.v1.StreamService/Subscribe"];

    private static readonly Lazy<Task<IReadOnlyList<(string Method, string Path)>>> Table = new(Printed);

    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS"];

    [Fact]
    public async Task Every_endpoint_that_does_not_read_is_refused_unsigned()
    {
        var endpoints = await Writing();
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
        Assert.Equal((await Writing()).Select(each => each.Path).Order(), writing);
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

    /// <summary>
    /// The paths of the gateway that only read, with an id of nothing where they take one. The Orleans dashboard beside
    /// it answers to loopback alone, whoever reads.
    /// </summary>
    internal static async Task<IReadOnlyList<string>> Reading() =>
    [
        .. (await All()).Where(each => each.Method == "GET" && !IsDashboard(each.Path))
            .Select(each => System.Text.RegularExpressions.Regex.Replace(each.Path, "{[^}]*}", "x")).Distinct(),
    ];

    private static async Task<IReadOnlyList<(string Method, string Path)>> Writing() =>
        [.. (await All()).Where(each => !Methods.Contains(each.Method) && !Unwritten.Contains(each.Path))];

    private static bool IsDashboard(string path) => path.StartsWith("/orleans", StringComparison.Ordinal);

    private static Task<IReadOnlyList<(string Method, string Path)>> All() => Table.Value;

    /// <summary>What the program says of itself, with everything that it maps.</summary>
    private static async Task<IReadOnlyList<(string Method, string Path)>> Printed()
    {
        var folder = Directory.CreateTempSubdirectory("endpoints-");
        var ports = Programs.FreePorts(3);
        var printed = await Programs.Run(
            HostProcess.Program, folder.FullName, ["--print-endpoints", .. HostProcess.Ports(ports)]);
        Assert.True(printed.Code == 0, printed.All);
        Assert.Empty(folder.EnumerateFileSystemInfos()); // it only looked
        folder.Delete();
        return
        [
            .. printed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
                .Select(parts => (parts[0], parts[1])),
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
