using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using Mev.Contracts.V1.Streams;
using Mev.Control.Commands;
using Mev.Integration.Tests.Streams;

namespace Mev.Integration.Tests.Control;

/// <summary>A host whose readers open sessions: nobody reads without one, and a revoked key ends its own.</summary>
public sealed class ReaderTests : IAsyncLifetime
{
    private readonly ControlHost _control = new(10_000, "--Gateway:Readers", "Sessions");

    public ValueTask InitializeAsync() => _control.InitializeAsync();

    public ValueTask DisposeAsync() => _control.DisposeAsync();

    [Fact]
    public async Task Who_has_no_session_reads_only_what_is_needed_to_open_one()
    {
        string[] paths = [.. await EndpointTests.Reading(), "/openapi/v1.json", "/docs/", "/v1/nothing"];
        foreach (var path in paths)
        {
            var isOpen = path is "/health/live" or "/health/ready" or "/v1/time" or "/v1/start" or "/v1/stream";
            using var response = await _control.Host.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(
                isOpen == (response.StatusCode != HttpStatusCode.Unauthorized), $"{path}: {response.StatusCode}");
            if (!isOpen) Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        }
        var stranger = Base64Url.EncodeToString(new byte[32]);
        Assert.Equal(HttpStatusCode.Unauthorized, await Read(stranger));
        Assert.Equal(HttpStatusCode.Unauthorized, await Read("not a token"));
    }

    [Fact]
    public async Task A_session_reads_until_its_key_is_revoked_and_its_streams_end_within_a_second()
    {
        var key = _control.NewKey("viewer-2");
        await _control.Register("viewer-2", "viewer", key);
        var opened = await Open("viewer-2");
        Assert.Equal((200, "viewer-2", "Viewer"), (opened.Status, opened.Text("principal"), opened.Text("roles")));
        Assert.Equal(HttpStatusCode.OK, await Read(opened.Text("token")));
        using var stream = await Streaming(await Ticket("viewer-2"));
        using var withToken = await Streaming(opened.Text("token"));
        Assert.Contains(await stream.Read() ?? [], message => message.Welcome?.Session == $"{key.Id}");
        Assert.NotNull(await withToken.Read());

        var revoked = await _control.ByTwo(
            "admin-1", "admin-2", new { op = "key.revoke", key = $"{key.Id}", reason = "lost" });
        var since = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(stream.ReadToEnd(), withToken.ReadToEnd());

        Assert.Equal(202, revoked.Status);
        Assert.Equal((4004, 4004), (stream.CloseCode, withToken.CloseCode));
        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 0, 1);
        Assert.Equal(HttpStatusCode.Unauthorized, await Read(opened.Text("token")));
        Assert.Equal((401, "key_inactive"), ((await Open("viewer-2")).Status, (await Open("viewer-2")).Code));
    }

    [Fact]
    public async Task A_ticket_opens_one_stream_and_nothing_else_opens_any()
    {
        var ticket = await Ticket("operator-1");
        using var first = await Streaming(ticket);
        Assert.NotNull(await first.Read());
        foreach (var secret in new[] { ticket, "", "x" })
        {
            using var refused = await Streaming(secret);
            await refused.ReadToEnd();
            Assert.Equal((4003, "ticket_invalid"), (refused.CloseCode, refused.CloseReason));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await Read(await Ticket("operator-1"))); // it is for streams alone
    }

    [Fact]
    public async Task Server_sent_events_are_read_with_the_session()
    {
        var opened = await Open("operator-1");
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri("/v1/stream/sse?channel=commands&from=0", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", opened.Text("token"));
        using var response = await _control.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await lines.ReadLineAsync(limit.Token) != "event: delta") limit.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_sessions_key_does_what_its_roles_do_alone_and_nothing_that_takes_the_long_term_key()
    {
        var session = _control.NewKey("session-1");
        var granted = await Grant("operator-1", session.ToArray(), "operator");
        Assert.True(granted.Status == 202, $"{granted}");
        Assert.Equal(202, (await _control.Command("session-1", new { op = "ping" })).Status);
        Assert.Equal("operator-1", (await Open("session-1")).Text("principal"));
        var propose = await _control.Propose("session-1", new { op = "resume", version = "2", reason = "test" });
        Assert.Equal((403, "session_key_insufficient"), (propose.Status, propose.Code));
        var further = await Grant("session-1", _control.NewKey("session-2").ToArray(), "viewer");
        Assert.Equal((403, "session_key_insufficient"), (further.Status, further.Code));

        var reader = _control.NewKey("session-3");
        Assert.Equal(202, (await Grant("operator-1", reader.ToArray(), "operator")).Status);
        Assert.Equal(422, (await Grant("operator-1", reader.ToArray(), "operator")).Status); // a key is granted once
        var risk = await Grant("operator-1", _control.NewKey("session-4").ToArray(), "risk");
        Assert.Equal((422, "command_invalid"), (risk.Status, risk.Code));
        Assert.Contains("of your own", risk.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_bytes_open_no_second_session()
    {
        var signed = _control.Sign("operator-1", new { op = "session.open" }, path: CommandEndpoints.Sessions);
        Assert.Equal(200, (await _control.Send(signed)).Status);
        var again = await _control.Send(signed);
        Assert.Equal((401, "nonce_replayed"), (again.Status, again.Code));
    }

    [Fact]
    public async Task Mevctl_says_what_to_do_without_a_session_and_reads_with_one()
    {
        var state = $"XDG_STATE_HOME={_control.Folder}";
        var without = await Mevctl(state, "overview");
        Assert.Equal(3, without.Code);
        Assert.Contains("mevctl session open", without.Errors, StringComparison.Ordinal);
        var open = await Mevctl(state, "session", "open", "--key", _control.KeyFile("risk-1"));
        Assert.True(open.Code == 0, open.All);
        Assert.Contains("risk-1", open.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Mevctl(state, "overview")).Code);
        var tail = await Mevctl(state, "tail", "commands", "--from", "0", "--limit", "1");
        Assert.True(tail.Code == 0, tail.All);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_control.Folder, "mev")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private Task<ControlHost.Answer> Open(string name) => _control.Send(
        _control.Sign(name, new { op = "session.open" }, path: CommandEndpoints.Sessions));

    private Task<ControlHost.Answer> Grant(string name, byte[] key, params string[] roles)
    {
        var grant = new { op = "session.create", x = Base64Url.EncodeToString(key), roles };
        return _control.Send(_control.Sign(name, grant, path: CommandEndpoints.Sessions));
    }

    private async Task<string> Ticket(string name)
    {
        var answer = await _control.Send(
            _control.Sign(name, new { op = "stream.ticket" }, path: CommandEndpoints.StreamTickets));
        Assert.True(answer.Status == 200, $"{answer}");
        return answer.Text("ticket");
    }

    private async Task<RawClient> Streaming(string ticket)
    {
        var client = await RawClient.Connect(_control.Host.Url);
        await client.Send(new ClientMessage { Hello = new Hello { Protocol = 1, Ticket = ticket } });
        await client.Send(new ClientMessage { Subscribe = new Subscribe { Id = 1, Channel = "commands" } });
        return client;
    }

    private async Task<HttpStatusCode> Read(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/overview", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var response = await _control.Host.Http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<Programs.Finished> Mevctl(string environment, params string[] arguments)
    {
        using var process = Programs.Start(
            Programs.PathOf("Mev.Cli", "mevctl"), AppContext.BaseDirectory,
            [.. arguments, "--url", $"{_control.Host.Url}"], environment);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return new Programs.Finished(process.ExitCode, await output, await errors);
    }
}
