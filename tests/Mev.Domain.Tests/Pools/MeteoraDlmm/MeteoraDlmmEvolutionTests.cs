using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Fixtures;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.MeteoraDlmm;

/// <summary>
/// The recorded states of a pair follow from each other by swaps of the program whose amounts are not recorded. Where
/// one swap alone lies between two, some amount must lead from the bytes of the first to those of the second, bins and
/// fees per share included.
/// </summary>
public sealed class MeteoraDlmmEvolutionTests
{
    private const ulong AmountMax = 1UL << 50;

    [Theory]
    [InlineData("EtAdVRLFH22rjWh3mcUasKFF27WtHhsaCvK27tPFFWig", 2, SwapDirection.BToA, 0)]
    [InlineData("EtAdVRLFH22rjWh3mcUasKFF27WtHhsaCvK27tPFFWig", 5, SwapDirection.BToA, 0)]
    [InlineData("B5Eia4cE71tKuEDaqPHucJLG2fxySKyKzLMewd2nUvoc", 6, SwapDirection.AToB, 100)]
    [InlineData("B5Eia4cE71tKuEDaqPHucJLG2fxySKyKzLMewd2nUvoc", 8, SwapDirection.AToB, 0)]
    public void One_swap_leads_from_a_recorded_state_to_the_next(
        string pair, int number, SwapDirection direction, int secondsSinceMove)
    {
        var (from, to) = (Load($"{pair}#{number}"), Load($"{pair}#{number + 1}"));
        var moved = BitConverter.ToInt64(to.Accounts[0].Data[MeteoraDlmmLayout.LastUpdate..]);
        var clock = new ChainClock(new Slot(450_000_000), moved + secondsSinceMove);

        // The last bin tells how far the swap went; of the amounts that go as far one leaves the same fees.
        var (low, high) = (0UL, AmountMax);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (IsBeyond(After(from, direction, middle, clock), to, direction)) high = middle;
            else low = middle;
        }
        var near = Enumerable.Range(-200, 401).Select(step => (ulong)((long)low + step));
        Assert.Contains(near, amount => HaveSameBytes(After(from, direction, amount, clock), to));
    }

    private static MeteoraDlmmPool? After(
        MeteoraDlmmPool from, SwapDirection direction, ulong amount, in ChainClock clock)
    {
        var pool = from.NewEmpty();
        pool.CopyFrom(from);
        var quote = pool.Execute(direction, new TokenAmount(amount), clock, writeVersion: 2);
        return quote.IsOk ? (MeteoraDlmmPool)pool : null;
    }

    private static bool IsBeyond(MeteoraDlmmPool? pool, MeteoraDlmmPool to, SwapDirection direction)
    {
        if (pool is null || pool.ActiveBin != to.ActiveBin)
            return pool is null || (pool.ActiveBin < to.ActiveBin) == (direction == SwapDirection.AToB);
        return Left(pool, direction) < Left(to, direction);
    }

    /// <summary>Output that the market makers of the active bin still have.</summary>
    private static ulong Left(MeteoraDlmmPool pool, SwapDirection direction)
    {
        var index = MeteoraDlmmBytes.ArrayOf(pool.ActiveBin);
        foreach (var account in pool.Accounts)
        {
            if (!MeteoraDlmmLayout.IsArray(account.Data)) continue;
            if (BitConverter.ToInt64(account.Data[MeteoraDlmmLayout.ArrayIndex..]) != index) continue;
            var at = pool.ActiveBin - index * MeteoraDlmmLayout.BinsPerArray;
            var bin = account.Data[(MeteoraDlmmLayout.Bins + at * BinLayout.Length)..];
            return TokenBytes.Get(
                bin, direction == SwapDirection.AToB ? BinLayout.AmountY : BinLayout.AmountX);
        }
        throw new InvalidOperationException("no array of the active bin");
    }

    private static bool HaveSameBytes(MeteoraDlmmPool? pool, MeteoraDlmmPool to) =>
        pool is not null && PoolChecks.Bytes(pool) == PoolChecks.Bytes(to);

    private static MeteoraDlmmPool Load(string state)
    {
        foreach (var line in File.ReadLines(TestData.Need("vectors", "meteora-dlmm.accounts.jsonl")))
        {
            if (!line.Contains($"\"{state}\"", StringComparison.Ordinal)) continue;
            using var json = JsonDocument.Parse(line);
            var pool = new MeteoraDlmmPool(new PoolId(Pubkey.Parse(json.RootElement.GetProperty("pool").GetString()!)));
            foreach (var account in json.RootElement.GetProperty("accounts").EnumerateArray())
            {
                pool.Apply(TokenBytes.Write(
                    Pubkey.Parse(account.GetProperty("pubkey").GetString()!),
                    Pubkey.Parse(account.GetProperty("owner").GetString()!),
                    account.GetProperty("data").GetBytesFromBase64()));
            }
            Assert.Equal(PoolDefect.None, pool.Defect);
            return pool;
        }
        throw new InvalidOperationException($"no state {state}");
    }
}
