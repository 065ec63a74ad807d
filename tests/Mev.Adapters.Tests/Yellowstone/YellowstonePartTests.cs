using CsCheck;
using Google.Protobuf;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Yellowstone;

public sealed class YellowstonePartTests
{
    private static readonly YellowstoneOptions Options = new();

    [Fact]
    public void Whatever_bytes_are_a_message_reading_it_does_not_throw()
    {
        var counts = new YellowstoneCounts(Options);
        var reader = new UpdateReader(counts);
        reader.Begin(new Slot(1_000));
        var (read, seen) = (0, 0);
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            seen++;
            SubscribeUpdate update;
            try
            {
                update = SubscribeUpdate.Parser.ParseFrom(bytes);
            }
            catch (InvalidProtocolBufferException)
            {
                return;
            }
            if (reader.TryRead(update, out _)) read++;
            if (update.Transaction is { } transaction) TransactionReader.Read(transaction, out _);
        }, iter: 20_000, threads: 1);
        Assert.True(seen >= 20_000 && counts.Messages > 0 && read < seen);
    }

    [Theory]
    [InlineData(1_000 + 400_000, 1_010, 1_010)] // of no slot of this chain: the node is believed
    [InlineData(1_160, 1_010, 1_160)] // the node that is asked lags
    [InlineData(1_000, 1_010, 1_010)]
    public void A_slot_far_ahead_of_the_nodes_answer_does_not_stay_the_newest(
        ulong told, ulong answered, ulong expected)
    {
        var reader = new UpdateReader(new YellowstoneCounts(Options));
        reader.Begin(new Slot(1_000));
        var update = new SubscribeUpdate
        {
            Slot = new SubscribeUpdateSlot { Slot = told, Status = SlotStatus.SlotCreatedBank },
        };
        Assert.False(reader.TryRead(update, out _));
        reader.Answered(new Slot(answered));
        Assert.Equal(new Slot(expected), reader.Tip);
    }

    [Fact]
    public void Flipped_bits_of_a_good_message_are_read_or_refused()
    {
        var good = new SubscribeUpdate
        {
            Account = new SubscribeUpdateAccount
            {
                Slot = 1_001,
                Account = new SubscribeUpdateAccountInfo
                {
                    Pubkey = ByteString.CopyFrom(new byte[32]),
                    Owner = ByteString.CopyFrom(new byte[32]),
                    Data = ByteString.CopyFrom(new byte[165]),
                    TxnSignature = ByteString.CopyFrom(new byte[64]),
                    Lamports = 5,
                },
            },
        }.ToByteArray();
        var reader = new UpdateReader(new YellowstoneCounts(Options));
        reader.Begin(new Slot(1_000));
        var outcomes = new HashSet<string>();
        for (var bit = 0; bit < 8 * good.Length; bit++)
        {
            var bytes = good.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                outcomes.Add($"{reader.TryRead(SubscribeUpdate.Parser.ParseFrom(bytes), out _)}");
            }
            catch (InvalidProtocolBufferException)
            {
                outcomes.Add("no message");
            }
        }
        Assert.Equal(["False", "True", "no message"], outcomes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_full_buffer_makes_the_reader_wait_is_counted_and_keeps_the_order()
    {
        var counts = new YellowstoneCounts(Options);
        var buffer = new MessageBuffer(messagesMax: 10, bytesMax: 1_000, counts);
        var adding = Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
                await buffer.Add(Numbered(i), i % 7 == 0 ? 5_000 : 300, i, CancellationToken.None);
            buffer.Complete();
        });
        var (taken, all, most) = (new List<SubscribeUpdate>(), new List<ulong>(), 0);
        while (await buffer.Take(taken, 4, CancellationToken.None))
        {
            Assert.Equal((long)taken[0].Slot.Slot, buffer.ArrivedNs);
            all.AddRange(taken.Select(update => update.Slot.Slot));
            most = Math.Max(most, taken.Count);
        }
        await adding;
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (ulong)i), all);
        Assert.True(counts.BufferWaits > 0 && most <= 4);
        Assert.False(await buffer.Take(taken, 4, CancellationToken.None));

        static SubscribeUpdate Numbered(int number) =>
            new() { Slot = new SubscribeUpdateSlot { Slot = (ulong)number } };
    }

    [Fact]
    public void Waits_double_up_to_the_longest_are_spread_by_chance_and_begin_again()
    {
        var chance = 1.0;
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), () => chance);
        Assert.Equal([1.0, 2, 4, 5, 5], Enumerable.Range(0, 5).Select(_ => backoff.Next().TotalSeconds));
        chance = 0;
        Assert.Equal(2.5, backoff.Next().TotalSeconds);
        backoff.Reset();
        Assert.Equal(0.5, backoff.Next().TotalSeconds);
    }

    [Fact]
    public void A_replay_is_recognised_by_its_last_write_and_by_nothing_else()
    {
        Assert.True(Replay(write => write));
        Assert.False(Replay(write => write with { WriteVersion = write.WriteVersion + 1 }));
        Assert.Null(Replay(write => write with { Slot = write.Slot.Plus(1) }));
        Assert.Null(Replay(write => write with { Transaction = Signature(9) }));
        Assert.Null(Replay(write => write with { WriteVersion = write.WriteVersion - 1 }));

        static bool? Replay(Func<AccountWrite, AccountWrite> change)
        {
            var anchor = new ReplayAnchor();
            var last = Write(slot: 50, version: 100);
            Assert.True(anchor.Take(Write(slot: 49, version: 99)) && anchor.Take(last) && anchor.Exists);
            anchor.Seek();
            Assert.True(anchor.Take(Write(slot: 49, version: 99)) && anchor.TakeEndOf(new Slot(49)));
            if (!anchor.Take(change(last))) return false;
            Assert.Equal(anchor.IsSought, !anchor.TakeEndOf(new Slot(50)));
            return anchor.IsSought ? null : true;
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1", false, "no http")]
    [InlineData("http://node.example", true, "in the clear")]
    [InlineData("https://node.example", true, "")]
    [InlineData("http://127.0.0.1:10000", true, "")]
    public void An_endpoint_that_cannot_be_or_would_show_the_token_is_refused(
        string endpoint, bool hasToken, string why)
    {
        var options = new YellowstoneOptions
        {
            Endpoint = new Uri(endpoint),
            XToken = hasToken ? new Secret("a token of this test") : null,
        };
        var result = new YellowstoneOptionsValidator().Validate(null, options);
        Assert.Equal(why.Length > 0, result.Failed);
        Assert.Contains(why, result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_none_is_refused()
    {
        var result = new YellowstoneOptionsValidator().Validate(null, new YellowstoneOptions { Pools = ["x"] });
        Assert.Contains("'x' is no address", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_beyond_the_bound_are_not_watched_and_counted()
    {
        var options = new YellowstoneOptions { WatchedAccountsMax = 2 };
        var counts = new YellowstoneCounts(options);
        var subscription = new Subscription(options, counts);
        var added = new List<Pubkey>();
        subscription.Add(new Fixtures.Pools.RaydiumAmmV4Bytes().Pool(), added);
        Assert.Single(added); // the clock was there before
        Assert.Equal(1, counts.Limits().Single(limit => limit.Name == "yellowstone.accounts").Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_request_stays_within_its_bytes_and_what_finds_no_room_is_counted(bool isAlone)
    {
        var alone = new Fixtures.Pools.RaydiumClmmBytes().Pool();
        var options = new YellowstoneOptions
        {
            RequestBytesMax = 8_192,
            Pools = isAlone ? [$"{alone.Id.Address}"] : [],
        };
        var counts = new YellowstoneCounts(options);
        var (subscription, added) = (new Subscription(options, counts), new List<Pubkey>());
        subscription.Add(alone, added);
        Assert.False(subscription.IsFull);
        var market = new GeneratedFeedOptions { Pools = 200, WhirlpoolShareBasisPoints = 0 };
        foreach (var pool in new SimulatedChain(market, new SimulatorOptions()).Pools) subscription.Add(pool, added);
        Assert.True(subscription.IsFull);
        var bytes = subscription.Request(new Slot(ulong.MaxValue)).CalculateSize();
        Assert.InRange(bytes, 8_192 - 400, 8_192); // used up, but for what is reckoned from above
        Assert.True(added.Count > 100 && counts.AccountsLeftOut > 100, $"{added.Count} {counts.AccountsLeftOut}");
    }

    [Fact]
    public void More_pools_than_a_request_can_name_are_refused_with_the_bound()
    {
        string[] pools = [.. Enumerable.Range(0, 20).Select(number => $"{Samples.Key($"pool {number}")}")];
        var result = new YellowstoneOptionsValidator().Validate(
            null, new YellowstoneOptions { Pools = pools, RequestBytesMax = 4_096 });
        Assert.Contains("names 20 pools", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("raise RequestBytesMax", result.FailureMessage, StringComparison.Ordinal);
    }

    private static TransactionSignature Signature(byte number) =>
        TransactionSignature.From(Enumerable.Repeat(number, TransactionSignature.Length).ToArray());

    private static AccountWrite Write(ulong slot, ulong version) => new()
    {
        Key = Programs.ClockSysvar,
        Owner = default,
        Lamports = 1,
        Slot = new Slot(slot),
        WriteVersion = version,
        Transaction = Signature((byte)version),
        Data = default,
    };
}
