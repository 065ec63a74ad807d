using System.IO.Compression;
using System.Text;
using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Recordings;

public sealed class BadRecordingTests : IDisposable
{
    private readonly MiniRecording _recording = new();

    public void Dispose() => _recording.Dispose();

    [Theory]
    [InlineData("\"slot\":1012", "\"slot\":-1", "'slot'")]
    [InlineData("\"slot\":1012", "\"slot\":1e30", "'slot'")]
    [InlineData("\"slot\":1012", "\"slot\":9223372036854775808", "allowed are 1 to 4611686018427387904")]
    [InlineData("\"slot\":1012", "\"slot\":3", "order is broken")]
    [InlineData("\"slot\":1012,", "", "missing: Slot")]
    [InlineData("\"blockTime\":", "\"blockTime\":999", "'blockTime'")]
    [InlineData("\"signature\":\"", "\"signature\":\"0", "'signature'")]
    [InlineData("\"pool\":\"", "\"pool\":\"l", "'pool'")]
    [InlineData("\"aToB\":", "\"aToB\":\"x\",\"b\":", "'aToB'")]
    [InlineData("\"exactIn\":true", "\"exactIn\":false", "'exactIn'")]
    [InlineData("\"amount\":\"20\"", "\"amount\":\"18446744073709551616\"", "'amount'")]
    [InlineData("\"amount\":\"20\"", "\"amount\":null", "'amount'")]
    [InlineData("\"data\":\"", "\"data\":\"?", "'data'")]
    [InlineData("\"data\":", "\"date\":", "without pubkey or data")]
    [InlineData("\"pubkey\":\"", "\"pubkey\":\"1", "'pubkey'")]
    [InlineData("\"updates\":[", "\"updates\":7,\"x\":[", "'updates'")]
    [InlineData("\"slot\":1012", "\"slot\":1012,\"slot\":1013", "'Slot' comes twice")]
    [InlineData("\"amount\":\"20\"", "\"amount\":\"20\",\"amount\":\"21\"", "'Amount' comes twice")]
    [InlineData("\"pubkey\":", "\"data\":\"AA==\",\"pubkey\":", "'data' comes twice")]
    [InlineData("}]}", "", "cut short")]
    [InlineData("}]}", "}]}}", "not JSON")]
    [InlineData("{\"slot\"", "[\"slot\"", "no JSON object")]
    public async Task A_bad_line_is_named_with_its_file_and_what_is_wrong(string good, string bad, string expected)
    {
        const int line = 19;
        var text = MiniRecording.Text();
        var changed = text[line].Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(text[line], changed);
        text[line] = changed;
        _recording.WriteReplay(text);
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains($"{_recording.Replay} line {line + 1}:", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("Get the recording again", e.Message, StringComparison.Ordinal);
    }

    /// <summary>What comes twice or out of order would be decided upon again, and differently.</summary>
    [Theory]
    [InlineData(19, 19, "repeats the line before it")]
    [InlineData(11, 11, "repeats the line before it")]
    [InlineData(20, 18, "transaction 18 of slot 1012 follows transaction 20")]
    [InlineData(10, 9, "transaction 9 of slot 1006 follows transaction 10")]
    public async Task A_line_that_comes_again_or_too_late_is_named(int after, int line, string expected)
    {
        var text = MiniRecording.Text().ToList();
        text.Insert(after + 1, text[line]);
        _recording.WriteReplay(text);
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains($"{_recording.Replay} line {after + 2}:", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_of_several_swaps_that_comes_again_is_named()
    {
        var text = MiniRecording.Text().ToList();
        var second = text[19].Replace("\"amount\":\"20\"", "\"amount\":\"21\"", StringComparison.Ordinal);
        Assert.NotEqual(text[19], second);
        text.InsertRange(20, [second, text[19], second]);
        _recording.WriteReplay(text);
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains("line 22: it repeats a line before it", e.Message, StringComparison.Ordinal);

        text = [.. MiniRecording.Text().Select(
            line => System.Text.RegularExpressions.Regex.Replace(line, "\"index\":[0-9]+,", ""))];
        text.Insert(20, text[18]); // behind another one of its slot
        _recording.WriteReplay(text);
        e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains("its transaction stands before it already", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_startup_account_that_comes_again_is_named()
    {
        var text = await File.ReadAllLinesAsync(_recording.Accounts);
        await File.WriteAllLinesAsync(_recording.Accounts, [.. text, text[0]]);
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains(
            $"{_recording.Accounts} line {text.Length + 1}: account ", e.Message, StringComparison.Ordinal);
        Assert.Contains("comes again", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_transactions_at_one_place_are_refused_and_lines_without_a_place_are_not()
    {
        var text = MiniRecording.Text();
        text[19] = text[19].Replace("\"index\":19", "\"index\":18", StringComparison.Ordinal);
        _recording.WriteReplay(text);
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains("transaction 18 of slot 1012 has two signatures", e.Message, StringComparison.Ordinal);

        _recording.WriteReplay(MiniRecording.Text().Select(
            line => System.Text.RegularExpressions.Regex.Replace(line, "\"index\":[0-9]+,", "")));
        Assert.True(await ReadAll() > 20);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public async Task A_cut_gzip_file_is_told(double share)
    {
        var bytes = await File.ReadAllBytesAsync(_recording.Replay);
        await File.WriteAllBytesAsync(_recording.Replay, bytes.AsMemory(0, (int)(bytes.Length * share)));
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains(_recording.Replay, e.Message, StringComparison.Ordinal);
        Assert.Null(ReplayCount.Batches(_recording.Replay));
    }

    [Fact]
    public async Task A_flipped_bit_of_a_gzip_file_is_told_before_anything_is_read_of_it()
    {
        const int headerBits = 80; // the time and system in it say nothing of the content (RFC 1952)
        var good = await File.ReadAllBytesAsync(_recording.Replay);
        for (var seed = 0; seed < 400; seed++)
        {
            var bit = seed < headerBits ? seed : (int)(seed * 7919L % (8 * good.Length));
            var bytes = good.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(_recording.Replay, bytes);
            var read = 0;
            try
            {
                await foreach (var _ in Feed().Read()) read++;
                Assert.True(bit < headerBits, $"bit {bit} was not missed");
            }
            catch (FeedException e)
            {
                Assert.Equal(0, read);
                Assert.Contains(_recording.Replay, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("1700000006")]
    [InlineData("253402300799")] // the latest that a line may have
    public async Task A_block_time_that_jumps_ends_a_paced_feed_with_its_line(string blockTime)
    {
        var text = MiniRecording.Text();
        text[19] = text[19].Replace("\"blockTime\":1600000006", $"\"blockTime\":{blockTime}", StringComparison.Ordinal);
        _recording.WriteReplay(text);
        var feed = new RecordingFeed(
            new RecordingSource { Path = _recording.Folder, Speed = 0.001 }, new SteppingTime());

        var e = await Assert.ThrowsAsync<FeedException>(() => KeptBatch.All(feed));

        Assert.Contains($"{_recording.Replay} line 20: its time is", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzip_file_that_is_cut_between_two_lines_is_told()
    {
        // one flushed block for each half, so that the cut leaves whole lines
        var text = MiniRecording.Text();
        await using (var gzip = new GZipStream(File.Create(_recording.Replay), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', text[..50]) + "\n"));
            await gzip.FlushAsync();
            var half = new FileInfo(_recording.Replay).Length;
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', text[50..]) + "\n"));
            await gzip.FlushAsync();
            Assert.True(new FileInfo(_recording.Replay).Length > half);
            await gzip.DisposeAsync();
            await using var file = File.OpenWrite(_recording.Replay);
            file.SetLength(half);
        }
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains($"{_recording.Replay} is cut or damaged", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_gzip_file_is_told()
    {
        var bytes = await File.ReadAllBytesAsync(_recording.Replay);
        bytes.AsSpan(bytes.Length / 2, 200).Fill(0xff);
        await File.WriteAllBytesAsync(_recording.Replay, bytes);
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains(_recording.Replay, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_above_the_bound_is_refused()
    {
        _recording.WriteReplay([.. MiniRecording.Text().Take(5), new string('x', 17 << 20)]);
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains("line 6: the line is longer than", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_damage_ends_in_a_feed_exception_or_in_whole_lines()
    {
        var text = string.Join("\n", MiniRecording.Text().Take(3));
        for (var seed = 0; seed < 400; seed++)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            bytes[seed * 7919 % bytes.Length] ^= (byte)(1 << (seed % 8));
            await File.WriteAllBytesAsync(_recording.Replay, bytes.AsMemory(0, bytes.Length - seed % 50));
            try
            {
                Assert.InRange(await ReadAll(), 1, 5);
            }
            catch (FeedException e)
            {
                Assert.Contains(_recording.Replay, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Bad_startup_accounts_are_told()
    {
        await File.AppendAllTextAsync(_recording.Accounts, "{\"pubkey\":\"1\"}\n");
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains($"{_recording.Accounts} line 3: 'pubkey'", e.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_recording.Accounts, "\n");
        e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains("holds no account", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_named_with_what_to_check()
    {
        File.Delete(_recording.Accounts);
        var e = Assert.Throws<FeedException>(() => new RecordingFeed(
            new RecordingSource { Path = _recording.Replay }, TimeProvider.System));
        Assert.Contains("they belong beside the replay", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<FeedException>(() => Feed());
        Assert.Contains("holds 0 recordings", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<FeedException>(() => new RecordingFeed(
            new RecordingSource { Path = _recording.Replay + "x" }, TimeProvider.System));
        Assert.Contains("check the path of the recording", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_replay_is_told()
    {
        await File.WriteAllTextAsync(_recording.Replay, "");
        var e = await Assert.ThrowsAsync<FeedException>(() => ReadAll());
        Assert.Contains("holds no line", e.Message, StringComparison.Ordinal);
    }

    private RecordingFeed Feed() => new(new RecordingSource { Path = _recording.Folder }, TimeProvider.System);

    private async Task<int> ReadAll()
    {
        var batches = 0;
        await foreach (var batch in Feed().Read())
        {
            batches++;
            Assert.False(batch.Events.IsEmpty);
        }
        return batches;
    }
}
