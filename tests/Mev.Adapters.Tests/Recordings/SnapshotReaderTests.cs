using Mev.Adapters.Solana.Recordings;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Recordings;

public sealed class SnapshotReaderTests : IDisposable
{
    private static readonly string Key = MiniRecording.Pool(0).ToString();
    private readonly string _folder = Directory.CreateTempSubdirectory("snapshot-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Both_shapes_become_startup_writes()
    {
        var two = Assert.Single(Read($"{Key},AQIDBA=="));
        Assert.Equal((MiniRecording.Pool(0), Programs.Whirlpool, 1UL), (two.Key, two.Owner, two.Lamports));
        Assert.Equal(new Slot(123), two.Slot);
        Assert.True(two.IsStartup);
        var six = Assert.Single(Read($"{Key},{Programs.Token},4,99,7,AQIDBA==\r"));
        Assert.Equal((Programs.Token, 99UL, 7UL), (six.Owner, six.Lamports, six.WriteVersion));
        Assert.Equal([1, 2, 3, 4], six.Data.ToArray());
    }

    [Theory]
    [InlineData("x,AQIDBA==", "base58")]
    [InlineData("KEY,AQIDBA", "base64")]
    [InlineData("KEY", "1 columns")]
    [InlineData("KEY,,,,,,", "more than 6")]
    [InlineData("KEY,KEY,5,99,7,AQIDBA==", "length")]
    [InlineData("KEY,KEY,4,-9,7,AQIDBA==", "whole number")]
    public void A_bad_line_is_named(string line, string expected)
    {
        var e = Assert.Throws<FeedException>(() => Read(line.Replace("KEY", Key, StringComparison.Ordinal)));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("line 1:", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_without_a_number_needs_a_slot() =>
        Assert.Throws<FeedException>(() => new SnapshotReader(Path.Combine(_folder, "accounts.csv")));

    [Theory]
    [InlineData("whirlpool-snapshot-148605264.csv.gz", 7_077, 114, 1_165)]
    [InlineData("whirlpool-snapshot-175391999.csv.gz", 21_145, 736, 6_138)]
    public void The_recorded_snapshots_hold_what_is_known_of_them(string name, int lines, int pools, int arrays)
    {
        var reader = new SnapshotReader(TestData.Need("traffic", "whirlpool-snapshots", name));
        var lengths = reader.Read().Select(write => write.Data.Length).ToList();
        Assert.Equal(lines, lengths.Count);
        Assert.Equal(pools, lengths.Count(length => length == 653));
        Assert.Equal(arrays, lengths.Count(length => length == 9_988));
    }

    private List<AccountWrite> Read(string line)
    {
        var path = Path.Combine(_folder, "accounts-123.csv");
        File.WriteAllText(path, line + "\n");
        return [.. new SnapshotReader(path).Read()];
    }
}
