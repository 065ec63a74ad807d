using Mev.Adapters.Jito;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Adapters.Tests.Jito;

/// <summary>Who has the turns of a region, by a clock of the test's.</summary>
public sealed partial class JitoSenderTests
{
    [Fact]
    public async Task The_same_bytes_again_wait_behind_a_bundle_that_was_not_sent_yet()
    {
        _isOnChain = false;
        using var answer = new ManualResetEventSlim();
        _engine.Told.Json = Refusing(request =>
        {
            if (request.Body.Contains(TextOf(2)))
                return (200, EngineServer.Script.Result($"\"{IdOf(request.Body)}\""));
            answer.Wait(TimeSpan.FromSeconds(20));
            return (503, "busy");
        });
        var (sender, time) = await ReadyByDefaults();
        await sender.Submit(Submissions.New(1));
        await Until.Holds(() => Sent.Count() == 1);
        await sender.Submit(Submissions.New(2));
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System); // it waits for the next turn
        answer.Set();
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System); // and the first one again
        for (var turn = 2; turn <= 3; turn++)
        {
            time.Advance(new JitoOptions().RequestInterval);
            await Until.Holds(() => Sent.Count() == turn);
        }
        var numbers = Sent.Select(request => request.Body.Contains(TextOf(1)) ? 1 : 2);
        Assert.Equal([1, 2, 1], numbers);
    }

    [Fact]
    public async Task By_the_default_intervals_a_send_waits_for_no_question()
    {
        var (sender, time) = await ReadyByDefaults();
        var questions = _engine.Told.LeaderQuestions;
        for (var number = 1; number <= 3; number++)
        {
            for (var tenth = 0; tenth < 20; tenth++) time.Advance(TimeSpan.FromMilliseconds(100));
            await sender.Submit(Submissions.New(number));
            await Until.Holds(() => Sent.Count() == number); // the clock stands still
        }
        Assert.Equal(questions, _engine.Told.LeaderQuestions);
    }

    [Fact]
    public async Task Opening_the_stream_takes_a_turn_and_every_region_has_its_own()
    {
        var home = _engine.Options(intervalMs: 300).Regions[0];
        var options = new JitoOptions
        {
            Regions = [home, new JitoRegionOptions
            {
                Name = "other", Endpoint = home.Endpoint, GrpcEndpoint = home.GrpcEndpoint,
            }],
            Global = new JitoRegionOptions
            {
                Name = "all",
                Endpoint = home.Endpoint,
                GrpcEndpoint = home.GrpcEndpoint,
            },
            RequestInterval = TimeSpan.FromMinutes(1),
            SubmitTimeout = TimeSpan.FromSeconds(5),
        };
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _running.Add(NewSender(options, time).Run(_stop.Token));
        // the first turn of home is of the tip accounts, of the global host of the leaders
        await Until.Holds(() => _engine.Told.Streams == 1);
        for (var turn = 0; turn < 20 && _engine.Told.Streams < 3; turn++)
        {
            time.Advance(options.RequestInterval);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        Assert.Equal((3, 3), (_engine.Told.Streams, _engine.Told.StreamsAtOnce));
    }

    /// <summary>A sender by the intervals that are the default, its gate open.</summary>
    private async Task<(JitoSender Sender, FakeTimeProvider Time)> ReadyByDefaults()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var options = new JitoOptions
        {
            Regions = _engine.Options().Regions,
            SubmitTimeout = TimeSpan.FromSeconds(5),
        };
        var sender = NewSender(options, time);
        _running.Add(sender.Run(_stop.Token));
        for (var turn = 0; turn < 20 && !IsReady(sender); turn++)
        {
            time.Advance(options.RequestInterval);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        Assert.True(IsReady(sender));
        time.Advance(options.RequestInterval);
        return (sender, time);
    }
}
