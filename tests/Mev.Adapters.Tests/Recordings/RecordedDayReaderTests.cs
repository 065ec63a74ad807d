using Mev.Adapters.Solana.Recordings;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Recordings;

public sealed class RecordedDayReaderTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_block_tells_its_slot_time_and_swaps()
    {
        var block = Assert.Single(Read(Block()));
        Assert.Equal((new Slot(7), 1_649_203_201L), (block.Slot, block.UnixTime));
        var swap = Assert.Single(block.Swaps);
        Assert.Equal((new PoolId(MiniRecording.Pool(0)), SwapDirection.BToA), (swap.Pool, swap.Direction));
        Assert.Equal((5UL, 6UL, 4UL), (swap.Amount.Units, swap.AmountIn.Units, swap.AmountOut.Units));
        Assert.True(swap.IsExactIn);
        Assert.Equal(3, swap.TransactionIndex);
    }

    [Theory]
    [InlineData("\"slot\":7", "\"slot\":-7", "'slot'")]
    [InlineData("\"blockTime\"", "\"blackTime\"", "'blockTime' is missing")]
    [InlineData("\"transactions\":[", "\"transactions\":3,\"t\":[", "'transactions'")]
    [InlineData("\"signature\":\"", "\"signature\":\"0", "'signature'")]
    [InlineData("\"keyWhirlpool\":\"", "\"keyWhirlpool\":\"0", "'keyWhirlpool'")]
    [InlineData("\"dataAmount\":\"5\"", "\"dataAmount\":\"five\"", "'dataAmount'")]
    [InlineData("}]}]}", "}]}]", "not JSON")]
    public void A_bad_line_is_named(string good, string bad, string expected)
    {
        var e = Assert.Throws<FeedException>(() => Read(Block().Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains($"{_path} line 1:", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_ends_in_a_feed_exception_or_in_a_block()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(Block());
            bytes[seed * 7919 % bytes.Length] ^= (byte)(1 << (seed % 8));
            File.WriteAllBytes(_path, bytes);
            try
            {
                Assert.InRange(new RecordedDayReader(_path).Read().Count(), 0, 2);
            }
            catch (FeedException e)
            {
                Assert.Contains(_path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_recorded_day_holds_what_is_known_of_it()
    {
        var path = TestData.Need("traffic", "whirlpool-20220406", "whirlpool-transaction-20220406.jsonl.gz");
        var (blocks, swaps, last) = (0, 0, default(Slot));
        foreach (var block in new RecordedDayReader(path).Read())
        {
            Assert.True(block.Slot > last);
            last = block.Slot;
            blocks++;
            swaps += block.Swaps.Length;
        }
        Assert.Equal((141_959, 9_466, new Slot(128_556_169)), (blocks, swaps, last));
    }

    private List<RecordedBlock> Read(string line)
    {
        File.WriteAllText(_path, line);
        return [.. new RecordedDayReader(_path).Read()];
    }

    private static string Block() => $$$"""
        {"slot":7,"blockHeight":6,"blockTime":1649203201,"transactions":[{"index":3,
        "signature":"{{{TransactionSignature.From(Enumerable.Repeat((byte)9, 64).ToArray())}}}","instructions":[
        {"name":"collectFees","payload":{}},{"name":"swap","payload":{"keyWhirlpool":"{{{MiniRecording.Pool(0)}}}",
        "dataAmount":"5","dataAmountSpecifiedIsInput":1,"dataAToB":0,"transferAmount0":"6","transferAmount1":"4"}}]}]}
        """.ReplaceLineEndings("");
}
