using Mev.Control.Checkpoints;
using Mev.Control.Signatures;
using Mev.Control.Tests.Signatures;
using Mev.Domain.Chain;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Merkle;

namespace Mev.Control.Tests.Checkpoints;

/// <summary>A partition is signed as it grows, never twice in two ways, and not at all once it is another.</summary>
public sealed class PartitionCheckpointsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("partition-checkpoints-").FullName;
    private readonly Ed25519PrivateKey _key = TestKey.Of(1);
    private readonly MemoryLog _log = new();

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_signs_what_it_took_and_goes_on_after_a_restart()
    {
        _log.Add(10);
        using (var partition = await Open())
        {
            Assert.False(await partition.Grow());
            Assert.True(await partition.Sign());
            Assert.False(await partition.Sign()); // nothing new
            Assert.Equal(10, partition.SignedSize);
        }
        _log.Add(7);
        using var again = await Open();
        Assert.Null(again.Alarm);
        Assert.Equal(10, again.SignedSize);
        await again.Grow();
        Assert.True(await again.Sign());

        Assert.Equal([10L, 17], again.Checkpoints(0, 10).Select(SizeOf));
        Assert.All(again.Checkpoints(0, 10), note => Assert.True(again.Key.HasSigned(note)));
        Assert.True(MerkleProof.IsConsistent(
            10, 17, again.Tree.Consistency(10, 17).AsSpan(), RootOf(again, 10), RootOf(again, 17)));
    }

    [Fact]
    public async Task No_checkpoint_takes_more_than_4096_leaves()
    {
        _log.Add(10_000);
        using var partition = await Open();
        while (await partition.Grow()) Assert.True(await partition.Sign());
        Assert.True(await partition.Sign());
        Assert.Equal([4_096L, 8_192, 10_000], partition.Checkpoints(0, 10).Select(SizeOf));
    }

    public static TheoryData<string> Changes => ["changed", "missing", "swapped", "inserted", "cut", "empty"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_journal_that_is_not_what_was_signed_is_an_alarm_that_names_the_record(string change)
    {
        await SignedOf(300);
        Change(change);

        using var partition = await Open();

        Assert.StartsWith("partition 3: ", partition.Alarm, StringComparison.Ordinal);
        Assert.Contains(
            change switch
            {
                "cut" => "the journal ends at record 290",
                "empty" => "the journal ends at record 0",
                _ => "record 20 of the journal",
            }, partition.Alarm, StringComparison.Ordinal);
        _log.Add(50);
        Assert.False(await partition.Grow());
        Assert.False(await partition.Sign());
        Assert.Equal(300, SizeOf(Assert.Single(partition.Checkpoints(0, 10))));
        Assert.Equal(300, partition.Tree.Size); // what was signed can still be proven
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Also_without_the_copy_of_the_leaf_hashes(string change)
    {
        await SignedOf(300);
        File.Delete(StoredTree.LeafFile(Folder));
        Change(change);

        using var partition = await Open();

        Assert.StartsWith("partition 3: ", partition.Alarm, StringComparison.Ordinal);
        Assert.False(await partition.Sign());
    }

    [Fact]
    public async Task A_lost_or_damaged_copy_of_the_leaf_hashes_is_made_anew_of_the_journal()
    {
        await SignedOf(300);
        foreach (var damage in new Action<string>[]
        {
            File.Delete, path => Cut(path, 33), path => Flip(path, 32 * 77), path => Flip(path, 32 * 299),
        })
        {
            damage(StoredTree.LeafFile(Folder));
            using var partition = await Open();
            Assert.Null(partition.Alarm);
            Assert.Equal(_log.Records.Select(bytes => LeafHash.Of(bytes)), StoredTree.ReadLeaves(Folder).Take(300));
        }
    }

    [Fact]
    public async Task Leaves_that_were_taken_and_not_signed_give_way_to_the_journal()
    {
        await SignedOf(300);
        using (var partition = await Open())
        {
            _log.Add(5);
            await partition.Grow(); // taken, and then the process was killed
        }
        _log.Records.RemoveRange(302, 3);
        _log.Records[301] = [9];

        using var again = await Open();
        await again.Grow();
        Assert.True(await again.Sign());
        Assert.Null(again.Alarm);
        Assert.Equal(302, again.SignedSize);
        Assert.Equal(_log.Leaf(301), Leaf(again, 301));
    }

    /// <summary>Without its folder it would know nothing of what it signed: the journal does.</summary>
    [Fact]
    public async Task A_lost_folder_is_made_anew_of_the_journal_with_every_checkpoint()
    {
        await SignedOf(300);
        await SignedOf(20);
        Directory.Delete(Folder, recursive: true);

        using (var partition = await Open())
        {
            Assert.Null(partition.Alarm);
            Assert.Equal([300L, 320], partition.Checkpoints(0, 10).Select(SizeOf));
            Assert.True(partition.Key.HasSigned(partition.Latest!));
        }
        await SignedOf(1);
        using var again = await Open();
        Assert.Equal([300L, 320, 321], again.Checkpoints(0, 10).Select(SizeOf));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Without_its_folder_a_signer_makes_no_second_history(string change)
    {
        await SignedOf(300);
        Directory.Delete(Folder, recursive: true);
        Change(change);

        using var partition = await Open();

        Assert.StartsWith("partition 3: ", partition.Alarm, StringComparison.Ordinal);
        Assert.False(await partition.Sign());
        Assert.Empty(partition.Checkpoints(0, 10)); // nothing is put in the place of what was lost
    }

    [Fact]
    public async Task A_folder_that_was_set_back_is_brought_up_to_what_the_journal_has_and_the_journal_to_the_folder()
    {
        await SignedOf(10);
        var older = Directory.CreateTempSubdirectory("partition-checkpoints-older-").FullName;
        foreach (var file in Directory.EnumerateFiles(Folder))
            File.Copy(file, Path.Combine(older, Path.GetFileName(file)));
        await SignedOf(7);
        Directory.Delete(Folder, recursive: true);
        Directory.Move(older, Folder);
        using (var partition = await Open())
        {
            Assert.Null(partition.Alarm);
            Assert.Equal([10L, 17], partition.Checkpoints(0, 10).Select(SizeOf));
        }
        var topic = _log.Others[new LogPartition(LogTopics.Checkpoints, 3)];
        topic.RemoveAt(1); // killed between the file and the journal
        using (await Open()) Assert.Equal(2, topic.Count);
    }

    [Fact]
    public async Task Folder_and_journal_with_two_histories_sign_none()
    {
        await SignedOf(10);
        var topic = _log.Others[new LogPartition(LogTopics.Checkpoints, 3)].ToList();
        Directory.Delete(Folder, recursive: true);
        _log.Others.Clear();
        _log.Records[4] = [4];
        await SignedOf(7); // another history, which the journal's memory does not have
        _log.Others[new LogPartition(LogTopics.Checkpoints, 3)] = topic;

        using var partition = await Open();
        Assert.NotNull(partition.Alarm);
        Assert.False(await partition.Sign());
    }

    [Fact]
    public async Task The_key_and_the_name_that_signed_are_asked_for()
    {
        await SignedOf(5);
        using var other = TestKey.Of(2);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => PartitionCheckpoints.Open(Terms with { Key = other }, 3, _log).AsTask());
        await Assert.ThrowsAsync<InvalidDataException>(
            () => PartitionCheckpoints.Open(Terms with { Name = "another" }, 3, _log).AsTask());
    }

    [Fact]
    public async Task An_alarm_closes_the_audit()
    {
        _log.Add(40);
        var gate = new AuditGate();
        using (var trees = new AuditTrees(Terms with { Key = TestKey.Of(1) }, _log, gate))
        {
            await trees.Open();
            foreach (var partition in trees.Partitions)
            {
                await partition.Grow();
                await partition.Sign();
            }
            Assert.Equal([40L, 40], trees.Partitions.Select(each => each.SignedSize));
            Assert.Null(gate.Reason);
        }
        _log.Records[7] = [1];
        using var again = new AuditTrees(Terms with { Key = TestKey.Of(1) }, _log, gate);
        await again.Open();
        Assert.Contains("partition 0: record 7 of the journal", gate.Reason, StringComparison.Ordinal);
    }

    private CheckpointTerms Terms => new() { Name = "audit.example", Key = _key, Folder = _folder, Partitions = 2 };

    private string Folder => CheckpointTerms.FolderOf(_folder, 3);

    private ValueTask<PartitionCheckpoints> Open() => PartitionCheckpoints.Open(Terms, 3, _log);

    private async Task SignedOf(int count)
    {
        _log.Add(count);
        using var partition = await Open();
        await partition.Grow();
        Assert.True(await partition.Sign());
    }

    private void Change(string change)
    {
        var records = _log.Records;
        switch (change)
        {
            case "changed": records[20] = [1, 2]; break;
            case "missing": records.RemoveAt(20); records.Add([7]); break;
            case "swapped": (records[20], records[21]) = (records[21], records[20]); break;
            case "inserted": records.Insert(20, [8]); break;
            case "cut": records.RemoveRange(290, 10); break;
            default: records.Clear(); break;
        }
    }

    private static void Cut(string path, int bytes)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.SetLength(file.Length - bytes);
    }

    private static void Flip(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static Digest Leaf(PartitionCheckpoints partition, long index)
    {
        var leaf = new Digest[1];
        Assert.Equal(1, partition.Tree.Read(index, leaf));
        return leaf[0];
    }

    private static Digest RootOf(PartitionCheckpoints partition, long size) =>
        Checkpoint.Parse(partition.Covering(size)!.Text)!.Root;

    private static long SizeOf(SignedNote note) => Checkpoint.Parse(note.Text)!.Size;
}
