using Mev.Domain.Learning;
using static Mev.Domain.Tests.Learning.FactoredEvents;

namespace Mev.Domain.Tests.Learning;

public sealed class FactoredBytesTests
{
    private const int NumbersFrom = 10;

    [Fact]
    public void Canonical_bytes_come_back_as_the_same_sampler()
    {
        var sampler = After(
            Event(LearningEventKind.Outbid, atMs: 5_000, winner: 0.7), Event(LearningEventKind.Dropped, atMs: 9_000));
        var bytes = sampler.CanonicalBytes();
        Assert.Equal(1154, bytes.Length);
        Assert.True(Samplers.TryRead(SamplerKind.Factored, bytes, out var read, out _));
        Assert.Equal(sampler.Id, read.Id);
        for (var i = 0UL; i < 100; i++)
        {
            var stream = new DrawStream(default, i);
            Assert.Equal(sampler.Choose(Context(), stream), read.Choose(Context(), stream));
        }
        var next = Event(LearningEventKind.Landed, atMs: 20_000, lnValue: 0.1);
        sampler.Apply(next);
        read.Apply(next);
        Assert.Equal(sampler.Id, read.Id);
    }

    [Fact]
    public void A_floor_is_a_kind_of_its_own_over_the_same_bytes()
    {
        var sampler = Samplers.Prior(SamplerKind.FactoredFloor);
        Assert.Equal(SamplerKind.FactoredFloor, sampler.Kind);
        Assert.Equal(SamplerKind.Factored, Samplers.Prior(SamplerKind.Factored).Kind);
        Assert.True(Samplers.TryRead(SamplerKind.FactoredFloor, sampler.CanonicalBytes(), out var read, out _));
        read.Apply(Event(LearningEventKind.Outbid));
        Assert.True(((FactoredSampler)read).Dual > 0.0);
        AssertIsReadAndBeginsNothing(read.CanonicalBytes()); // of a sampler that steps no bonus
    }

    [Fact]
    public void Foreign_bytes_are_refused_with_the_reason()
    {
        var bytes = After().CanonicalBytes();
        AssertRefused(PosteriorRefusal.Length, bytes[..^1]);
        AssertRefused(PosteriorRefusal.Length, []);
        AssertRefused(PosteriorRefusal.Version, [2, .. bytes[1..]]);
    }

    [Theory]
    [InlineData(0, double.NaN)] // a mean
    [InlineData(7, -1.0)] // a variance of a weight
    [InlineData(35, 0.6)] // residual variance above its bound
    [InlineData(35, 0.0)]
    [InlineData(36, -0.5)] // a count
    [InlineData(80, double.PositiveInfinity)]
    [InlineData(124, 0.0)] // in time
    [InlineData(138, 0.3)] // variance of the value's error
    [InlineData(139, 0.0)]
    [InlineData(140, 3_001.0)] // its weight
    [InlineData(142, 2.5)] // the dual
    public void Values_that_no_events_lead_to_are_refused(int number, double value)
    {
        var bytes = After().CanonicalBytes();
        BitConverter.GetBytes(value).CopyTo(bytes, NumbersFrom + sizeof(double) * number);
        AssertRefused(PosteriorRefusal.Value, bytes);
    }

    /// <summary>Snapshots and records of before that was asked for are read on.</summary>
    [Theory]
    [InlineData(35, 0.0039)] // residual variance
    [InlineData(138, 0.0009)] // variance of the value's error
    [InlineData(139, 0.0009)]
    [InlineData(142, 0.1)] // the dual
    public void Values_that_no_events_lead_to_but_can_be_decided_with_are_read_and_begin_no_epoch(
        int number, double value)
    {
        var bytes = After().CanonicalBytes();
        BitConverter.GetBytes(value).CopyTo(bytes, NumbersFrom + sizeof(double) * number);
        AssertIsReadAndBeginsNothing(bytes);
    }

    [Theory]
    [InlineData(SamplerKind.Factored)]
    [InlineData(SamplerKind.FactoredFloor)]
    public void What_events_led_to_begins_an_epoch(SamplerKind kind)
    {
        var sampler = Samplers.Prior(kind);
        for (var i = 0; i < 3; i++) sampler.Apply(Event(LearningEventKind.Outbid));
        Assert.True(Samplers.TryBegin(kind, sampler.CanonicalBytes(), out var read, out _));
        Assert.Equal(sampler.Id, read.Id);
        Assert.False(Samplers.TryBegin(kind, sampler.CanonicalBytes().AsSpan()[1..], out _, out var refusal));
        Assert.Equal(PosteriorRefusal.Length, refusal);
    }

    private static void AssertIsReadAndBeginsNothing(byte[] bytes)
    {
        Assert.True(Samplers.TryRead(SamplerKind.Factored, bytes, out var read, out _));
        Assert.Equal(bytes, read.CanonicalBytes());
        Assert.False(Samplers.TryBegin(SamplerKind.Factored, bytes, out _, out var refusal));
        Assert.Equal(PosteriorRefusal.Value, refusal);
    }

    private static void AssertRefused(PosteriorRefusal expected, byte[] bytes)
    {
        Assert.False(Samplers.TryRead(SamplerKind.Factored, bytes, out _, out var refusal));
        Assert.Equal(expected, refusal);
    }
}
