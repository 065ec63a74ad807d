using System.Text.Json.Nodes;
using Mev.Conformance.Chain;
using Mev.Conformance.Reports;
using Mev.Fixtures;

namespace Mev.Conformance.Tests;

/// <summary>Transactions, their parts and instructions against the recorded ones, where those are.</summary>
public sealed class ChainVectorsTests
{
    [Theory]
    [InlineData("transactions", 151)]
    [InlineData("instructions", 9_039)]
    [InlineData("landed", 4)]
    [InlineData("primitives", 1_175)]
    public void Every_vector_of_a_kind_agrees(string kind, int vectors)
    {
        TestData.Need("vectors", "tx.vectors.jsonl");
        TestData.Need("tx", "primitives.json");
        TestData.Need("traffic", "agavesim-arb-tx-JSON1.json");
        var report = Assert.Single(ChainRun.Over(TestData.Solana), report => report.Protocol == kind);
        Assert.Empty(report.Shown);
        Assert.Equal((vectors, vectors), (report.VectorsCount, report.MatchedCount));
    }

    [Theory]
    [InlineData("feePayer", "staticKeys")]
    [InlineData("signatures", "signatures")]
    [InlineData("transactionBase64", "transactionBase64")]
    [InlineData("size", "size")]
    [InlineData("fitsPacket1232", "fitsPacket1232")]
    [InlineData("staticKeys", "staticKeys")]
    [InlineData("header", "line")]
    public void A_transaction_that_differs_is_reported(string field, string finding)
    {
        var json = FirstTransaction();
        var other = JsonNode.Parse(Other(field))!;
        json[field] = other;
        Assert.Contains(Run(json), mismatch => mismatch.Field == finding);
    }

    [Fact]
    public void A_transaction_that_is_refused_without_cause_is_reported()
    {
        var json = FirstTransaction();
        json["error"] = "too long";
        Assert.Equal("error", Assert.Single(Run(json)).Field);
    }

    [Fact]
    public void A_damaged_line_is_a_mismatch() =>
        Assert.Equal("line", Assert.Single(Run(JsonNode.Parse("{}")!.AsObject())).Field);

    private static string Other(string field) => field switch
    {
        "feePayer" => "\"5LCmDium4HCC2VbLn572ZZZkubcWSd9wNHFi965B8WaC\"",
        "signatures" or "staticKeys" => "[\"1\"]",
        "fitsPacket1232" => "false",
        "header" => "{}",
        _ => "\"1\"",
    };

    private static JsonObject FirstTransaction()
    {
        var path = TestData.Need("vectors", "tx.vectors.jsonl");
        return JsonNode.Parse(File.ReadLines(path).First())!.AsObject();
    }

    private static IReadOnlyList<Mismatch> Run(JsonObject vector)
    {
        var folder = Directory.CreateTempSubdirectory("mev-conformance-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "tx.vectors.jsonl"), vector.ToJsonString() + "\n");
            return Assert.Single(ChainRun.Over(folder.FullName)).Shown;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
