using System.Text;
using System.Text.Json;
using CsCheck;
using Grpc.Core;
using Mev.Adapters.Jito.Wire;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Jito;

/// <summary>Every refusal and every shape that was seen of the engine, and whatever else may come.</summary>
public sealed class EngineAnswersTests
{
    private const string Id = "f242ea980dad9651206544872565079c54b9a228b8ac0fce7b8292498ab8b803";

    [Theory]
    [InlineData(400, -32602, "transaction #0 could not be decoded", EngineFailureKind.Malformed)]
    [InlineData(
        400, -32602, "Bundles must write lock at least one tip account to be eligible for the auction.",
        EngineFailureKind.Malformed)]
    [InlineData(400, -32602, "bundle does not lock any of the tip PDAs", EngineFailureKind.Malformed)]
    [InlineData(400, -32602, "bundle exceeds max transaction length", EngineFailureKind.Malformed)]
    [InlineData(
        400, -32602, "bundles must not contain any duplicate transactions and every transaction must be signed",
        EngineFailureKind.Malformed)]
    [InlineData(400, -32602, "bundle contains an expired blockhash", EngineFailureKind.BlockhashExpired)]
    [InlineData(400, -32602, "Bundle contains an INVALID blockhash", EngineFailureKind.BlockhashExpired)]
    [InlineData(
        400, -32602, "bundle contains an already processed transaction", EngineFailureKind.AlreadyProcessed)]
    [InlineData(400, -32603, "transaction has too many account locks", EngineFailureKind.Malformed)]
    [InlineData(
        429, -32097, "Network congested. Endpoint is globally rate limited.", EngineFailureKind.RateLimited)]
    [InlineData(429, 0, "whatever", EngineFailureKind.RateLimited)]
    [InlineData(200, -32097, "whatever", EngineFailureKind.RateLimited)]
    [InlineData(400, -32602, "something new", EngineFailureKind.Unknown)]
    [InlineData(404, -32601, "no such path", EngineFailureKind.NotFound)]
    [InlineData(503, 0, "busy", EngineFailureKind.Transport)]
    [InlineData(403, 0, "no", EngineFailureKind.Unauthorised)]
    public void A_refusal_is_of_its_kind_and_keeps_its_text(
        int status, int code, string message, EngineFailureKind kind)
    {
        var failure = Read(status, EngineServer.Script.Error(code, message)).Failure;
        Assert.Equal((kind, message), (failure!.Kind, failure.Text));
        Assert.Null(failure.RetryAfter);
    }

    [Theory]
    [InlineData(
        "Rate limit exceeded. Limit: 1 per second for txn requests. Back-off triggered: Retry after 1606ms", 1_606)]
    [InlineData("rate limit exceeded; retry after 20 MS", 20)]
    public void A_refusal_for_its_rate_says_how_long(string message, int waitMs)
    {
        var failure = Read(429, EngineServer.Script.Error(-32097, message)).Failure;
        Assert.Equal(EngineFailureKind.RateLimited, failure!.Kind);
        Assert.Equal(TimeSpan.FromMilliseconds(waitMs), failure.RetryAfter);
    }

    [Theory]
    [InlineData(StatusCode.ResourceExhausted, "anything", EngineFailureKind.RateLimited)]
    [InlineData(
        StatusCode.ResourceExhausted, "exceeded maximum concurrent bundle result connections limit of 20",
        EngineFailureKind.StreamLimited)]
    [InlineData(StatusCode.InvalidArgument, "anything", EngineFailureKind.Malformed)]
    [InlineData(StatusCode.InvalidArgument, "bundle contains an expired blockhash", EngineFailureKind.BlockhashExpired)]
    [InlineData(
        StatusCode.PermissionDenied, "The supplied pubkey is not authorized to generate a token",
        EngineFailureKind.Unauthorised)]
    [InlineData(StatusCode.Unauthenticated, "", EngineFailureKind.Unauthorised)]
    [InlineData(StatusCode.Unavailable, "", EngineFailureKind.Transport)]
    [InlineData(StatusCode.DeadlineExceeded, "", EngineFailureKind.Transport)]
    [InlineData(StatusCode.DataLoss, "", EngineFailureKind.Unknown)]
    public void A_status_of_gRPC_is_of_its_kind(StatusCode code, string text, EngineFailureKind kind) =>
        Assert.Equal(kind, EngineErrors.OfGrpc(code, text).Kind);

    [Theory]
    [InlineData("null")]
    [InlineData("""{"context":{"slot":1},"value":null}""")]
    [InlineData("""{"context":{"slot":1},"value":[]}""")]
    [InlineData("""{"context":{"slot":1},"value":[null]}""")]
    public void Not_landed_is_told_in_four_shapes(string result)
    {
        Assert.Empty(ReadOf(result, EngineAnswers.ReadStatuses));
        Assert.Empty(ReadOf(result, EngineAnswers.ReadInflight));
    }

    [Theory]
    [InlineData(""" "confirmation_status":"confirmed","err":{"Ok":null} """, SlotStatus.Confirmed, false)]
    [InlineData(""" "confirmationStatus":"finalized","err":null """, SlotStatus.Finalized, false)]
    [InlineData(""" "confirmation_status":"processed","err":"null" """, SlotStatus.Processed, false)]
    [InlineData(""" "confirmation_status":null """, SlotStatus.Unknown, false)]
    [InlineData(
        """ "confirmation_status":"confirmed","err":{"InstructionError":[0,"x"]} """, SlotStatus.Confirmed, true)]
    public void A_status_is_read_under_both_names_and_with_every_way_of_no_error(
        string fields, SlotStatus depth, bool isFailed)
    {
        var value = $$"""{"value":[{"bundle_id":"{{Id}}","transactions":["a","b"],"slot":9,{{fields}}}]}""";
        var status = Assert.Single(ReadOf(value, EngineAnswers.ReadStatuses));
        Assert.Equal((depth, isFailed), (status.Depth, status.IsFailed));
        Assert.Equal(["a", "b"], status.Signatures);
    }

    [Theory]
    [InlineData("Invalid", "null", (int)InflightState.Invalid)]
    [InlineData("Pending", "null", (int)InflightState.Pending)]
    [InlineData("Failed", "null", (int)InflightState.Failed)]
    [InlineData("Landed", "7", (int)InflightState.Landed)]
    [InlineData("New", "7", (int)InflightState.Unknown)]
    public void A_state_is_read(string name, string slot, int state)
    {
        var value = $$"""{"value":[{"bundle_id":"{{Id}}","status":"{{name}}","landed_slot":{{slot}}}]}""";
        var inflight = Assert.Single(ReadOf(value, EngineAnswers.ReadInflight));
        Assert.Equal((InflightState)state, inflight.State);
        Assert.Equal(slot == "null" ? null : 7UL, inflight.LandedSlot?.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>bad gateway</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"result":17}""")]
    [InlineData("""{"result":{"value":7}}""")]
    [InlineData("""{"result":{"value":[7]}}""")]
    [InlineData("""{"result":{"value":[{"bundle_id":"x"}]}}""")]
    [InlineData("""{"error":7}""")]
    [InlineData("""{"error":{"code":"x","message":7}}""")]
    [InlineData("""{"result":"\ud800"}""")]
    public void What_is_not_of_its_form_is_a_failure_of_unknown_kind(string body)
    {
        Assert.Equal(
            EngineFailureKind.Unknown,
            EngineAnswers.Read(200, Encoding.UTF8.GetBytes(body), EngineAnswers.ReadStatuses).Failure!.Kind);
    }

    [Fact]
    public void Whatever_bytes_come_it_returns()
    {
        var whole = $$$"""
            {"jsonrpc":"2.0","result":{"context":{"slot":1},"value":[{"bundle_id":"{{{Id}}}","transactions":["a"],
            "slot":9,"status":"Landed","landed_slot":1,"confirmation_status":"confirmed","err":{"Ok":null}}]},"id":1}
            """;
        var gen = Gen.Select(
            Gen.Int[0, whole.Length],
            Gen.Byte.Array[0, 8],
            Gen.Int[0, 3].Select(i => i switch { 0 => 200, 1 => 400, 2 => 429, _ => 503 }));
        gen.Sample(
            (at, noise, status) =>
            {
                var bytes = Encoding.UTF8.GetBytes(whole);
                for (var i = 0; i < noise.Length; i++) bytes[(at + i * 37) % bytes.Length] = noise[i];
                var cut = bytes.AsMemory(0, noise.Length % 2 == 0 ? bytes.Length : at);
                return Returns(status, cut, EngineAnswers.ReadStatuses) && Returns(status, cut, EngineAnswers.ReadText)
                    && Returns(status, cut, EngineAnswers.ReadInflight)
                    && Returns(status, cut, EngineAnswers.ReadAddresses);
            },
            iter: 5_000);
    }

    private static bool Returns<T>(int status, ReadOnlyMemory<byte> body, Func<JsonElement, T> read) =>
        EngineAnswers.Read(status, body, read) is { Failure: null } or { Failure.Text.Length: <= EngineErrors.TextMax };

    private static EngineAnswer<string> Read(int status, string body) =>
        EngineAnswers.Read(status, Encoding.UTF8.GetBytes(body), EngineAnswers.ReadText);

    private static T ReadOf<T>(string result, Func<JsonElement, T> read)
    {
        var answer = EngineAnswers.Read(200, Encoding.UTF8.GetBytes(EngineServer.Script.Result(result)), read);
        Assert.Null(answer.Failure);
        return answer.Value!;
    }
}
