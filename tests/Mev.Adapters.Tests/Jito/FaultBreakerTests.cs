using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Tests.Journal;
using Mev.Domain.Bundles;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mev.Adapters.Tests.Jito;

public sealed class FaultBreakerTests
{
    private readonly JitoOptions _options = new() { FaultsMax = 3 };
    private readonly JitoCounts _counts;
    private readonly FaultBreaker _breaker;

    public FaultBreakerTests()
    {
        _counts = new JitoCounts(_options, new PlainMeterFactory());
        _breaker = new FaultBreaker(_options, new JitoAlerts(_counts, NullLogger.Instance));
    }

    [Fact]
    public void Faults_of_ours_open_it_once_with_the_reason_and_it_stays_open()
    {
        _breaker.Take(true, OutcomeCause.Bug, "1");
        _breaker.Take(true, OutcomeCause.Malformed, "2");
        Assert.Null(_breaker.Why);
        _breaker.TakeFault("other bytes");
        Assert.Equal("3 faults among 3 outcomes, the last: other bytes", _breaker.Why);
        for (var i = 0; i < 300; i++) _breaker.Take(false, OutcomeCause.Landed, "");
        _breaker.Take(true, OutcomeCause.FailedOnChain, "5");
        Assert.NotNull(_breaker.Why);
        Assert.Equal(1, _counts.Count(JitoAlert.BreakerOpen));
        _breaker.Close();
        Assert.Null(_breaker.Why);
        _breaker.Take(true, OutcomeCause.FailedOnChain, "1");
        _breaker.Take(true, OutcomeCause.FailedOnChain, "2");
        Assert.Null(_breaker.Why);
    }

    [Fact]
    public void Faults_beyond_the_newest_outcomes_are_forgotten()
    {
        _breaker.Take(true, OutcomeCause.Bug, "1");
        _breaker.Take(true, OutcomeCause.Bug, "2");
        for (var i = 0; i < FaultBreaker.OutcomesMax; i++) _breaker.Take(false, OutcomeCause.Landed, "");
        _breaker.Take(true, OutcomeCause.Bug, "3");
        Assert.Null(_breaker.Why);
    }

    [Theory]
    [InlineData(OutcomeCause.Outbid)]
    [InlineData(OutcomeCause.Late)]
    [InlineData(OutcomeCause.ValueGuard)]
    public void Losses_never_open_it_but_nearly_all_of_them_raise_an_alert_once(OutcomeCause loss)
    {
        for (var i = 0; i < 20; i++) _breaker.Take(false, OutcomeCause.Landed, "");
        for (var i = 0; i < 180; i++) _breaker.Take(false, loss, "");
        Assert.Equal(0, _counts.Count(JitoAlert.StaleDataSuspected)); // 90 % are not above 90 %
        for (var i = 0; i < 300; i++) _breaker.Take(false, loss, "");
        Assert.Equal(1, _counts.Count(JitoAlert.StaleDataSuspected));
        Assert.Null(_breaker.Why);
    }

    [Theory]
    [InlineData(OutcomeCause.Engine)]
    [InlineData(OutcomeCause.Dropped)]
    [InlineData(OutcomeCause.RateLimited)]
    [InlineData(OutcomeCause.NotSent)]
    public void What_the_engine_does_is_neither(OutcomeCause cause)
    {
        for (var i = 0; i < 300; i++) _breaker.Take(false, cause, "");
        Assert.Null(_breaker.Why);
        Assert.Equal(0, _counts.Count(JitoAlert.StaleDataSuspected));
    }
}
