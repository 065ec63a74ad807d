using System.Text.Json;
using System.Text.Json.Nodes;
using Mev.Conformance.Vectors;

namespace Mev.Conformance.Tests;

public sealed class ConformanceCommandTests
{
    [Fact]
    public void The_projects_own_vectors_agree()
    {
        var (code, text, errors) = CommandRun.Of("--data", VectorFolder.Own);
        Assert.Equal(("", ConformanceCommand.Agrees), (errors, code));
        Assert.Matches(@"raydium-amm-v4 +96 +96 +0\b", text);
        Assert.Matches(@"raydium-cpmm +170 +170 +0\b", text);
        Assert.Matches(@"orca-whirlpool +20 +20 +0\b", text);
        Assert.Matches(@"orca-token-swap +96 +96 +0\b", text);
        Assert.Matches(@"meteora-damm-v2 +60 +60 +0\b", text);
        Assert.Matches(@"pumpswap +116 +116 +0\b", text);
        Assert.Matches(@"meteora-dlmm +88 +88 +0\b", text);
        Assert.Matches(@"raydium-clmm +44 +44 +0\b", text);
    }

    [Theory]
    [InlineData("raydium-amm-v4", "userIn")]
    [InlineData("raydium-amm-v4", "userOut")]
    [InlineData("raydium-amm-v4", "postSwapFeeAcc/coin2pc")]
    [InlineData("raydium-amm-v4", "postSwapFeeAcc/pc2coin")]
    [InlineData("raydium-cpmm", "userIn")]
    [InlineData("raydium-cpmm", "userOut")]
    [InlineData("raydium-cpmm", "postVault0")]
    [InlineData("raydium-cpmm", "postVault1")]
    [InlineData("raydium-cpmm", "postOwed/protocol0")]
    [InlineData("raydium-cpmm", "postOwed/fund1")]
    [InlineData("raydium-cpmm", "postOwed/creator1")]
    [InlineData("orca-whirlpool", "amountIn")]
    [InlineData("orca-whirlpool", "amountOut")]
    [InlineData("orca-whirlpool", "postSqrtPrice")]
    [InlineData("orca-whirlpool", "postLiquidity")]
    [InlineData("orca-whirlpool", "postFeeOwedA")]
    [InlineData("orca-whirlpool", "lpFee")]
    [InlineData("orca-whirlpool", "protocolFee")]
    [InlineData("orca-token-swap", "amountIn")]
    [InlineData("orca-token-swap", "amountOut")]
    [InlineData("meteora-damm-v2", "amountOut")]
    [InlineData("meteora-damm-v2", "postSqrtPrice")]
    [InlineData("meteora-damm-v2", "postVolAcc")]
    [InlineData("meteora-damm-v2", "postProtocolA")]
    [InlineData("meteora-damm-v2", "postProtocolB")]
    [InlineData("pumpswap", "uiQuote")]
    [InlineData("pumpswap", "base")]
    [InlineData("meteora-dlmm", "amountIn")]
    [InlineData("meteora-dlmm", "amountOut")]
    [InlineData("meteora-dlmm", "evOut")]
    [InlineData("meteora-dlmm", "fee")]
    [InlineData("meteora-dlmm", "protocolFee")]
    [InlineData("meteora-dlmm", "feeBps1e9")]
    [InlineData("meteora-dlmm", "postLastUpdate")]
    [InlineData("raydium-clmm", "amountIn")]
    [InlineData("raydium-clmm", "amountOut")]
    [InlineData("raydium-clmm", "postSqrtPrice")]
    [InlineData("raydium-clmm", "postLiquidity")]
    [InlineData("raydium-clmm", "postProtocolFee0")]
    [InlineData("raydium-clmm", "postFund1")]
    [InlineData("raydium-clmm", "totalFee0")]
    public void A_result_that_is_wrong_by_one_is_reported(string protocol, string field)
    {
        using var folder = new VectorFolder();
        var id = folder.Tamper(protocol, field.Split('/')[^1], json => AddOne(json, field.Split('/')));
        var (code, text, _) = CommandRun.Of("--data", folder.Path);
        Assert.Equal(ConformanceCommand.Differs, code);
        Assert.Contains($"{id}: {field.Replace('/', '.')}", text);
        Assert.Matches(protocol + @" +\d+ +\d+ +1\b", text);
    }

    [Theory]
    [InlineData("raydium-amm-v4", "userOut")]
    [InlineData("raydium-cpmm", "userOut")]
    [InlineData("orca-token-swap", "amountOut")]
    [InlineData("meteora-damm-v2", "amountOut")]
    [InlineData("pumpswap", "uiQuote")]
    public void A_success_where_the_program_failed_and_another_cause_are_reported(string protocol, string field)
    {
        using var folder = new VectorFolder();
        var refused = folder.Tamper(protocol, "error", json => json["error"] = "custom program error: 0x99");
        var succeeded = folder.Tamper(protocol, field, json => json["error"] = "SBF program panicked");
        var (code, text, _) = CommandRun.Of("--data", folder.Path);
        Assert.Equal(ConformanceCommand.Differs, code);
        Assert.Contains($"{refused}: error ", text);
        Assert.Contains($"{succeeded}: error success instead of SBF program panicked", text);
    }

    [Fact]
    public void A_log_with_another_byte_is_reported()
    {
        using var folder = new VectorFolder();
        var id = folder.Tamper("raydium-amm-v4", "rayLog", json =>
        {
            var log = Convert.FromBase64String(json["rayLog"]!.GetValue<string>());
            log[^1] ^= 1;
            json["rayLog"] = Convert.ToBase64String(log);
        });
        var (code, text, _) = CommandRun.Of("--data", folder.Path);
        Assert.Equal(ConformanceCommand.Differs, code);
        Assert.Contains($"{id}: rayLog", text);
    }

    [Fact]
    public void States_that_are_missing_or_damaged_are_mismatches()
    {
        using var folder = new VectorFolder();
        File.Delete(folder.FileOf("raydium-cpmm" + VectorSet.AccountsSuffix));
        File.WriteAllText(folder.FileOf("raydium-amm-v4" + VectorSet.AccountsSuffix), "{\"state\":\n");
        var (code, text, _) = CommandRun.Of("--data", folder.Path);
        Assert.Equal(ConformanceCommand.Differs, code);
        Assert.Contains("raydium-cpmm.accounts.jsonl is missing", text);
        Assert.Contains("raydium-amm-v4.accounts.jsonl line 1", text);
        Assert.Matches(@"raydium-cpmm +170 +0 +170\b", text);
    }

    [Fact]
    public void A_damaged_line_is_a_mismatch_and_an_unknown_protocol_is_listed()
    {
        using var folder = new VectorFolder();
        var known = folder.FileOf("raydium-cpmm" + VectorSet.VectorsSuffix);
        var other = folder.FileOf("other" + VectorSet.VectorsSuffix);
        File.AppendAllText(known, """{"protocol":"raydium-cpmm"}""" + "\n");
        File.WriteAllText(other, """{"id":"o-1","protocol":"newswap"}""" + "\n");
        var (code, text, _) = CommandRun.Of("--data", folder.Path);
        Assert.Equal(ConformanceCommand.Differs, code);
        Assert.Contains("raydium-cpmm line 171", text);
        Assert.Contains("not known, not run: newswap (1)", text);
    }

    [Fact]
    public void Of_a_protocol_that_is_not_known_its_instructions_are_no_mismatches()
    {
        using var folder = new VectorFolder();
        var lines = Enumerable.Range(1, 3)
            .Select(i => $$"""{"id":"f-{{i}}","protocol":"foo-swap","amount":"5","ixData":"AA=="}""");
        File.WriteAllLines(folder.FileOf("foo-swap" + VectorSet.VectorsSuffix), lines);
        var (code, text, _) = CommandRun.Of("--data", folder.Path);
        Assert.Equal(ConformanceCommand.Agrees, code);
        Assert.EndsWith("not known, not run: foo-swap (3)\n", text.ReplaceLineEndings("\n"));
        Assert.Equal(1, text.Split("foo-swap").Length - 1);
    }

    [Fact]
    public void A_folder_that_is_missing_or_empty_is_unusable()
    {
        var empty = Directory.CreateTempSubdirectory("mev-conformance-").FullName;
        var missing = Path.Combine(empty, "none");
        var (code, text, errors) = CommandRun.Of("--data", missing);
        Assert.Equal((ConformanceCommand.Unusable, ""), (code, text));
        Assert.Contains(missing, errors);
        (code, _, errors) = CommandRun.Of("--data", empty);
        Assert.Equal(ConformanceCommand.Unusable, code);
        Assert.Contains("no vectors", errors);
        Directory.Delete(empty);
        Assert.Equal(ConformanceCommand.Unusable, CommandRun.Of("--date", empty).Code);
    }

    [Fact]
    public void As_json_the_counts_are_the_same()
    {
        using var json = JsonDocument.Parse(CommandRun.Of("--data", VectorFolder.Own, "--json").Output);
        var counts = json.RootElement.GetProperty("protocols").EnumerateArray().ToDictionary(
            protocol => protocol.GetProperty("protocol").GetString()!,
            protocol => protocol.GetProperty("matched").GetInt32());
        Assert.Equal(96, counts["raydium-amm-v4"]);
        Assert.Equal(170, counts["raydium-cpmm"]);
    }

    private static void AddOne(JsonObject json, string[] path)
    {
        var parent = path.Length == 1 ? json : json[path[0]]!.AsObject();
        parent[path[^1]] = (UInt128.Parse(parent[path[^1]]!.GetValue<string>()) + 1).ToString();
    }
}
