using System.Diagnostics;
using System.Net;
using Mev.Adapters.Solana;
using Mev.Adapters.Solana.Rpc;
using Mev.Domain.Chain;
using Mev.Domain.Wallets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Tests.Rpc;

/// <summary>A node that answers with nonsense, too much, too late or not at all: each failure has its name.</summary>
public sealed class HostileRpcTests : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _servers = [];

    [Theory]
    [InlineData("", RpcFailure.Malformed)]
    [InlineData("no json", RpcFailure.Malformed)]
    [InlineData("[]", RpcFailure.Malformed)]
    [InlineData("{}", RpcFailure.Malformed)]
    [InlineData("""{"result":null}""", RpcFailure.Malformed)]
    [InlineData("""{"result":-1}""", RpcFailure.Malformed)]
    [InlineData("""{"result":1.5}""", RpcFailure.Malformed)]
    [InlineData("""{"result":"300"}""", RpcFailure.Malformed)]
    [InlineData("""{"result":99999999999999999999999}""", RpcFailure.Malformed)]
    [InlineData("""{"error":null}""", RpcFailure.Malformed)]
    [InlineData("""{"error":{"code":-32602,"message":"no"}}""", RpcFailure.Refused)]
    [InlineData("""{"error":{"code":"x"}}""", RpcFailure.Refused)]
    [InlineData("""{"error":{"code":-32005,"message":"Node is behind"}}""", RpcFailure.Behind)]
    public async Task An_answer_that_is_no_slot_is_named(string body, RpcFailure failure)
    {
        var rpc = await Client(context => context.Response.WriteAsync(body));
        Assert.Equal(failure, await Failure(() => rpc.GetSlot(RpcCommitment.Processed)));
    }

    [Theory]
    [InlineData("""{"context":{"slot":5},"value":[]}""")]
    [InlineData("""{"context":{"slot":5},"value":[null,null]}""")]
    [InlineData("""{"context":{"slot":-5},"value":[null]}""")]
    [InlineData("""{"value":[null]}""")]
    [InlineData("""{"context":{"slot":5},"value":[7]}""")]
    [InlineData("""{"context":{"slot":5},"value":[{"owner":"x","lamports":1,"data":["","base64"]}]}""")]
    [InlineData("""{"context":{"slot":5},"value":[{"owner":"OWNER","lamports":-1,"data":["","base64"]}]}""")]
    [InlineData("""{"context":{"slot":5},"value":[{"owner":"OWNER","lamports":1,"data":["!!","base64"]}]}""")]
    [InlineData("""{"context":{"slot":5},"value":[{"owner":"OWNER","lamports":1,"data":["","base58"]}]}""")]
    [InlineData("""{"context":{"slot":5},"value":[{"owner":"OWNER","lamports":1,"data":"AA=="}]}""")]
    public async Task Accounts_that_are_none_are_refused(string result)
    {
        var rpc = await Client(context => context.Response.WriteAsync(
            $$"""{"result":{{result.Replace("OWNER", $"{default(Pubkey)}", StringComparison.Ordinal)}}}"""));
        Assert.Equal(
            RpcFailure.Malformed,
            await Failure(() => rpc.GetMultipleAccounts([Programs.ClockSysvar], RpcCommitment.Processed)));
    }

    [Theory]
    [InlineData("""{"transaction":[]}""")]
    [InlineData("""{"transaction":["AA==","base64"]}""")]
    [InlineData("""{"transaction":["!!","base64"]}""")]
    [InlineData("""{"transaction":7}""")]
    [InlineData("""[]""")]
    public async Task A_transaction_that_is_none_is_refused(string result)
    {
        var rpc = await Client(context => context.Response.WriteAsync($$"""{"result":{{result}}}"""));
        Assert.Equal(RpcFailure.Malformed, await Failure(() => rpc.GetTransaction(TransactionSignature.None)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_beyond_the_bound_is_not_read(bool isLengthTold)
    {
        var sent = 0L;
        var rpc = await Client(async context =>
        {
            if (isLengthTold) context.Response.ContentLength = 1L << 30;
            var block = new byte[64 << 10];
            for (var i = 0; i < 1 << 14 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                sent += block.Length;
                // Writes to a connection that was cut succeed until the server has noticed.
                if (i % 64 == 63)
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, context.RequestAborted);
            }
        });
        Assert.Equal(RpcFailure.TooLarge, await Failure(() => rpc.GetSlot(RpcCommitment.Processed)));
        Assert.True(sent < 1L << 29);
    }

    [Fact]
    public async Task A_node_that_says_when_to_come_back_is_obeyed_and_one_that_says_too_late_is_left()
    {
        var answers = 0;
        var rpc = await Client(context =>
        {
            if (Interlocked.Increment(ref answers) > 2) return context.Response.WriteAsync("""{"result":7}""");
            context.Response.StatusCode = (int)HttpStatusCode.TooManyRequests;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        var began = Stopwatch.GetTimestamp();
        Assert.Equal(new Slot(7), await rpc.GetSlot(RpcCommitment.Processed));
        Assert.True(Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(1.9));
        Assert.Equal(2, rpc.Retries);
        var late = await Client(context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.TooManyRequests;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        var failure = await Assert.ThrowsAsync<RpcRequestException>(() => late.GetSlot(RpcCommitment.Processed));
        Assert.Equal((RpcFailure.RateLimited, TimeSpan.FromHours(1)), (failure.Failure, failure.RetryAfter));
        Assert.Equal(0, late.Retries);
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_and_what_will_not_is_not()
    {
        var answers = 0;
        var rpc = await Client(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref answers) == 1 ? 503 : 404;
            return Task.CompletedTask;
        });
        Assert.Equal(RpcFailure.Status, await Failure(() => rpc.GetSlot(RpcCommitment.Processed)));
        Assert.Equal((2, 1), (answers, (int)rpc.Retries));
        var silent = await Client(
            context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        Assert.Equal(RpcFailure.Timeout, await Failure(() => silent.GetSlot(RpcCommitment.Processed)));
        Assert.Equal(2, silent.Retries);
        var cut = await Client(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("""{"res""");
            context.Abort();
        });
        Assert.Equal(RpcFailure.Transport, await Failure(() => cut.GetSlot(RpcCommitment.Processed)));
    }

    [Fact]
    public async Task A_node_behind_the_block_whose_height_was_told_says_nothing_of_what_is_absent()
    {
        const string Height = """{"result":{"absoluteSlot":500,"blockHeight":400}}""";
        var slots = new Queue<int>([499, 500, 499, 499, 499]); // a balancer's nodes
        var rpc = await Client(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await context.Response.WriteAsync(body.Contains("getEpochInfo", StringComparison.Ordinal)
                ? Height
                : $$$"""{"result":{"context":{"slot":{{{slots.Dequeue()}}}},"value":[null]}}""");
        });
        Assert.Equal(400UL, await rpc.GetBlockHeight(RpcCommitment.Finalized));
        var statuses = await rpc.GetSignatureStatuses([TransactionSignature.None]);
        Assert.Equal([null], statuses.All);
        Assert.Equal(new Slot(500), statuses.Slot);
        Assert.Equal(3, slots.Count); // the first answer was none
        var reader = new RpcWalletReader(rpc, TimeProvider.System);
        await Assert.ThrowsAsync<WalletReadException>(() => reader.Find([TransactionSignature.None]));
        Assert.Empty(slots);
    }

    [Fact]
    public async Task A_wallet_is_read_from_a_node_that_looks_through_no_whole_token_program()
    {
        var rpc = await Client(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await context.Response.WriteAsync(body switch
            {
                _ when body.Contains("getTokenAccountsByOwner", StringComparison.Ordinal) =>
                    """{"result":{"context":{"slot":5},"value":[]}}""",
                _ when body.Contains("getMultipleAccounts", StringComparison.Ordinal) =>
                    """{"result":{"context":{"slot":5},"value":[null,null]}}""",
                _ => """{"error":{"code":-32010,"message":"excluded from account secondary indexes"}}""",
            });
        });
        var state = await new RpcWalletReader(rpc, TimeProvider.System).ReadWallet(Mints.Wsol, [], []);
        Assert.Equal((new Slot(5), 0), (state.Slot, state.TokenAccounts.Length));
    }

    [Fact]
    public async Task The_token_is_sent_and_stands_in_no_message()
    {
        var header = "";
        var rpc = await Client(
            context =>
            {
                header = context.Request.Headers.Authorization.ToString();
                context.Response.StatusCode = 401;
                return Task.CompletedTask;
            },
            new Secret("a token of this test"));
        var failure = await Assert.ThrowsAsync<RpcRequestException>(() => rpc.GetSlot(RpcCommitment.Processed));
        Assert.Equal("Bearer a token of this test", header);
        Assert.DoesNotContain("token of", failure.ToString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }

    private async Task<RpcClient> Client(RequestDelegate answer, Secret? token = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/", answer);
        await app.StartAsync();
        _servers.Add(app);
        return new RpcClient(
            new RpcOptions
            {
                Endpoint = new Uri(app.Urls.Single()),
                AccessToken = token,
                RequestTimeout = TimeSpan.FromMilliseconds(500),
                ResponseBytesMax = 1 << 20,
                AttemptsMax = 3,
                RetryDelay = TimeSpan.FromMilliseconds(1),
                RetryDelayMax = TimeSpan.FromSeconds(2),
            },
            TimeProvider.System, () => 1);
    }

    private static async Task<RpcFailure> Failure<T>(Func<Task<T>> ask) =>
        (await Assert.ThrowsAsync<RpcRequestException>(ask)).Failure;
}
