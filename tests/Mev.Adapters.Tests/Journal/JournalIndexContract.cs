using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Adapters.Tests.Journal;

/// <summary>What every <see cref="IJournalIndex"/> keeps over the log that it belongs to.</summary>
public abstract class JournalIndexContract : IAsyncLifetime
{
    private static readonly LogPartition Blobs = new(LogTopics.Blobs, 0);

    private IPartitionedLog _log = null!;
    private IJournalIndex _index = null!;

    public async ValueTask InitializeAsync() => (_log, _index) = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close(_log);
        CleanUp();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_decision_is_found_at_its_first_record_also_after_reopening()
    {
        var decisions = Enumerable.Range(0, 500).Select(Decision).ToArray();
        await _log.Append(Records.Audit, [.. decisions.Select((d, i) => Records.Of($"intent {i}", d))]);
        var other = new LogPartition(LogTopics.Audit, 2);
        await _log.Append(other, [.. decisions.Select(d => Records.Of("outcome", d))]);
        Assert.Equal(new LogPosition(Records.Audit, 17), await _index.FindDecision(decisions[17]));

        await Reopen();

        for (var i = 0; i < decisions.Length; i++)
            Assert.Equal(new LogPosition(Records.Audit, i), await _index.FindDecision(decisions[i]));
        Assert.Null(await _index.FindDecision(Decision(500)));
    }

    [Fact]
    public async Task Only_the_audit_topic_is_indexed_by_decision()
    {
        await _log.Append(Blobs, [Records.Of("a blob", Decision(0))]);

        Assert.Null(await _index.FindDecision(Decision(0)));
    }

    [Fact]
    public async Task An_opportunity_finds_its_first_intent_in_any_partition_also_after_reopening()
    {
        var (intent, late) = (Intent("a chance", recordedNs: 5), Intent("a chance", recordedNs: 6));
        var other = new LogPartition(LogTopics.Audit, 0);
        Assert.Null(await _index.FindIntent(intent.Key));
        var setBack = intent with { RecordedNs = 3 }; // as was the clock
        await _log.Append(Records.Audit, [Records.Of("a chance"), intent, setBack]); // a skip has the same key
        await _log.Append(other, [late]);
        await _log.Append(Blobs, [Intent("a blob", recordedNs: 1)]);
        Assert.Equal(new LogPosition(Records.Audit, 1), await _index.FindIntent(intent.Key));

        await Reopen();

        Assert.Equal(new LogPosition(Records.Audit, 1), await _index.FindIntent(intent.Key));
        Assert.Null(await _index.FindIntent(Records.Of("a blob").Key));
    }

    [Fact]
    public async Task A_blob_is_found_by_its_hash_once_durable_also_after_reopening()
    {
        var blobs = Records.Many(25_000, "blob");
        Assert.Null(_index.FindBlob(blobs[3].Key));
        await _log.Append(Blobs, blobs);
        await _log.Append(Blobs, [blobs[3]]);
        await _log.Append(Records.Audit, [Records.Of("no blob")]);
        await Follow(_index);
        Assert.Equal(new LogPosition(Blobs, 3), _index.FindBlob(blobs[3].Key));

        await Reopen();
        await Follow(_index);

        for (var i = 0; i < blobs.Length; i++) Assert.Equal(new LogPosition(Blobs, i), _index.FindBlob(blobs[i].Key));
        Assert.Null(_index.FindBlob(Records.Of("no blob").Key));
        Assert.Null(_index.FindBlob(Digest.Of([])));
    }

    /// <summary>The same log each time, with its index.</summary>
    protected abstract ValueTask<(IPartitionedLog Log, IJournalIndex Index)> Open();

    protected abstract ValueTask Close(IPartitionedLog log);

    /// <summary>Returns once the index knows the blobs that are durable.</summary>
    protected virtual ValueTask Follow(IJournalIndex index) => ValueTask.CompletedTask;

    /// <summary>Removes what the log left behind.</summary>
    protected abstract void CleanUp();

    private async Task Reopen()
    {
        await Close(_log);
        (_log, _index) = await Open();
    }

    private static LogEntry Intent(string text, long recordedNs) =>
        Records.Of(text) with { Type = RecordType.Intent, RecordedNs = recordedNs };

    // Equal numbers give the same id, which CreateVersion7 would not.
    private static Guid Decision(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);
}
