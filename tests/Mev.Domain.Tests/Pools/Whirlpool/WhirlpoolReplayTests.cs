using System.Security.Cryptography;
using System.Text;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;
using static Mev.Domain.Tests.Pools.Whirlpool.WhirlpoolVectors;

namespace Mev.Domain.Tests.Pools.Whirlpool;

public sealed class WhirlpoolReplayTests
{
    // The recorded swaps were executed on the state of the day's end: with a clock one day after the recorded times.
    private const long ClockShiftSeconds = 86_400;

    // SHA-256 over all accounts after so many lines. The last one is recomputed from the recorded bytes: the
    // description of the data has two of its digits (11 and 12) exchanged, while the other three agree with it.
    private static readonly Dictionary<int, string> Digests = new()
    {
        [0] = "deaa0030c180a366f117a2ec9fd768f26fbc0acde4dcf1a05448be4caacd2c80",
        [1000] = "d2b1c6682e467c34ee26fb8a2fc263586d0d8939c364074ecbe7cb6fd4509393",
        [3000] = "d7a4a0268c687e6d9cba21ad46662e496e6ce9166bed3a9f50667ece768ad6ef",
        [6000] = "e5ac166444dfea4555c1acab21416ac208ede08546167638ba40e5f1c287f60e",
    };

    [Fact]
    public void Every_replayed_swap_is_predicted_from_the_bytes_before_it()
    {
        var pools = ReplayPools();
        ulong version = 0, sum = 0;
        var (predicted, lines) = (0, 0);
        foreach (var line in Replay())
        {
            if (Digests.TryGetValue(lines++, out var digest)) Assert.Equal(digest, DigestOf(pools.Values));
            var pool = pools[line.GetProperty("pool").GetString()!];
            var slot = line.GetProperty("slot").GetUInt64();
            var amount = new TokenAmount(Units(line, "amount"));
            var quote = pool.QuoteExactIn(Direction(line), amount, NoClock);
            if (quote == Quote.Of(Units(line, "amountIn"), Units(line, "amountOut"), quote.TicksCrossed)) predicted++;
            sum += quote.AmountOut.Units;
            foreach (var update in line.GetProperty("updates").EnumerateArray())
                Assert.True(pool.Apply(Write(update, slot, ++version)));
        }
        Assert.Equal(6000, predicted);
        Assert.Equal(6082UL, version);
        Assert.Equal(15982930813049UL, sum);
        Assert.Equal(Digests[6000], DigestOf(pools.Values));
    }

    [Fact]
    public void Executing_every_swap_writes_the_bytes_of_the_recording()
    {
        var pools = ReplayPools();
        ulong version = 1;
        var equal = 0;
        foreach (var line in Replay())
        {
            var pool = pools[line.GetProperty("pool").GetString()!];
            var clock = new ChainClock(
                new Slot(line.GetProperty("slot").GetUInt64()),
                line.GetProperty("blockTime").GetInt64() + ClockShiftSeconds);
            var amount = new TokenAmount(Units(line, "amount"));
            var quote = pool.Execute(Direction(line), amount, clock, version);
            Assert.Equal(Units(line, "amountOut"), quote.AmountOut.Units);
            var updates = line.GetProperty("updates").EnumerateArray().Select(update => Write(update, 0)).ToList();
            if (updates.All(update => BytesOf(pool, update.Key).SequenceEqual(update.Data.Span))) equal++;
            Assert.Equal(updates.Count, CountOf(pool, version));
            version += (ulong)updates.Count;
        }
        Assert.Equal(6000, equal);
        Assert.Equal(Digests[6000], DigestOf(pools.Values));
    }

    [Fact]
    public void Without_a_clock_only_the_reward_fields_stay_behind()
    {
        var pools = ReplayPools();
        var line = Replay().First();
        var pool = pools[line.GetProperty("pool").GetString()!];
        pool.Execute(Direction(line), new TokenAmount(Units(line, "amount")), NoClock, writeVersion: 1);
        var recorded = Write(line.GetProperty("updates")[0], 0).Data.Span;
        Assert.True(pool.Accounts[0].Data[..261].SequenceEqual(recorded[..261]));
        Assert.False(pool.Accounts[0].Data[261..].SequenceEqual(recorded[261..]));
    }

    private static ReadOnlySpan<byte> BytesOf(WhirlpoolPool pool, Pubkey key)
    {
        foreach (var account in pool.Accounts)
            if (account.Key == key) return account.Data;
        return [];
    }

    private static int CountOf(WhirlpoolPool pool, ulong version)
    {
        var count = 0;
        foreach (var account in pool.Accounts)
            if (account.WriteVersion >= version) count++;
        return count;
    }

    private static string DigestOf(IEnumerable<WhirlpoolPool> pools)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var accounts = pools.SelectMany(pool => pool.Accounts.ToArray()).Where(account => account.Exists)
            .OrderBy(account => account.Key.ToString(), StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(account.Key.ToString()));
            hash.AppendData(account.Data);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
