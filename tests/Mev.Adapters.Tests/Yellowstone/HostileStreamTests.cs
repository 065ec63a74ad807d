using Google.Protobuf;
using Mev.Adapters.Solana;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Adapters.Tests.Simulator;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Yellowstone;

/// <summary>A server that sends nonsense: each piece is counted, the rest is taken, nothing leaves the feed.</summary>
public sealed class HostileStreamTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task Every_wrong_message_is_refused_by_its_reason_and_the_stream_goes_on()
    {
        await using var simulator = await SimulatorRun.Start();
        var slot = simulator.Chain.Blocks.Tip.Slot.Value;
        (WireDefect Defect, SubscribeUpdate Update)[] wrong =
        [
            (WireDefect.AddressLength, Account(slot, account => account.Pubkey = Bytes(31))),
            (WireDefect.AddressLength, Account(slot, account => account.Owner = Bytes(33))),
            (WireDefect.AddressLength, Account(slot, account => account.Pubkey = ByteString.Empty)),
            (WireDefect.SignatureLength, Account(slot, account => account.TxnSignature = Bytes(63))),
            (WireDefect.DataLength, Account(slot, account => account.Data = Bytes((10 << 20) + 1))),
            (WireDefect.PartMissing, new SubscribeUpdate { Account = new SubscribeUpdateAccount { Slot = slot } }),
            (WireDefect.ImplausibleSlot, Account(ulong.MaxValue, _ => { })),
            (WireDefect.ImplausibleSlot, Account(0, _ => { })),
            (WireDefect.ImplausibleSlot, Slot(ulong.MaxValue - 1, SlotStatus.SlotFinalized)),
            (WireDefect.UnknownStatus, Slot(slot, (SlotStatus)77)),
            (WireDefect.UnknownStatus, Slot(slot, (SlotStatus)(-5))),
            (WireDefect.ImplausibleParent, Slot(slot, SlotStatus.SlotProcessed, parent: slot)),
            (WireDefect.ImplausibleTime, Block(slot, -1)),
            (WireDefect.ImplausibleTime, Block(slot, long.MaxValue)),
            (WireDefect.PartMissing, new SubscribeUpdate { Transaction = new() { Slot = slot } }),
            (WireDefect.AccountIndex, Transaction(slot, program: 9)),
            (WireDefect.AccountIndex, Transaction(slot, program: 0, account: 200)),
            (WireDefect.TransactionSize, Large(slot, message => message.Instructions[0].Accounts = Bytes(257))),
            (WireDefect.TransactionSize, Large(slot, message => message.Instructions[0].Data = Bytes(1_233))),
            (WireDefect.TransactionSize, Large(slot, message =>
                message.AccountKeys.Add(Enumerable.Repeat(Bytes(Pubkey.Length), 256)))),
            (WireDefect.TransactionSize, Large(slot, message =>
                message.Instructions.Add(Enumerable.Repeat(new CompiledInstruction(), 1_232)))),
            (WireDefect.TransactionSize, Inner(slot, inner => inner.Accounts = Bytes(257))),
            (WireDefect.TransactionSize, Inner(slot, inner => inner.Data = Bytes((10 << 10) + 1))),
            (WireDefect.TokenBalance, Transaction(slot, program: 0, tokens: Tokens(account: 3))),
            (WireDefect.TokenBalance, Transaction(slot, program: 0, tokens: Tokens(mint: "no mint"))),
            (WireDefect.TokenBalance, Transaction(slot, program: 0, tokens: Tokens(amount: "-1"))),
            (WireDefect.TokenBalance, Transaction(slot, program: 0, tokens: new TokenBalance())),
        ];
        await using var server = await ScriptedServer.Start(async (stream, _) =>
        {
            await stream.WriteAsync(new SubscribeUpdate()); // of a kind that is not known
            foreach (var (_, update) in wrong) await stream.WriteAsync(update);
            for (var next = slot; next < slot + 1_000; next++)
            {
                await stream.WriteAsync(Slot(next, SlotStatus.SlotProcessed));
                await Task.Delay(Pause, TimeProvider.System);
            }
        });
        await using var feed = simulator.Read(simulator.Options(endpoint: server.Endpoint));
        await feed.Until(run => run.Processed.Value >= slot + 3);
        foreach (var group in wrong.GroupBy(entry => entry.Defect))
            Assert.Equal((group.Key, group.Count()), (group.Key, (int)feed.Counts.Refused(group.Key)));
        Assert.Equal(wrong.Length, feed.Counts.RefusedTotal);
        Assert.Equal(1, feed.Counts.Skipped);
        Assert.Equal(0, feed.Counts.Breaks);
    }

    [Fact]
    public async Task A_stream_that_ends_in_the_middle_of_a_message_is_made_anew()
    {
        await using var simulator = await SimulatorRun.Start();
        var answers = 0;
        await using var server = await ScriptedServer.StartRaw(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 1, 0, 10, 4 });
            await context.Response.Body.FlushAsync();
            if (Interlocked.Increment(ref answers) % 2 == 0) context.Abort();
        });
        await BreaksOften(simulator, simulator.Options(endpoint: server.Endpoint));
        Assert.True(answers >= 4);
    }

    [Fact]
    public async Task A_message_that_is_garbage_or_longer_than_the_bound_ends_the_connection_only()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var garbage = await ScriptedServer.StartRaw(async context =>
        {
            context.Response.ContentType = "application/grpc";
            byte[] frame = [0, 0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff];
            await context.Response.Body.WriteAsync(frame);
        });
        await BreaksOften(simulator, simulator.Options(endpoint: garbage.Endpoint));
        var slot = simulator.Chain.Blocks.Tip.Slot.Value;
        await using var large = await ScriptedServer.Start(async (stream, _) =>
            await stream.WriteAsync(Account(slot, account => account.Data = Bytes(100_000))));
        await BreaksOften(simulator, simulator.Options(endpoint: large.Endpoint, messageBytes: 50_000));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_and_one_that_pings_is_answered()
    {
        await using var simulator = await SimulatorRun.Start("Simulator:PingInterval=00:00:00.020");
        await using var feed = simulator.Read(simulator.Options(silence: TimeSpan.FromMilliseconds(250)));
        await simulator.Complete(feed);
        simulator.Ticks.NextSlots(40);
        await simulator.CaughtUp(feed);
        await Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System); // pings alone keep it
        Assert.Equal(0, feed.Counts.Silences);
        Assert.True(feed.Counts.Pings > 3);
        simulator.Switches.IsSilent = true;
        while (feed.Counts.Silences == 0) await feed.Moved(Pause);
        simulator.Switches.IsSilent = false;
        do
        {
            simulator.Ticks.NextSlots(1); // a slow machine may have been read anew, which takes a chain that moves
            await feed.Moved(TimeSpan.FromMilliseconds(20));
        }
        while (!feed.IsComplete || feed.Processed < simulator.Chain.Blocks.Tip.Slot);
        SameState.Check(simulator, feed);
    }

    [Fact]
    public async Task A_ping_is_answered_with_a_request_that_carries_one_and_the_token_is_sent_and_never_shown()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var server = await ScriptedServer.Start(async (stream, _) =>
        {
            while (true)
            {
                await stream.WriteAsync(new SubscribeUpdate { Ping = new SubscribeUpdatePing() });
                await Task.Delay(Pause, TimeProvider.System);
            }
        });
        var token = new Secret("a token of this test");
        await using var feed = simulator.Read(simulator.Options(endpoint: server.Endpoint, token: token));
        while (server.Told.Requests.Count < 3) await Task.Delay(Pause, TimeProvider.System);
        Assert.True(server.Told.Requests.TryDequeue(out var first));
        Assert.Null(first.Ping);
        Assert.NotEmpty(first.Accounts);
        Assert.All(server.Told.Requests, request => Assert.NotNull(request.Ping));
        Assert.Equal("a token of this test", server.Told.Tokens.First());
        Assert.Equal("***", $"{token}");
        Assert.DoesNotContain("token of", feed.Feed.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_or_is_not_there_is_tried_again_until_it_serves()
    {
        await using var simulator = await SimulatorRun.Start();
        simulator.Switches.Refuses = true;
        await using var feed = simulator.Read();
        while (feed.Counts.Breaks < 5) await feed.Moved(Pause);
        simulator.Switches.Refuses = false;
        await simulator.Complete(feed);
        SameState.Check(simulator, feed);
        await BreaksOften(simulator, simulator.Options(endpoint: new Uri("http://127.0.0.1:1")));
    }

    [Theory]
    [InlineData(999_999)]
    [InlineData(1_000_001)]
    public async Task Another_node_behind_the_same_address_is_noticed_by_its_write_versions(ulong itsVersion)
    {
        await using var simulator = await SimulatorRun.Start();
        FeedRun? reading = null;
        var last = 0UL;
        await using var server = await ScriptedServer.Start(async (stream, number) =>
        {
            if (number > 1)
            {
                await stream.WriteAsync(Payment(last, itsVersion));
                await stream.WriteAsync(Slot(last, SlotStatus.SlotProcessed, last - 1));
            }
            for (var step = 0; step < 4_000; step++)
            {
                simulator.Ticks.NextSlots(1);
                last = simulator.Chain.Blocks.Tip.Slot.Value;
                await stream.WriteAsync(Payment(last, version: 1_000_000));
                await stream.WriteAsync(Slot(last, SlotStatus.SlotProcessed, last - 1));
                await stream.WriteAsync(Slot(last - 2, SlotStatus.SlotConfirmed, last - 3));
                await stream.WriteAsync(Slot(last - 40, SlotStatus.SlotFinalized));
                if (number == 1 && reading is { IsComplete: true }) return;
                await Task.Delay(Pause, TimeProvider.System);
            }
        });
        server.Told.FirstHeld = 1;
        await using var feed = reading = simulator.Read(simulator.Options(endpoint: server.Endpoint));
        await feed.Until(run => run.Told.Contains(Mev.Domain.Feed.FeedEventKind.Gap));
        Assert.Contains(server.Told.Requests, request => request.HasFromSlot);
        Assert.Equal((0, 1), (feed.Counts.Replays, feed.Counts.Gaps));
        Assert.True(feed.WereGapsHeld);

        static SubscribeUpdate Payment(ulong slot, ulong version) => Account(slot, account =>
        {
            account.Data = Bytes(1);
            account.TxnSignature = ByteString.CopyFrom(Enumerable.Repeat((byte)1, 64).ToArray());
            account.WriteVersion = version;
        });
    }

    [Fact]
    public async Task A_dead_slot_that_is_confirmed_after_all_has_everything_read_anew()
    {
        await using var simulator = await SimulatorRun.Start();
        FeedRun? reading = null;
        await using var server = await ScriptedServer.Start(async (stream, number) =>
        {
            var dead = 0UL;
            for (var step = 0; step < 4_000; step++)
            {
                simulator.Ticks.NextSlots(1);
                var last = simulator.Chain.Blocks.Tip.Slot.Value;
                await stream.WriteAsync(Slot(last, SlotStatus.SlotProcessed, last - 1));
                if (number == 1 && dead == 0 && reading is { IsComplete: true })
                    await stream.WriteAsync(Slot(dead = last, SlotStatus.SlotDead));
                await stream.WriteAsync(Slot(last - 2, SlotStatus.SlotConfirmed, last - 3));
                await Task.Delay(Pause, TimeProvider.System);
            }
        });
        await using var feed = reading = simulator.Read(simulator.Options(endpoint: server.Endpoint));
        await feed.Until(run => run.Told.Contains(Mev.Domain.Feed.FeedEventKind.Gap) && run.IsComplete);
        Assert.Equal(1, feed.Look(assembler => assembler.Counts.Contradictions));
        Assert.Equal(1, feed.Counts.Gaps);
        var next = feed.Processed.Value + 4;
        await feed.Until(run => run.Processed.Value >= next); // what built upon it is alive too
        Assert.All(
            feed.Look(assembler => assembler.Pools.ToList()),
            pool => Assert.Equal(Mev.Domain.Feed.PoolCondition.None, pool.Condition));
    }

    private static async Task BreaksOften(SimulatorRun simulator, YellowstoneOptions options)
    {
        await using var feed = simulator.Read(options);
        while (feed.Counts.Breaks < 4) await feed.Moved(Pause); // which fails when the reader has ended
        await feed.Moved(TimeSpan.Zero); // the reader has not ended
        Assert.False(feed.IsComplete);
    }

    private static ByteString Bytes(int length) => ByteString.CopyFrom(new byte[length]);

    private static SubscribeUpdate Account(ulong slot, Action<SubscribeUpdateAccountInfo> change)
    {
        var account = new SubscribeUpdateAccountInfo { Pubkey = Bytes(32), Owner = Bytes(32), Lamports = 1 };
        change(account);
        return new SubscribeUpdate { Account = new SubscribeUpdateAccount { Account = account, Slot = slot } };
    }

    private static SubscribeUpdate Slot(ulong slot, SlotStatus status, ulong parent = 0) =>
        new() { Slot = new SubscribeUpdateSlot { Slot = slot, Status = status, Parent = parent } };

    private static SubscribeUpdate Block(ulong slot, long time) =>
        new() { BlockMeta = new SubscribeUpdateBlockMeta { Slot = slot, BlockTime = new() { Timestamp = time } } };

    private static TokenBalance Tokens(uint account = 0, string? mint = null, string amount = "1") => new()
    {
        AccountIndex = account,
        Mint = mint ?? $"{Mints.Wsol}",
        Owner = $"{Mints.Wsol}",
        UiTokenAmount = new UiTokenAmount { Amount = amount },
    };

    private static SubscribeUpdate Transaction(
        ulong slot, uint program, byte account = 0, TokenBalance? tokens = null)
    {
        var message = new Message { AccountKeys = { Bytes(Pubkey.Length) } };
        message.Instructions.Add(new CompiledInstruction
        {
            ProgramIdIndex = program,
            Accounts = ByteString.CopyFrom(account),
        });
        return new SubscribeUpdate
        {
            Transaction = new SubscribeUpdateTransaction
            {
                Slot = slot,
                Transaction = new SubscribeUpdateTransactionInfo
                {
                    Signature = Bytes(TransactionSignature.Length),
                    Transaction = new Transaction { Message = message },
                    Meta = tokens is null
                        ? new TransactionStatusMeta()
                        : new TransactionStatusMeta { PostTokenBalances = { tokens } },
                },
            },
        };
    }

    private static SubscribeUpdate Large(ulong slot, Action<Message> change)
    {
        var update = Transaction(slot, program: 0);
        change(update.Transaction.Transaction.Transaction.Message);
        return update;
    }

    private static SubscribeUpdate Inner(ulong slot, Action<InnerInstruction> change)
    {
        var update = Transaction(slot, program: 0);
        var inner = new InnerInstruction();
        change(inner);
        update.Transaction.Transaction.Meta.InnerInstructions.Add(new InnerInstructions { Instructions = { inner } });
        return update;
    }
}
