using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Engines;
using Mev.Adapters.Jito.Wire;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Adapters.Tests.Jito;

public sealed class RequestGateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly JitoOptions _options = new();

    [Fact]
    public async Task A_thousand_callers_get_one_turn_each_interval_and_the_newest_send_waits()
    {
        using var gate = new RequestGate(_options, _time);
        var turns = new List<Task<bool>>();
        var passed = 0;
        for (var i = 0; i < 1_000; i++)
        {
            turns.Add(gate.Enter(RequestPriority.Send, default));
            if (i % 100 == 99) _time.Advance(TimeSpan.FromSeconds(1.1));
            passed = turns.Count(turn => turn.IsCompleted && turn.Result);
            Assert.True(passed <= 1 + i / 100 + 1);
        }
        _time.Advance(TimeSpan.FromSeconds(1.1));
        var answers = await Task.WhenAll(turns);
        Assert.Equal(11, answers.Count(isPassed => isPassed));
        Assert.True(answers[^1]);
        Assert.Equal(989, gate.Displaced);
    }

    [Fact]
    public async Task The_same_bytes_again_give_way_to_what_was_not_sent_yet()
    {
        using var gate = new RequestGate(_options, _time);
        Assert.True(await gate.Enter(RequestPriority.Send, default));
        var newer = gate.Enter(RequestPriority.Send, default);
        var again = gate.Enter(RequestPriority.Resend, default); // what was sent first timed out
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal((true, false, 0L), (newer.IsCompleted && await newer, again.IsCompleted, gate.Displaced));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.True(await again);
    }

    [Fact]
    public async Task A_send_goes_before_a_status_and_that_before_the_background()
    {
        using var gate = new RequestGate(_options, _time);
        Assert.True(await gate.Enter(RequestPriority.Leaders, default));
        var background = gate.Enter(RequestPriority.Leaders, default);
        var status = gate.Enter(RequestPriority.Status, default);
        var send = gate.Enter(RequestPriority.Send, default);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal((true, false, false), (send.IsCompleted, status.IsCompleted, background.IsCompleted));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal((true, false), (status.IsCompleted, background.IsCompleted));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.True(background.IsCompleted);
    }

    [Theory]
    [InlineData(5_000, 5_000)]
    [InlineData(999_999_999, 600_000)] // no answer closes a region for good
    public async Task It_stays_closed_as_long_as_the_engine_asks(int asked, int closed)
    {
        using var gate = new RequestGate(_options, _time);
        Assert.True(await gate.Enter(RequestPriority.Send, default));
        gate.Told(new EngineFailure(EngineFailureKind.RateLimited, "", TimeSpan.FromMilliseconds(asked)));
        var next = gate.Enter(RequestPriority.Send, default);
        _time.Advance(TimeSpan.FromMilliseconds(closed - 1));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(next.IsCompleted);
    }

    [Fact]
    public void Without_a_time_it_doubles_up_to_its_bound_until_a_result_comes()
    {
        using var gate = new RequestGate(_options, _time);
        var waits = new List<double>();
        for (var i = 0; i < 7; i++) waits.Add(Closed(gate));
        gate.Told(null);
        waits.Add(Closed(gate));
        Assert.Equal([1.1, 2, 4, 8, 16, 30, 30, 1.1], waits);
    }

    [Fact]
    public async Task Who_gives_up_leaves_its_place_and_takes_no_turn()
    {
        using var gate = new RequestGate(_options, _time);
        using var stop = new CancellationTokenSource();
        Assert.True(await gate.Enter(RequestPriority.Send, default));
        var waiting = gate.Enter(RequestPriority.Send, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.True(await gate.Enter(RequestPriority.Status, default));
    }

    /// <summary>Seconds from a refusal to the next turn, in steps of a tenth.</summary>
    private double Closed(RequestGate gate)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(gate.Enter(RequestPriority.Send, default).Result);
        gate.Told(new EngineFailure(EngineFailureKind.RateLimited, ""));
        var next = gate.Enter(RequestPriority.Send, default);
        for (var tenths = 1; ; tenths++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            if (next.IsCompleted) return tenths / 10.0;
        }
    }
}
