using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Recordings;

/// <summary>The recorded swaps through feed and assembler: each is predicted from the bytes before it.</summary>
public sealed class ReplayTests
{
    private const int Swaps = 6_000;

    // The data set's description writes ...44fdea45... here; the files' bytes give this, as a test below shows.
    private const string Last = "e5ac166444dfea4555c1acab21416ac208ede08546167638ba40e5f1c287f60e";

    private static readonly Dictionary<int, string> Digests = new()
    {
        [0] = "deaa0030c180a366f117a2ec9fd768f26fbc0acde4dcf1a05448be4caacd2c80",
        [1_000] = "d2b1c6682e467c34ee26fb8a2fc263586d0d8939c364074ecbe7cb6fd4509393",
        [3_000] = "d7a4a0268c687e6d9cba21ad46662e496e6ce9166bed3a9f50667ece768ad6ef",
        [Swaps] = Last,
    };

    [Fact]
    public async Task Every_swap_is_predicted_from_the_bytes_before_it()
    {
        var expected = Amounts();
        var assembler = New();
        var (swaps, sum) = (0, 0UL);
        await foreach (var batch in Feed().Read())
        {
            foreach (var e in batch.Events.ToArray())
            {
                if (e.Kind == FeedEventKind.Swap) Check(Predict(assembler, e.Order));
                assembler.Take(e, batch.ArrivedNs);
            }
            assembler.CloseTransaction();
            if (Digests.TryGetValue(swaps, out var digest)) Assert.Equal(digest, DigestOf(assembler));
        }
        Assert.Equal((Swaps, 15_982_930_813_049UL), (swaps, sum));
        Assert.Equal(0, assembler.Counts.Late + assembler.Counts.Duplicates + assembler.Counts.Undecodable);

        void Check(Quote quote)
        {
            Assert.Equal(expected[swaps++], (quote.AmountIn.Units, quote.AmountOut.Units));
            sum += quote.AmountOut.Units;
        }
    }

    [Fact]
    public void The_last_digest_is_that_of_the_bytes_in_the_files()
    {
        var accounts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var account in File.ReadLines(TestData.Need("traffic", "whirlpool-replay.initial-accounts.jsonl")))
            Keep(JsonDocument.Parse(account).RootElement);
        foreach (var line in Lines())
            foreach (var update in line.GetProperty("updates").EnumerateArray()) Keep(update);
        var stored = accounts.SelectMany(account => Encoding.ASCII.GetBytes(account.Key).Concat(account.Value));
        Assert.Equal(Last, Convert.ToHexStringLower(SHA256.HashData([.. stored])));

        void Keep(JsonElement json) =>
            accounts[json.GetProperty("pubkey").GetString()!] = json.GetProperty("data").GetBytesFromBase64();
    }

    [Fact]
    public async Task Writes_that_come_twice_change_nothing()
    {
        var assembler = Run((await Stream()).Twice(), isPredicted: true);
        Assert.Equal(6_082 + 38, assembler.Counts.Duplicates);
    }

    [Fact]
    public async Task The_order_of_writes_inside_a_slot_changes_nothing()
    {
        var assembler = Run((await Stream()).Shuffled(), isPredicted: false);
        Assert.True(assembler.Counts.Late > 100);
    }

    [Fact]
    public async Task Late_copies_of_old_writes_change_nothing()
    {
        var assembler = Run((await Stream()).WithLateCopies(), isPredicted: true);
        Assert.True(assembler.Counts.Late > 1_000);
    }

    [Fact]
    public async Task Dead_slots_change_nothing()
    {
        var assembler = Run((await Stream()).WithDeadSlots(), isPredicted: true);
        Assert.True(assembler.Counts.WritesRolledBack > 590);
        Assert.Equal(assembler.Counts.WritesRolledBack, assembler.Counts.DeadSlotWrites);
    }

    private static PoolAssembler Run(IEnumerable<FeedEvent> events, bool isPredicted)
    {
        var expected = Amounts();
        var assembler = New();
        var swaps = 0;
        foreach (var e in events)
        {
            if (isPredicted && e.Kind == FeedEventKind.Swap)
            {
                var quote = Predict(assembler, e.Order);
                Assert.Equal(expected[swaps++], (quote.AmountIn.Units, quote.AmountOut.Units));
            }
            assembler.Take(e, 0);
        }
        assembler.CloseTransaction();
        Assert.Equal(isPredicted ? Swaps : 0, swaps);
        Assert.Equal(Last, DigestOf(assembler));
        return assembler;
    }

    private static Quote Predict(PoolAssembler assembler, SwapOrder order)
    {
        assembler.CloseTransaction();
        Assert.True(assembler.TryGet(order.Pool, out var pool));
        var copy = pool.Copy();
        Assert.Equal((PoolCondition.None, PoolDefect.None), (pool.Condition, copy.Defect));
        return copy.QuoteExactIn(order.Direction, order.AmountIn, assembler.Clock);
    }

    private static PoolAssembler New() => new(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);

    private static RecordingFeed Feed() => new(
        new RecordingSource { Path = TestData.Need("traffic", "whirlpool-replay.jsonl.gz") }, TimeProvider.System);

    private static async Task<ReplayStream> Stream() => new(await KeptBatch.All(Feed()));

    // Over every account that a pool is made of, by base58 key: key text and bytes, as the pools themselves hold them.
    private static string DigestOf(PoolAssembler assembler)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var key in assembler.Accounts.OrderBy(key => key.ToString(), StringComparer.Ordinal))
        {
            Assert.True(assembler.TryGetAccount(key, out var write));
            hash.AppendData(Encoding.ASCII.GetBytes(key.ToString()));
            hash.AppendData(write.Data.Span);
            if (!PoolDecoder.TryGetPoolOf(write, out var id)) id = new PoolId(key);
            Assert.True(assembler.TryGet(id, out var pool));
            Assert.True(pool.Copy().Accounts.ToArray().Single(a => a.Key == key).Data.SequenceEqual(write.Data.Span));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static List<(ulong In, ulong Out)> Amounts() =>
        [.. Lines().Select(line => (Amount(line, "amountIn"), Amount(line, "amountOut")))];

    private static IEnumerable<JsonElement> Lines()
    {
        using var gzip = new GZipStream(
            File.OpenRead(TestData.Need("traffic", "whirlpool-replay.jsonl.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            yield return json.RootElement;
        }
    }

    private static ulong Amount(JsonElement line, string name) =>
        ulong.Parse(line.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
