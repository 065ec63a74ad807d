using CsCheck;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

public sealed class PosteriorBytesTests
{
    [Fact]
    public void Bytes_that_were_written_are_read_to_the_same_belief_and_choices()
    {
        var sampler = BetaThompsonSamplerTests.KnownSampler();
        Assert.True(Samplers.TryRead(sampler.Kind, sampler.CanonicalBytes(), out var read, out var refusal));
        Assert.Equal(PosteriorRefusal.None, refusal);
        Assert.Equal(sampler.Id, read.Id);
        Assert.Equal(sampler.CanonicalBytes(), read.CanonicalBytes());
        Assert.Equal(PosteriorId.Of(sampler.CanonicalBytes()), sampler.Id);
        var context = BetaThompsonSamplerTests.Context(4_000_000, cost: 50_000);
        for (var sequence = 0ul; sequence < 500; sequence++)
        {
            var stream = new DrawStream(RandomKey.Of("bytes", 1), sequence);
            Assert.Equal(sampler.Choose(context, stream), read.Choose(context, stream));
        }
    }

    [Fact]
    public void Every_recount_is_readable_and_gives_its_own_bytes_back() =>
        Gen.Select(Gen.Int[0, 37], Gen.Int[1, 6].Select(kind => (LearningEventKind)kind)).List[0, 600].Sample(
            plays =>
            {
                var sampler = Samplers.Prior(SamplerKind.BetaThompson);
                foreach (var (arm, kind) in plays)
                    sampler.Apply(PosteriorFoldTests.Event(kind, arm));
                return Samplers.TryRead(sampler.Kind, sampler.CanonicalBytes(), out var read, out _)
                    && read.CanonicalBytes().AsSpan().SequenceEqual(sampler.CanonicalBytes());
            },
            iter: 200);

    [Fact]
    public void Foreign_bytes_are_refused_with_the_reason()
    {
        var good = BetaThompsonSamplerTests.KnownSampler().CanonicalBytes();
        Assert.Equal(PosteriorRefusal.UnknownKind, Refusal(good, SamplerKind.Unknown));
        Assert.Equal(PosteriorRefusal.UnknownKind, Refusal(good, (SamplerKind)99));
        Assert.Equal(PosteriorRefusal.Length, Refusal([]));
        Assert.Equal(PosteriorRefusal.Length, Refusal(good[..^1]));
        Assert.Equal(PosteriorRefusal.Length, Refusal([.. good, 0]));
        Assert.Equal(PosteriorRefusal.Version, Refusal([2, .. good[1..]]));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(-1.0)]
    [InlineData(1.5)]
    [InlineData(1e300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_count_that_no_fold_leads_to_is_refused_at_every_place(double count)
    {
        var good = BetaThompsonSamplerTests.KnownSampler().CanonicalBytes();
        for (var at = 2; at < good.Length; at += 8)
        {
            byte[] bytes = [.. good[..at], .. BitConverter.GetBytes(count), .. good[(at + 8)..]];
            Assert.Equal(PosteriorRefusal.Value, Refusal(bytes));
        }
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 700]).Sample(
            (kind, bytes) => Samplers.TryRead((SamplerKind)kind, bytes, out var sampler, out var refusal)
                ? refusal == PosteriorRefusal.None && sampler.CanonicalBytes().AsSpan().SequenceEqual(bytes)
                : refusal != PosteriorRefusal.None && sampler is null,
            iter: 2_000);

    [Fact]
    public void A_flipped_bit_gives_another_id_or_is_refused()
    {
        var good = BetaThompsonSamplerTests.KnownSampler().CanonicalBytes();
        var id = PosteriorId.Of(good);
        for (var bit = 0; bit < 8 * good.Length; bit++)
        {
            var flipped = (byte[])good.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            if (Samplers.TryRead(SamplerKind.BetaThompson, flipped, out var sampler, out _))
                Assert.NotEqual(id, sampler.Id);
        }
    }

    [Fact]
    public void A_kind_that_is_not_known_has_no_prior() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Samplers.Prior(SamplerKind.Unknown));

    [Fact]
    public void A_destination_that_is_too_short_is_refused() =>
        Assert.Throws<ArgumentException>(() => Samplers.Prior(SamplerKind.BetaThompson).WriteCanonical(new byte[609]));

    private static PosteriorRefusal Refusal(byte[] bytes, SamplerKind kind = SamplerKind.BetaThompson)
    {
        Assert.False(Samplers.TryRead(kind, bytes, out var sampler, out var refusal));
        Assert.Null(sampler);
        return refusal;
    }
}
