using System.Net;
using Grpc.Core;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>Every refusal of the published table, by what causes it and by its switch.</summary>
public sealed class RefusalTests
{
    private const string RateLimit = "Rate limit exceeded. Limit: 1 per second for txn requests";

    [Fact]
    public async Task Base64_without_its_encoding_said_cannot_be_decoded()
    {
        await using var run = await EngineRun.Start();
        var text = Convert.ToBase64String(Tip(run).Write());
        var answer = await run.Post("/api/v1/bundles", EngineRun.Request("sendBundle", $"[[\"{text}\"]]"));
        Assert.Equal((400, -32_602, "transaction #0 could not be decoded"), answer.Error);
        Assert.Equal(7, answer.Json.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task What_is_no_bundle_is_refused_by_the_first_rule_that_it_breaks()
    {
        await using var run = await EngineRun.Start();
        var tip = Tip(run);
        var plain = run.Sign(SystemProgram.Transfer(run.Wallet.Address, Samples.Key("other"), new Lamports(1_000_000)));
        Assert.Equal(
            (400, -32_602, "Bundles must write lock at least one tip account to be eligible for the auction."),
            (await run.Send(plain)).Error);
        var six = Enumerable.Range(0, 6).Select(number => Tip(run, 2_000 + number)).ToArray();
        Assert.Equal((400, -32_602, "bundle exceeds max transaction length"), (await run.Send(six)).Error);
        const string Repeated =
            "bundles must not contain any duplicate transactions and every transaction must be signed";
        Assert.Equal((400, -32_602, Repeated), (await run.Send(tip, tip)).Error);
        var forged = tip with { Signatures = [plain.Id] };
        Assert.Equal((400, -32_602, Repeated), (await run.Send(forged)).Error);
        var other = SigningKey.SignAll(
            MessageCompiler.V0(run.Wallet.Address, Samples.Blockhash, [Transfer(run, 1_000)], []), run.Wallet);
        Assert.Equal((400, -32_602, "bundle contains an invalid blockhash"), (await run.Send(other)).Error);
        run.Simulator.Ticks.NextSlots(152);
        Assert.Equal((400, -32_602, "bundle contains an expired blockhash"), (await run.Send(tip)).Error);
        var landed = Tip(run);
        await run.Send(landed);
        run.Simulator.Ticks.NextSlots(1);
        Assert.Equal(
            (400, -32_602, "bundle contains an already processed transaction"), (await run.Send(landed)).Error);
    }

    [Fact]
    public async Task More_than_64_account_locks_are_refused_and_64_land()
    {
        await using var run = await EngineRun.Start();
        var keys = Enumerable.Range(0, 61).Select(Samples.Key).ToArray();
        var table = new LookupTable(Samples.Key("table"), [.. keys]);
        lock (run.Chain.Gate) run.Chain.Set(TableAccount(table));
        run.Simulator.Ticks.NextSlots(1); // usable from the next slot on
        // Wallet, tip account, system program and the looked up ones.
        Assert.Equal(200, (int)(await run.Send(Naming(run, table, keys))).Status);
        var beyond = new LookupTable(Samples.Key("table 2"), [.. keys, Samples.Key("beyond")]);
        lock (run.Chain.Gate) run.Chain.Set(TableAccount(beyond));
        run.Simulator.Ticks.NextSlots(1);
        var answer = await run.Send(Naming(run, beyond, [.. beyond.Addresses]));
        Assert.Equal((400, -32_603, "transaction has too many account locks"), answer.Error);
    }

    [Fact]
    public async Task One_request_a_second_is_answered_whatever_its_method_and_a_key_has_more()
    {
        await using var run = await EngineRun.Start("BlockEngine:RequestsPerSecond=1");
        var tips = EngineRun.Request("getTipAccounts", "[]");
        Assert.Equal(HttpStatusCode.OK, (await run.Post("/api/v1/getTipAccounts", tips)).Status);
        var refused = (await run.Send(Tip(run))).Error;
        Assert.Equal((429, -32_097), (refused.Http, refused.Code));
        Assert.Matches($@"^{RateLimit}\. Back-off triggered: Retry after \d+ms$", refused.Message);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await run.Post("/api/v1/bundles", tips, "a-key")).Status);
        var grpc = await Assert.ThrowsAsync<RpcException>(
            () => run.Searcher.GetTipAccountsAsync(new GetTipAccountsRequest()).ResponseAsync);
        Assert.Equal(StatusCode.ResourceExhausted, grpc.StatusCode);
        Assert.StartsWith(RateLimit, grpc.Status.Detail);
    }

    [Theory]
    [InlineData(
        RefusalRow.Undecodable, 400, -32_602, "transaction #0 could not be decoded",
        StatusCode.InvalidArgument)]
    [InlineData(
        RefusalRow.NoTipAccountOld, 400, -32_602, "bundle does not lock any of the tip PDAs",
        StatusCode.InvalidArgument)]
    [InlineData(
        RefusalRow.BlockhashExpired, 400, -32_602, "bundle contains an expired blockhash",
        StatusCode.InvalidArgument)]
    [InlineData(
        RefusalRow.TooManyLocks, 400, -32_603, "transaction has too many account locks",
        StatusCode.InvalidArgument)]
    [InlineData(RefusalRow.RateLimited, 429, -32_097, RateLimit, StatusCode.ResourceExhausted)]
    [InlineData(
        RefusalRow.BackedOff, 429, -32_097, RateLimit + ". Back-off triggered: Retry after 1606ms",
        StatusCode.ResourceExhausted)]
    [InlineData(
        RefusalRow.Congested, 429, -32_097, "Network congested. Endpoint is globally rate limited.",
        StatusCode.ResourceExhausted)]
    [InlineData(
        RefusalRow.Unauthorised, 403, -32_603, "The supplied pubkey is not authorized to generate a token",
        StatusCode.PermissionDenied)]
    [InlineData(RefusalRow.Unauthenticated, 401, -32_603, "unauthenticated", StatusCode.Unauthenticated)]
    [InlineData(RefusalRow.Unavailable, 503, -32_603, "Service unavailable", StatusCode.Unavailable)]
    internal async Task A_switch_refuses_everything_that_way(
        RefusalRow row, int http, int code, string message, StatusCode grpc)
    {
        await using var run = await EngineRun.Start();
        run.Region.Switches = new EngineSwitches { Refuses = row };
        var answer = await run.Send(Tip(run));
        Assert.Equal((http, code, message), answer.Error);
        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => run.Searcher.GetTipAccountsAsync(new GetTipAccountsRequest()).ResponseAsync);
        Assert.Equal((grpc, message), (refusal.StatusCode, refusal.Status.Detail));
        run.Region.Switches = new EngineSwitches();
        Assert.Equal(HttpStatusCode.OK, (await run.Send(Tip(run))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"method\":5}")]
    [InlineData("{\"method\":\"sendBundle\"}")]
    [InlineData("{\"method\":\"sendBundle\",\"params\":[[5]]}")]
    [InlineData("{\"method\":\"sendBundle\",\"params\":[[\"0OIl\"]]}")]
    [InlineData("{\"method\":\"sendBundle\",\"params\":[[\"AA==\"],{\"encoding\":\"base64\"}]}")]
    [InlineData("{\"method\":\"sendBundle\",\"params\":[[\"AA==\"],{\"encoding\":7}]}")]
    [InlineData("{\"method\":\"getBundleStatuses\",\"params\":[[1,2,3,4,5,6]]}")]
    [InlineData("{\"method\":\"steal\"}")]
    public async Task Garbage_gets_an_error_and_nothing_else_happens(string body)
    {
        await using var run = await EngineRun.Start();
        var answer = await run.Post("/api/v1/bundles", body);
        Assert.Equal(400, answer.Error.Http);
        Assert.Empty(run.Region.Waiting);
    }

    internal static Transaction Tip(EngineRun run, long tip = 1_000) => run.Sign(Transfer(run, tip));

    internal static Instruction Transfer(EngineRun run, long tip) =>
        SystemProgram.Transfer(run.Wallet.Address, TipAccounts.All[1], new Lamports(tip));

    private static Transaction Naming(EngineRun run, LookupTable table, Pubkey[] keys)
    {
        var tip = SystemProgram.Transfer(run.Wallet.Address, TipAccounts.All[1], new Lamports(1_000), keys);
        Blockhash blockhash;
        lock (run.Chain.Gate) blockhash = run.Chain.Blocks.Tip.Hash;
        var message = MessageBytes.Write(
            MessageCompiler.V0(run.Wallet.Address, blockhash, [tip], [table], TipAccounts.All[1]));
        return new Transaction([run.Wallet.Sign(message)], message); // the signer's own check would refuse it
    }

    private static ChainAccount TableAccount(LookupTable table) => FirstAccounts.TableOf(new LookupTableAccount
    {
        Key = table.Key,
        DeactivatedIn = null,
        LastExtendedIn = default,
        LastExtensionStart = 0,
        Authority = null,
        Addresses = table.Addresses,
    });
}
