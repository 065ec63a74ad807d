using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Mev.Adapters.Jito.Engines;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Jito;

/// <summary>Our requests are those that real clients of the engine sent, field by field.</summary>
public sealed class RecordedClientTests
{
    private static readonly Lazy<JsonElement> Recorded = new(() => JsonDocument.Parse(
        File.ReadAllBytes(TestData.Need("jito", "recorded-clients.json"))).RootElement);

    private static JsonElement Data => Recorded.Value;

    private static ImmutableArray<ReadOnlyMemory<byte>> Transactions => [.. Data
        .GetProperty("bundleTransactionsBase64").EnumerateArray()
        .Select(text => (ReadOnlyMemory<byte>)text.GetBytesFromBase64())];

    private static BundleId Id => BundleId.TryParse(Data.GetProperty("bundleId").GetString(), out var id)
        ? id
        : throw new FormatException();

    [Fact]
    public void Bodies_of_JSON_RPC_are_those_of_the_recorded_clients()
    {
        List<string> recorded = [.. Data.GetProperty("http").EnumerateArray()
            .Select(exchange => exchange.GetProperty("requestBody").GetString()!)];
        ReadOnlyMemory<byte>[] ours =
        [
            EngineRequests.GetTipAccounts(),
            EngineRequests.SendBundle(Transactions),
            EngineRequests.SendTransaction(Transactions[0]),
            EngineRequests.Statuses("getInflightBundleStatuses", [Id]),
            EngineRequests.Statuses("getBundleStatuses", [Id]),
        ];
        Assert.All(ours, body => Assert.Contains(Encoding.UTF8.GetString(body.Span), recorded));
        // what the recorded ones hold beside ours is a bundle without an encoding, and one with a key in the address
        Assert.Equal(2, recorded.Count(body => ours.Count(own => Encoding.UTF8.GetString(own.Span) == body) == 0)
            + recorded.Count - recorded.Distinct().Count());
    }

    [Fact]
    public void The_bundles_id_is_that_of_its_transactions()
    {
        var signatures = Transactions.Select(bytes => Transaction.Read(bytes.Span, out _)!.Id);
        Assert.Equal(Id, BundleId.Of(signatures));
    }

    [Fact]
    public void Recorded_answers_are_read()
    {
        Assert.Equal(TipAccounts.All, Answer("getTipAccounts", EngineAnswers.ReadAddresses));
        Assert.Equal(Id.ToString(), Answer("sendBundle", EngineAnswers.ReadText));
        var inflight = Assert.Single(Answer("getInflightBundleStatuses", EngineAnswers.ReadInflight));
        Assert.Equal(new InflightStatus(Id, InflightState.Landed, new Slot(280_999_027)), inflight);
        var status = Assert.Single(Answer("getBundleStatuses", EngineAnswers.ReadStatuses));
        Assert.Equal((Id, false, 2), (status.Id, status.IsFailed, status.Signatures.Length));
    }

    [Fact]
    public void A_bundle_over_gRPC_has_the_recorded_bytes() =>
        Assert.Equal(Grpc("searcher.SearcherService/SendBundle"), GrpcEngine.RequestOf(Transactions).ToByteArray());

    [Fact]
    public void The_challenge_and_its_answer_have_the_recorded_bytes()
    {
        var answered = GenerateAuthTokensRequest.Parser.ParseFrom(Grpc("auth.AuthService/GenerateAuthTokens"));
        var address = new Pubkey(answered.ClientPubkey.Span);
        Assert.Equal(Grpc("auth.AuthService/GenerateAuthChallenge"), SearcherTokens.Ask(address).ToByteArray());
        Assert.Equal(answered.Challenge, SearcherTokens.TextOf(address, "abcdefghi"));
        Assert.True(SigningKey.Verify(
            address, Encoding.UTF8.GetBytes(answered.Challenge),
            TransactionSignature.From(answered.SignedChallenge.Span)));
        using var key = Samples.Signer("searcher");
        var ours = SearcherTokens.Answer(key, "abcdefghi");
        var longer = answered.Challenge.Length - ours.Challenge.Length; // an address has 43 or 44 digits
        Assert.Equal(answered.CalculateSize(), ours.CalculateSize() + longer);
        Assert.True(SigningKey.Verify(
            key.Address, Encoding.UTF8.GetBytes($"{key.Address}-abcdefghi"),
            TransactionSignature.From(ours.SignedChallenge.Span)));
    }

    [Fact]
    public void Recorded_results_are_evidence()
    {
        List<LandingEvidence?> evidence = [.. Data.GetProperty("bundleResultsHex").EnumerateArray().Select(hex =>
            ResultReader.Read(BundleResult.Parser.ParseFrom(Convert.FromHexString(hex.GetString()!)), atMs: 7))];
        Assert.Equal(
            [LandingEvidenceKind.Accepted, LandingEvidenceKind.Hint, LandingEvidenceKind.SimulationFailed],
            evidence.Select(item => item!.Kind));
        Assert.Equal([new Slot(101), new Slot(101), null], evidence.Select(item => item!.Slot));
        Assert.Equal("custom program error: 0x1", evidence[2]!.Text);
    }

    private static byte[] Grpc(string rpc) => Convert.FromHexString(Data.GetProperty("grpc").EnumerateArray()
        .First(call => call.TryGetProperty("rpc", out var name) && name.GetString() == rpc)
        .GetProperty("requestHex").GetString()!);

    private static T Answer<T>(string method, Func<JsonElement, T> read)
    {
        var exchange = Data.GetProperty("http").EnumerateArray().First(
            item => item.GetProperty("requestBody").GetString()!.Contains($"\"{method}\""));
        var body = Encoding.UTF8.GetBytes(exchange.GetProperty("responseBody").GetString()!);
        var answer = EngineAnswers.Read(200, body, read);
        Assert.Null(answer.Failure);
        return answer.Value!;
    }
}
