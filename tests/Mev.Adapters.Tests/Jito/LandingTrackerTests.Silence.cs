using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Wire;
using Mev.Domain.Feed;
using Kind = Mev.Domain.Bundles.LandingEvidenceKind;

namespace Mev.Adapters.Tests.Jito;

/// <summary>A results stream that is open and tells nothing.</summary>
public sealed partial class LandingTrackerTests
{
    [Fact]
    public void A_stream_that_says_nothing_of_what_landed_is_suspected_until_it_speaks()
    {
        for (var number = 1; number <= _options.SilentResultsMin; number++)
        {
            Assert.False(_tracker.IsResultsStreamSilent);
            Land(number, isTold: false);
        }
        Assert.True(_tracker.IsResultsStreamSilent);
        Land(_options.SilentResultsMin + 1, isTold: false);
        Assert.Equal(1, _counts.Count(JitoAlert.ResultsSilent)); // once, until it has spoken
        Land(_options.SilentResultsMin + 2, isTold: true);
        Assert.False(_tracker.IsResultsStreamSilent);
    }

    [Fact]
    public void Silence_about_what_the_engine_says_that_it_decided_counts_too()
    {
        for (var number = 1; number <= _options.SilentResultsMin; number++)
        {
            Open(number);
            Observe(number, Kind.Received);
            _tracker.Observe(new InflightStatus(Submissions.Signed(number).Id, InflightState.Failed, null));
            Expire(number);
        }
        Assert.Equal(1, _counts.Count(JitoAlert.ResultsSilent));
    }

    [Fact]
    public void A_stream_has_nothing_to_say_of_what_nobody_decided()
    {
        for (var number = 1; number <= 2 * _options.SilentResultsMin; number++)
        {
            var state = number % 2 == 0 ? InflightState.Pending : InflightState.Invalid; // that is another suspicion
            Open(number);
            Observe(number, Kind.Received);
            _tracker.Observe(new InflightStatus(Submissions.Signed(number).Id, state, null));
            Expire(number);
        }
        Assert.False(_tracker.IsResultsStreamSilent);
    }

    [Fact]
    public void One_event_that_is_missing_here_and_there_raises_nothing()
    {
        for (var number = 1; number <= 8; number++) Land(number, isTold: number % _options.SilentResultsMin == 0);
        Assert.Equal(0, _counts.Count(JitoAlert.ResultsSilent));
    }

    [Fact]
    public void Of_what_an_earlier_run_sent_no_stream_speaks_again()
    {
        for (var number = 1; number <= _options.SilentResultsMin; number++)
        {
            Open(number);
            OnChain(number, SlotStatus.Finalized); // no id came back in this run
        }
        Assert.Equal(0, _counts.Count(JitoAlert.ResultsSilent));
    }

    private void Land(int number, bool isTold)
    {
        Open(number);
        Observe(number, Kind.Received);
        if (isTold)
        {
            _tracker.Observe(new BundleResult
            {
                BundleId = $"{Submissions.Signed(number).Id}",
                Accepted = new Accepted { Slot = 70, ValidatorIdentity = "leader" },
            });
        }
        OnChain(number, SlotStatus.Finalized);
    }
}
