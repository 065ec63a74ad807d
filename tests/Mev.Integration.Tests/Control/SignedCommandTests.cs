using System.Globalization;
using System.Text;
using Mev.Control.Commands;
using Mev.Control.Signatures;

namespace Mev.Integration.Tests.Control;

/// <summary>Signed commands over HTTP to a real host: one effect each, and none without its exact signature.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class SignedCommandTests(ControlHost control)
{
    [Fact]
    public async Task A_command_is_answered_its_leaf_of_the_log()
    {
        var answer = await control.Command("operator-1", new { op = "ping" });

        Assert.Equal((202, "ping", false), (answer.Status, answer.Text("op"), answer.IsReplayed));
        Assert.Equal(64, answer.Text("leaf_hash").Length);
        Assert.True(long.Parse(answer.Text("seq"), CultureInfo.InvariantCulture) > 0);
    }

    [Fact]
    public async Task Of_100_parallel_replays_of_one_request_one_is_executed()
    {
        var version = await control.PolicyVersion();
        var request = control.Sign("risk-1", await Tighter());

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => control.Send(request)));

        Assert.Single(answers, answer => answer.Status == 202);
        Assert.Equal(99, answers.Count(answer => answer is { Status: 401, Code: "nonce_replayed" }));
        Assert.Equal(version + 1, await control.PolicyVersion());
    }

    [Fact]
    public async Task Of_100_parallel_signatures_of_one_command_one_is_executed_and_all_get_its_answer()
    {
        var version = await control.PolicyVersion();
        var (id, command) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), await Tighter());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => control.Command("risk-1", command, id)));

        Assert.All(answers, answer => Assert.Equal(202, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Equal(99, answers.Count(answer => answer.IsReplayed));
        Assert.Equal(version + 1, await control.PolicyVersion());
    }

    [Fact]
    public async Task One_id_is_one_command_of_one_principal()
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        Assert.Equal(202, (await control.Command("operator-1", new { op = "ping" }, id)).Status);

        var other = await control.Command("operator-1", new { op = "ping", reason = "another" }, id);
        var stranger = await control.Command("risk-1", new { op = "ping" }, id);

        Assert.Equal((422, "idempotency_key_reused"), (other.Status, other.Code));
        Assert.Equal((422, "idempotency_key_reused"), (stranger.Status, stranger.Code));
    }

    [Fact]
    public async Task No_byte_of_a_signed_request_can_be_another()
    {
        var request = control.Sign("operator-1", new { op = "ping", reason = "unchanged" });
        var changed = new List<CommandRequest>();
        foreach (var line in request.Headers)
            changed.AddRange(Flipped(line.Value).Select(value => With(request, line, value)));
        for (var at = 0; at < request.Body.Length; at++) changed.Add(request with { Body = Flip(request.Body, at) });
        changed.Add(request with { Target = CommandEndpoints.Stop });
        changed.Add(request with { Host = $"localhost:{control.Host.Url.Port}" });
        Assert.True(changed.Count > 400, $"{changed.Count}");

        foreach (var part in changed.Chunk(50))
        {
            var answers = await Task.WhenAll(part.Select(control.Send));
            Assert.All(answers, answer => Assert.InRange(answer.Status, 400, 422));
        }
        Assert.Equal(202, (await control.Send(request)).Status); // what they were made of
    }

    [Theory]
    [InlineData(-3, 1, "signature_expired")]
    [InlineData(10, 30, "created_in_future")]
    [InlineData(-1, 61, "lifetime_too_long")]
    public async Task A_command_out_of_its_time_is_refused(int seconds, int lifetime, string code)
    {
        var created = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;
        var request = new CommandSigner(control.Key("operator-1"), control.Authority).Sign(
            CommandEndpoints.Commands, "{\"op\":\"ping\"}"u8.ToArray(),
            Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), new byte[16], created, lifetime);

        var answer = await control.Send(request);

        Assert.Equal((401, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_command_for_another_cluster_or_of_a_key_that_nobody_has_is_refused()
    {
        var created = TimeProvider.System.GetUtcNow();
        using var stranger = new Ed25519PrivateKey(new byte[32]);
        var unknown = new CommandSigner(stranger, control.Authority).Sign(
            CommandEndpoints.Commands, "{\"op\":\"ping\"}"u8.ToArray(), Guid.CreateVersion7(created), new byte[16],
            created.ToUnixTimeSeconds());
        var answer = await control.Send(unknown);
        Assert.Equal((401, "key_unknown"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("not json", 422)]
    [InlineData("[]", 422)]
    [InlineData("{\"op\":\"ping\",\"op\":\"ping\"}", 422)]
    [InlineData("{\"op\":\"no.such\"}", 422)]
    [InlineData("{\"op\":\"stop\",\"scope\":\"global\",\"reason\":\"x\"}", 422)]
    [InlineData("{\"op\":\"limit.tighten\",\"version\":\"x\",\"limits\":{},\"reason\":\"x\"}", 422)]
    [InlineData("{\"op\":\"limit.tighten\",\"version\":1,\"limits\":{\"tip\":1},\"reason\":\"x\"}", 422)]
    public async Task A_body_that_is_no_command_of_its_endpoint_is_refused(string body, int status)
    {
        var answer = await control.Command("risk-1", Encoding.UTF8.GetBytes(body));
        Assert.Equal((status, "command_invalid"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_body_beyond_its_bound_is_refused()
    {
        var reason = new string('x', CommandRequest.BodyBytesMax);
        var body = Encoding.UTF8.GetBytes($"{{\"op\":\"ping\",\"reason\":\"{reason}\"}}");
        Assert.Equal(413, (await control.Command("operator-1", body)).Status);
    }

    private async Task<object> Tighter()
    {
        var policy = (await control.Host.Get("/v1/policy")).GetProperty("policy");
        var tipMax = long.Parse(policy.GetProperty("tipMax").GetString()!, CultureInfo.InvariantCulture);
        return new
        {
            op = "limit.tighten",
            version = $"{await control.PolicyVersion() + 1}",
            limits = new { tip_max = $"{tipMax - 1}" },
            reason = "test",
        };
    }

    private static CommandRequest With(CommandRequest request, HeaderLine line, string value) => request with
    {
        Headers = [.. request.Headers.Select(each => each == line ? line with { Value = value } : each)],
    };

    private static IEnumerable<string> Flipped(string value) => Enumerable.Range(0, value.Length).Select(at =>
        value[..at] + (char)(value[at] == '"' ? '\'' : value[at] ^ 1) + value[(at + 1)..]);

    private static byte[] Flip(ReadOnlyMemory<byte> body, int at)
    {
        var bytes = body.ToArray();
        bytes[at] ^= 1;
        return bytes;
    }
}
