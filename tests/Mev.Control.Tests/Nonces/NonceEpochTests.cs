using CsCheck;
using Mev.Control.Commands;
using Mev.Control.Nonces;
using Mev.Fixtures;

namespace Mev.Control.Tests.Nonces;

public sealed class NonceEpochTests
{
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void What_was_signed_before_the_store_was_seen_is_refused(int created, bool isRefused)
    {
        var epoch = NonceEpoch.None.See("a", 1_000_000);

        Assert.Equal(isRefused ? CommandRefusal.NonceEpochClosed : null, epoch.Check(1_000 + created));
        Assert.Equal(epoch, epoch.See("a", 2_000_000));
        Assert.Equal(2_000_000, epoch.See("b", 2_000_000).StartedMs);
    }

    [Fact]
    public void Before_the_first_contact_nothing_is_taken() =>
        Assert.Equal(CommandRefusal.NonceEpochClosed, NonceEpoch.None.Check(long.MaxValue / 2_000));

    [Fact]
    public void Nothing_is_taken_twice_however_often_the_store_forgets()
    {
        var taken = 0;
        Schedules.Sample(
            steps =>
            {
                var times = Taken(steps, hasEpoch: true);
                Assert.All(times, count => Assert.InRange(count, 0, 1));
                Interlocked.Add(ref taken, times.Sum());
            },
            iter: Soak.Times(3_000, 200_000));
        Assert.InRange(taken, Soak.Times(1_000, 70_000), int.MaxValue);
    }

    [Fact]
    public void Gateways_without_an_epoch_are_found_out()
    {
        var twice = 0;
        Schedules.Sample(
            steps => Interlocked.Add(ref twice, Taken(steps, hasEpoch: false).Count(count => count > 1)),
            iter: 500);
        Assert.InRange(twice, 1, int.MaxValue);
    }

    /// <summary>Steps of: gateway, request, time that passes, and whether the store forgets everything first.</summary>
    private static Gen<(int Gateway, int Request, int Ms, int Forgets)[]> Schedules { get; } =
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 7], Gen.Int[0, 3_000], Gen.Int[0, 9]).Array[1, 60];

    /// <summary>
    /// How often each of eight captured requests is taken by two gateways whose clocks differ by the most that is
    /// allowed. The requests come from clients that are up to two seconds ahead.
    /// </summary>
    private static int[] Taken((int Gateway, int Request, int Ms, int Forgets)[] steps, bool hasEpoch)
    {
        var taken = new int[8];
        var epochs = new[] { NonceEpoch.None, NonceEpoch.None };
        var (store, identity, now) = (new HashSet<int>(), 0, 1_763_856_000_000L);
        foreach (var (gateway, number, ms, forgets) in steps)
        {
            if (forgets == 0) (store, identity) = ([], identity + 1);
            now += ms;
            var clock = now + gateway * NonceEpoch.SkewMaxMs;
            var created = 1_763_856_000L + 10 * number;
            if (created * 1_000 > clock + CommandVerifier.AheadMaxMs || clock > (created + 60) * 1_000) continue;
            var isNew = store.Add(number); // the claim tells the identity in the same step
            epochs[gateway] = epochs[gateway].See($"{identity}", clock);
            if (isNew && (!hasEpoch || epochs[gateway].Check(created) is null)) taken[number]++;
        }
        return taken;
    }
}
