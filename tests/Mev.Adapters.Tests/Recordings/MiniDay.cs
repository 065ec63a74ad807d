using System.Globalization;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Recordings;

/// <summary>
/// A small recorded day, written to a folder of its own: the Whirlpool accounts of a generated market as its state
/// file, and that market's whole order flow, also over pools of other programs, as its blocks.
/// </summary>
internal sealed class MiniDay : IDisposable
{
    private MiniDay(List<KeptBatch> market)
    {
        var startup = market.SelectMany(batch => batch.Events).Where(e => e.Write.IsStartup).Select(e => e.Write)
            .Where(write => write.Owner == Programs.Whirlpool).ToList();
        Flow = [.. market.Where(batch => batch.Events.Any(e => e.Kind == FeedEventKind.Swap))];
        Pools = startup.Where(write => PoolDecoder.TryCreate(write) is not null)
            .Select(write => new PoolId(write.Key)).ToHashSet();
        File.WriteAllText(State, $$"""{"slot":1,"accounts":[{{string.Join(',', startup.Select(Account))}}]}""");
        File.WriteAllLines(Blocks, BlocksOf(Flow));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("mini-day-").FullName;

    public string Blocks => Path.Combine(Folder, "mini-transaction-1.jsonl");

    public string State => Path.Combine(Folder, "mini-state-1.json");

    /// <summary>One batch for each transaction of the market that the day was recorded from.</summary>
    public List<KeptBatch> Flow { get; }

    /// <summary>The pools that the state file holds.</summary>
    public HashSet<PoolId> Pools { get; }

    public static async Task<MiniDay> Record()
    {
        // a slot of that time: the state file holds no mints, and needs none then
        var options = new GeneratedFeedOptions
        {
            Pools = 30,
            Mints = 10,
            Transactions = 150,
            FirstSlot = 128_000_000,
        };
        return new MiniDay(await KeptBatch.All(new GeneratedFeed(options, TimeProvider.System)));
    }

    public static FeedEvent SwapOf(KeptBatch batch) => batch.Events.Single(e => e.Kind == FeedEventKind.Swap);

    public static string Block(Slot slot, long unixTime, params IEnumerable<string> transactions) =>
        $$"""{"slot":{{slot}},"blockTime":{{unixTime}},"transactions":[{{string.Join(',', transactions)}}]}""";

    public static string Transaction(
        in FeedEvent swap, bool isExactIn = true, ulong? amount = null, int index = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"index":{{{index}}},"signature":"{{{swap.Transaction}}}","instructions":[{"name":"swap","payload":{
        "keyWhirlpool":"{{{swap.Order.Pool}}}","dataAmount":"{{{amount ?? swap.Order.AmountIn.Units}}}",
        "dataAmountSpecifiedIsInput":{{{(isExactIn ? 1 : 0)}}},
        "dataAToB":{{{(swap.Order.Direction == SwapDirection.AToB ? 1 : 0)}}},
        "transferAmount0":"0","transferAmount1":"0"}}]}
        """).ReplaceLineEndings("");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static IEnumerable<string> BlocksOf(List<KeptBatch> flow)
    {
        var unixTime = 0L;
        foreach (var slot in flow.GroupBy(batch => batch.Cursor.Slot))
        {
            var times = slot.SelectMany(batch => batch.Events).Where(e => e.Kind == FeedEventKind.BlockTime).ToList();
            if (times.Count > 0) unixTime = times[^1].UnixTime;
            var transactions = slot.Select((batch, place) => Transaction(SwapOf(batch), index: 3 * place));
            yield return Block(slot.Key, unixTime - DayFeed.ClockAheadSeconds, transactions);
        }
    }

    private static string Account(AccountWrite write) =>
        $$"""{"pubkey":"{{write.Key}}","data":"{{Convert.ToBase64String(write.Data.Span)}}"}""";
}
