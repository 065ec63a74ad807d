using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Wallets;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Limits;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Signing;

/// <summary>Orders leave after their attempt is durable, and end once, by what the chain says.</summary>
public sealed class TreasurySendingTests
{
    private readonly List<byte[]> _sent = [];
    private Func<(SignaturePresence, TreasuryLanding?)> _chain = () => (SignaturePresence.Pending, null);
    private bool _isAway;
    private int _attemptsAtSending;
    private Func<Task>? _atAttempt;

    [Fact]
    public async Task It_leaves_after_its_attempt_and_asked_again_after_a_restart_the_same_bytes_leave_again()
    {
        await using var signed = await Start();
        var order = signed.Wrap("wrap 1");
        Assert.True((await signed.Treasury().Send(order)).IsSent);
        Assert.Equal(1, _attemptsAtSending); // durable before the bytes left
        await signed.Engine.Restart();
        await signed.Finished();
        var again = await signed.Treasury().Send(order);
        Assert.True(again.IsSent && again.Outcome is null);
        Assert.Equal(2, _sent.Count);
        Assert.Equal(_sent[0], _sent[1]);
        var attempt = Assert.Single(await signed.Control(RecordType.TreasuryAttempt)).TreasuryAttempt;
        Assert.Equal(FakeNode.LastValid, attempt.LastValidHeight);
        Assert.Equal(_sent[0][1..65], attempt.Signature.ToByteArray());
    }

    [Theory]
    [InlineData(false, BundleOutcomeKind.Landed, -1_005_000L)]
    [InlineData(true, BundleOutcomeKind.Refused, -5_000L)]
    public async Task What_is_final_is_journalled_once_with_what_it_changed_and_never_sent_again(
        bool isFailed, BundleOutcomeKind kind, long change)
    {
        await using var signed = await Start();
        var order = signed.Wrap("wrap 1");
        await signed.Treasury().Send(order);
        Assert.Equal(1, await signed.Treasury().Settle(1_000));
        Assert.Empty(await signed.Control(RecordType.TreasuryOutcome));
        _chain = () => (SignaturePresence.Final, new TreasuryLanding(
            new Slot(2_001), isFailed, new Lamports(5_000), new Lamports(change)));
        for (var i = 0; i < 3; i++) Assert.Equal(0, await signed.Treasury().Settle(1_000));
        await signed.Engine.Restart();
        await signed.Finished();
        Assert.Equal(0, await signed.Treasury().Settle(1_000));

        var record = Assert.Single(await signed.Control(RecordType.TreasuryOutcome)).TreasuryOutcome;
        Assert.Equal(((uint)kind, 2_001UL, 5_000L, change), (record.Kind, record.Slot, record.Fee, record.Change));
        var answer = await signed.Treasury().Send(order);
        Assert.Equal((false, kind, new Lamports(change)), (
            answer.IsSent, answer.Outcome!.Kind, answer.Outcome.Change));
        Assert.Single(_sent);
    }

    [Fact]
    public async Task What_is_final_and_not_to_be_read_yet_stays_open_and_one_that_is_unanswered_keeps_none_waiting()
    {
        await using var signed = await Start();
        await signed.Treasury().Send(signed.Wrap("wrap 1"));
        await signed.Treasury().Send(signed.Wrap("wrap 2", 1_000_001));
        _chain = () => (SignaturePresence.Final, null); // the node has its status, and not its transaction
        Assert.Equal(2, await signed.Treasury().Settle(1_000));
        Assert.Empty(await signed.Control(RecordType.TreasuryOutcome));
        var asked = 0;
        _chain = () => asked++ == 0
            ? throw new WalletReadException("the node is away")
            : (SignaturePresence.Final, new TreasuryLanding(
                new Slot(2_001), IsFailed: false, new Lamports(5_000), new Lamports(-5_000)));
        Assert.Equal(1, await signed.Treasury().Settle(1_000));
        Assert.Equal(0, await signed.Treasury().Settle(1_000));
        var fees = (await signed.Control(RecordType.TreasuryOutcome)).Select(body => body.TreasuryOutcome.Fee);
        Assert.Equal([5_000L, 5_000L], fees);
    }

    [Fact]
    public async Task An_order_that_a_stop_overtakes_does_not_leave_and_leaves_after_the_resume()
    {
        await using var signed = await Start();
        var policy = signed.Engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);
        _atAttempt = () => policy.Stop("odd fills").AsTask(); // between its attempt and its sending
        var order = signed.Wrap("wrap 1");
        var held = await signed.Treasury().Send(order);
        Assert.Equal((false, ""), (held.IsSent, held.Rule));
        Assert.Contains("stopped before it left", held.Sentence, StringComparison.Ordinal);
        Assert.Empty(_sent);
        Assert.Single(await signed.Control(RecordType.TreasuryAttempt));
        Assert.Equal("stop", (await signed.Treasury().Send(order)).Rule);
        _atAttempt = null;
        await policy.Resume("understood");
        Assert.True((await signed.Treasury().Send(order)).IsSent);
        Assert.Single(_sent);
        Assert.Single(await signed.Control(RecordType.TreasuryAttempt)); // the same one
        _chain = () => (SignaturePresence.Final, new TreasuryLanding(
            new Slot(2_001), IsFailed: false, new Lamports(5_000), new Lamports(-5_000)));
        Assert.Equal(0, await signed.Treasury().Settle(1_000));
        await policy.Stop("again");
        var ended = await signed.Treasury().Send(order); // its end comes before any rule
        Assert.Equal((BundleOutcomeKind.Landed, ""), (ended.Outcome!.Kind, ended.Rule));
    }

    [Fact]
    public async Task What_is_absent_after_it_could_land_has_expired_at_the_second_look()
    {
        await using var signed = await Start();
        await signed.Treasury().Send(signed.Wrap("wrap 1"));
        _chain = () => (SignaturePresence.Absent, null);
        Assert.Equal(1, await signed.Treasury().Settle(FakeNode.LastValid)); // it may land in that block
        Assert.Equal(1, await signed.Treasury().Settle(FakeNode.LastValid + 1));
        Assert.Equal(1, await signed.Treasury().Settle(FakeNode.LastValid + 1)); // the looks are too close
        await SignedEngine.Until(async () => await signed.Treasury().Settle(FakeNode.LastValid + 1) == 0);
        var record = Assert.Single(await signed.Control(RecordType.TreasuryOutcome)).TreasuryOutcome;
        Assert.Equal(((uint)BundleOutcomeKind.Expired, 0L, 0L), (record.Kind, record.Fee, record.Change));
    }

    [Fact]
    public async Task A_node_that_is_away_is_no_landing_and_no_loss_and_the_order_may_be_asked_for_again()
    {
        await using var signed = await Start();
        var order = signed.Wrap("wrap 1");
        _isAway = true;
        var answer = await signed.Treasury().Send(order);
        Assert.Equal((false, ""), (answer.IsSent, answer.Rule));
        Assert.Contains("ask again", answer.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, await signed.Treasury().Settle(1_000)); // it may have left
        _isAway = false;
        Assert.True((await signed.Treasury().Send(order)).IsSent);
    }

    [Fact]
    public async Task What_a_rule_refuses_does_not_leave_and_what_left_stays_in_the_cap_when_it_is_refused_later()
    {
        await using var signed = await Start(dailyMax: 5_000_000);
        var order = signed.Wrap("wrap 1");
        Assert.Equal("intent", (await signed.Treasury().Send(order with { Approvals = [] })).Rule);
        Assert.Empty(_sent);
        Assert.Empty(await signed.Control(RecordType.TreasuryAttempt));
        Assert.True((await signed.Treasury().Send(order)).IsSent);
        var policy = signed.Engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);
        await policy.Stop("test");
        Assert.Equal("stop", (await signed.Treasury().Send(order)).Rule);
        await policy.Resume("test");
        Assert.Equal("treasury-cap", (await signed.Treasury().Send(signed.Wrap("wrap 2", 1_000_001))).Rule);
        Assert.Single(_sent);
    }

    private async Task<SignedEngine> Start(long dailyMax = 10_000_000)
    {
        SignedEngine? signed = null;
        var started = await SignedEngine.Start(
            SignedEngine.Simulated with
            {
                TreasuryDailyMax = new Lamports(dailyMax),
                RefreshInterval = Hour,
                AnswerAgeMax = Hour,
            },
            made => made.Services = services =>
            {
                services.AddSingleton<SendTreasury>(async (bytes, _) =>
                {
                    if (_isAway) throw new WalletReadException("the node is away");
                    _attemptsAtSending = (await signed!.Control(RecordType.TreasuryAttempt)).Count;
                    _sent.Add(bytes.ToArray());
                });
                services.AddSingleton<FindTreasury>((_, _) => Task.FromResult(_chain()));
                services.AddSingleton<IPartitionedLog>(provider => new WatchedLog(
                    provider.GetRequiredService<SqliteLog>(), RecordType.TreasuryAttempt,
                    () => _atAttempt?.Invoke() ?? Task.CompletedTask));
            });
        signed = started;
        await started.Finished();
        return started;
    }

    private static TimeSpan Hour { get; } = TimeSpan.FromHours(1); // the test alone settles
}
