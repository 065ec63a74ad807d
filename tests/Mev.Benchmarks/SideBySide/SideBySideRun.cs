using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mev.Benchmarks.Loads;
using Mev.Benchmarks.Micro;
using Mev.Benchmarks.Reports;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumCpmm;
using Mev.Domain.Pools.Whirlpool;
using Mev.Fixtures;
using Mev.Fixtures.Node;

namespace Mev.Benchmarks.SideBySide;

/// <summary>
/// Quotes beside those of two published libraries (npm, in a process of node), over the same pools and amounts: first
/// that all answer the same, then how many a second.
/// </summary>
internal sealed class SideBySideRun(LoadUniverse universe, Report report, int samples)
{
    private const int TickArrayBytes = 9_988;
    private const int TicksPerArray = 88;
    private const int TickBytes = 113; // initialised u8, net i128, gross u128, growths
    private const int FirstTick = 12; // after the discriminator and the first tick's index
    private const int ConfigBytes = 236; // of CPMM; its trade fee is a u64 at 12

    private static readonly ChainClock Clock = new(LoadFeed.FirstSlot, 1_760_000_000);

    private static readonly NodePackages Packages = new(
        "other libraries' quotes", Path.Combine(TestData.Repository, "tests", "Mev.Benchmarks", "SideBySide"),
        "quotes");

    public void Run()
    {
        Report.Section("Quotes beside published libraries, one thread each, warm");
        if (Packages.Missing.Length > 0)
        {
            Console.WriteLine($"not measured: {Packages.Missing}");
            return;
        }
        var (whirlpool, cpmm) = (Find(Protocol.Whirlpool), Find(Protocol.RaydiumCpmm));
        var (within, crossing) = CrossingAmounts(whirlpool.Pool);
        ulong[] amounts = [within, crossing];
        var told = Ask(new JsonObject
        {
            ["millis"] = 1_000,
            ["whirlpool"] = Of((WhirlpoolPool)whirlpool.Pool, whirlpool, amounts),
            ["cpmm"] = Of((RaydiumCpmmPool)cpmm.Pool, cpmm, [1_000_000]),
        });
        Compare("Whirlpool within a tick", "whirlpools-core", whirlpool.Pool, within, told.GetProperty("whirlpool")[0]);
        Compare(
            "Whirlpool over ticks", "whirlpools-core", whirlpool.Pool, crossing, told.GetProperty("whirlpool")[1]);
        Compare("CPMM", "raydium-sdk-v2", cpmm.Pool, 1_000_000, told.GetProperty("cpmm")[0]);
    }

    /// <exception cref="InvalidOperationException">The two answer differently.</exception>
    private void Compare(string name, string library, Pool pool, ulong amount, JsonElement told)
    {
        var quote = pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(amount), Clock);
        var (theirs, ours) = (told.GetProperty("out").GetString(), quote.AmountOut.ToString());
        if (theirs != ours)
            throw new InvalidOperationException($"{name}: {library} answers {theirs} for {amount}, we {ours}");
        var timing = Stopwatches.Time(samples, count =>
        {
            var sum = 0UL;
            for (var i = 0; i < count; i++)
            {
                var asked = new TokenAmount(amount - (ulong)(i & 7));
                sum += pool.QuoteExactIn(SwapDirection.AToB, asked, Clock).AmountOut.Units;
            }
            return unchecked((long)sum);
        });
        var (own, other) = (1e9 / timing.MinNs, told.GetProperty("perSecond").GetDouble());
        var note = $"{amount} in, {ours} out of both, {quote.TicksCrossed} ticks";
        report.Add(Figure.Of($"quotes a second, {name}", own, "quotes/s", note));
        report.Add(Figure.Of($"quotes a second, {name}, {library}", other, "quotes/s", note));
        report.Add(Figure.Of($"quotes, {name}, over {library}", own / other, "x"));
    }

    private LoadPool Find(Protocol protocol) => universe.Pools.First(pool => pool.Pool.Protocol == protocol);

    /// <summary>The largest amounts found that stay within a tick, and that three arrays hold.</summary>
    private static (ulong Within, ulong Crossing) CrossingAmounts(Pool pool)
    {
        var (within, crossing) = (1_000UL, 1_000UL);
        for (var amount = 1_000UL; amount < ulong.MaxValue / 4; amount += amount / 4)
        {
            var quote = pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(amount), Clock);
            if (!quote.IsOk) break;
            if (quote.TicksCrossed == 0) within = amount / 2;
            crossing = amount;
        }
        return (within, crossing);
    }

    private static JsonObject Of(WhirlpoolPool pool, LoadPool load, ulong[] amounts) => new()
    {
        ["tickSpacing"] = pool.TickSpacing,
        ["feeRate"] = pool.FeeRate,
        ["liquidity"] = Text(pool.Liquidity),
        ["sqrtPrice"] = Text(pool.SqrtPrice),
        ["tick"] = pool.Tick,
        ["arrays"] = new JsonArray([.. load.Accounts.Where(account => account.Data.Length == TickArrayBytes)
            .Select(account => Array(account.Data))]),
        ["amounts"] = new JsonArray([.. amounts.Select(amount => (JsonNode?)Text(amount))]),
    };

    private static JsonObject Array(ReadOnlyMemory<byte> data)
    {
        var ticks = new JsonArray();
        for (var place = 0; place < TicksPerArray; place++)
        {
            var tick = data.Span[(FirstTick + TickBytes * place)..];
            ticks.Add(tick[0] == 0 ? null : new JsonObject
            {
                ["net"] = Text(BinaryPrimitives.ReadInt128LittleEndian(tick[1..])),
                ["gross"] = Text(BinaryPrimitives.ReadUInt128LittleEndian(tick[17..])),
            });
        }
        return new JsonObject { ["start"] = BinaryPrimitives.ReadInt32LittleEndian(data.Span[8..]), ["ticks"] = ticks };
    }

    private static JsonObject Of(RaydiumCpmmPool pool, LoadPool load, ulong[] amounts) => new()
    {
        ["reserveIn"] = Text(pool.ReserveA.Units),
        ["reserveOut"] = Text(pool.ReserveB.Units),
        ["tradeFeeRate"] = Text(BinaryPrimitives.ReadUInt64LittleEndian(
            load.Accounts.First(account => account.Data.Length == ConfigBytes).Data.AsSpan(12))),
        ["amounts"] = new JsonArray([.. amounts.Select(amount => (JsonNode?)Text(amount))]),
    };

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static JsonElement Ask(JsonObject question)
    {
        using var process = Packages.Start("quotes.mjs");
        process.StandardInput.Write(question.ToJsonString());
        process.StandardInput.Close();
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && answer.Length > 0
            ? JsonDocument.Parse(answer).RootElement.Clone()
            : throw new InvalidOperationException($"the other libraries ended with code {process.ExitCode}");
    }
}
