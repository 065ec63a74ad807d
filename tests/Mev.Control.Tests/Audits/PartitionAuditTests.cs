using CsCheck;
using Mev.Control.Audits;
using Mev.Control.Tests.Merkle;
using Mev.Fixtures;
using Mev.Journal;

namespace Mev.Control.Tests.Audits;

/// <summary>Whatever was done to a journal is named, by partition and record; nothing else is.</summary>
public sealed class PartitionAuditTests
{
    private const int Records = 100;

    [Fact]
    public async Task What_is_as_it_was_signed_is_found_well()
    {
        var report = await MemorySource.Of(Records, unsigned: 7).Audit();

        Assert.True(report.IsWell, Text(report));
        Assert.Equal((107, 100, 10, 60), (report.Records, report.SignedSize, report.Checkpoints, report.CosignedSize));
    }

    /// <summary>Whoever takes the checkpoints away, or the witness's word, proves nothing by it.</summary>
    [Fact]
    public async Task Without_checkpoints_nothing_is_well()
    {
        var source = MemorySource.Of(Records);
        source.Notes.Clear();
        source.Copy.Clear();
        source.Cosignature = null;
        var report = await source.Audit();
        Assert.Equal(
            (AuditDefect.Uncovered, 0L, Records - 1L),
            report.Findings.Select(each => (each.Defect, each.From, each.To)).Single());
    }

    [Theory]
    [InlineData((int)PartitionAudit.UncoveredMax, true)]
    [InlineData((int)PartitionAudit.UncoveredMax + 1, false)]
    public async Task A_tail_that_no_checkpoint_signs_is_short(int behind, bool isWell)
    {
        var report = await MemorySource.Of(Records, unsigned: behind).Audit();
        Assert.Equal(isWell, report.IsWell);
    }

    [Fact]
    public async Task A_witness_that_shows_nothing_is_told()
    {
        var source = MemorySource.Of(Records);
        source.Cosignature = null;
        Assert.Equal(AuditDefect.Cosignature, (await source.Audit()).Findings.Single().Defect);
    }

    [Fact]
    public void A_changed_record_is_named() => Sample((source, at, _) =>
    {
        source.Journal[at] = source.Journal[at] with { Bytes = new byte[] { 9, 9 } };
        return [(AuditDefect.Changed, at, at)];
    });

    [Fact]
    public void A_changed_record_with_the_leaf_hash_of_its_new_bytes_is_named() => Sample((source, at, _) =>
    {
        source.Journal[at] = MemorySource.Record(at, -1);
        return [(AuditDefect.Changed, at, at)];
    });

    [Fact]
    public void A_changed_leaf_hash_alone_is_named() => Sample((source, at, _) =>
    {
        source.Journal[at] = source.Journal[at] with { Leaf = LeafHash.Of([1]) };
        return [(AuditDefect.LeafChanged, at, at)];
    });

    [Fact]
    public void A_missing_record_is_named() => Sample((source, at, _) =>
    {
        source.Journal.RemoveAt(at);
        return [(AuditDefect.Missing, at, at)];
    });

    [Fact]
    public void Missing_records_are_named_though_all_behind_them_were_renumbered() => Sample((source, at, other) =>
    {
        var count = Math.Min(1 + other % 5, Records - at);
        source.Journal.RemoveRange(at, count);
        Renumber(source);
        return [(AuditDefect.Missing, at, at + count - 1)];
    });

    [Fact]
    public void Inserted_records_are_named_though_all_behind_them_were_renumbered() => Sample((source, at, other) =>
    {
        var count = 1 + other % 5;
        for (var i = 0; i < count; i++) source.Journal.Insert(at, MemorySource.Record(0, -1 - i));
        Renumber(source);
        return [.. Enumerable.Range(at, count).Select(seq => (AuditDefect.Inserted, seq, seq))];
    });

    [Fact]
    public void Swapped_records_are_named_both() => Sample((source, at, other) =>
    {
        if (at == other) return [];
        (source.Journal[at], source.Journal[other]) = (
            source.Journal[other] with { Seq = at }, source.Journal[at] with { Seq = other });
        return [(AuditDefect.Swapped, Math.Min(at, other), Math.Max(at, other))];
    });

    [Fact]
    public async Task One_that_changed_places_with_the_last_is_no_hole_up_to_the_end()
    {
        var source = MemorySource.Of(Records);
        const int At = 77, Last = Records - 1;
        (source.Journal[At], source.Journal[Last]) = (
            source.Journal[Last] with { Seq = At }, source.Journal[At] with { Seq = Last });
        Assert.Equal([(AuditDefect.Swapped, (long)At, (long)Last)], Found(await source.Audit()));
    }

    [Fact]
    public void Two_changes_are_named_each() => Sample((source, at, other) =>
    {
        if (Math.Abs(at - other) < 2) return [];
        var (first, second) = (Math.Min(at, other), Math.Max(at, other));
        source.Journal[second] = source.Journal[second] with { Bytes = new byte[] { 9, 9 } };
        source.Journal.RemoveAt(first);
        return [(AuditDefect.Missing, first, first), (AuditDefect.Changed, second, second)];
    });

    [Fact]
    public async Task A_journal_that_ends_early_is_named()
    {
        var source = MemorySource.Of(Records);
        source.Journal.RemoveRange(95, 5);
        Assert.Equal([(AuditDefect.Missing, 95L, 99L)], Found(await source.Audit()));
    }

    [Fact]
    public async Task Without_the_copy_of_the_leaf_hashes_the_records_between_two_checkpoints_are_named()
    {
        var source = MemorySource.Of(Records);
        source.Copy.Clear();
        Assert.True((await source.Audit()).IsWell);

        source.Journal[37] = MemorySource.Record(37, -1);
        Assert.Equal([(AuditDefect.Rewritten, 30L, 39L)], Found(await source.Audit()));
        source.Journal.RemoveAt(37);
        Assert.Equal([(AuditDefect.Rewritten, 30L, 39L), (AuditDefect.Missing, 37L, 37L)], Found(await source.Audit()));
    }

    [Fact]
    public async Task A_changed_copy_of_the_leaf_hashes_is_not_believed()
    {
        var source = MemorySource.Of(Records);
        source.Copy[37] = source.Copy[38];
        Assert.Equal([(AuditDefect.Copy, 30L, 39L)], Found(await source.Audit()));

        source.Journal[37] = source.Journal[38] with { Seq = 37 };
        Assert.Equal([(AuditDefect.Copy, 30L, 39L), (AuditDefect.Rewritten, 30L, 39L)], Found(await source.Audit()));
    }

    [Fact]
    public async Task A_checkpoint_that_the_log_did_not_sign_or_of_another_tree_is_found()
    {
        var fork = Leaves.Tree(Leaves.Some(Records + 1).Skip(1));
        var source = MemorySource.Of(Records);
        source.Notes[3] = MemorySource.Signed(fork, 40, key: 3);
        Assert.Equal([(AuditDefect.Checkpoint, 40L, 40L)], Found(await source.Audit()));
        source.Notes[3] = MemorySource.Signed(fork, 40);
        Assert.Equal(
            [(AuditDefect.Copy, 30L, 39L), (AuditDefect.Rewritten, 30L, 39L)], Found(await source.Audit()));
        source.Notes[3] = null;
        Assert.Equal([(AuditDefect.Checkpoint, 30L, 30L)], Found(await source.Audit()));
        source.Notes[3] = source.Notes[2];
        Assert.Equal([(AuditDefect.Checkpoint, 30L, 30L)], Found(await source.Audit()));
    }

    [Fact]
    public async Task What_the_witness_holds_has_to_be_in_the_history()
    {
        var fork = Leaves.Tree(Leaves.Some(2 * Records).Skip(1));
        var source = MemorySource.Of(Records);
        source.Cosignature = MemorySource.Cosigned(MemorySource.Signed(fork, 55));
        Assert.Equal([(AuditDefect.Cosignature, 55L, 55L)], Found(await source.Audit()));
        source.Cosignature = MemorySource.Cosigned(MemorySource.Signed(fork, 120));
        Assert.Equal([(AuditDefect.SetBack, 100L, 119L)], Found(await source.Audit()));
        source.Cosignature = source.Notes[4]; // not cosigned at all
        Assert.Equal([(AuditDefect.Cosignature, 0L, 0L)], Found(await source.Audit()));
    }

    [Fact]
    public async Task Findings_are_bounded_and_all_are_counted()
    {
        var source = MemorySource.Of(3_000, each: 1_000);
        for (var seq = 0; seq < 3_000; seq++) source.Journal[seq] = MemorySource.Record(seq, -1 - seq);

        var report = await source.Audit();

        Assert.Equal((3_000, PartitionAudit.FindingsMax), (report.FindingsTotal, report.Findings.Length));
    }

    [Fact]
    public async Task A_hostile_place_takes_no_time()
    {
        var source = MemorySource.Of(Records);
        source.Journal.Add(MemorySource.Record(long.MaxValue, 1));
        source.Copy.Clear();
        Assert.Equal([(AuditDefect.Missing, 100L, long.MaxValue - 1)], Found(await source.Audit()));
    }

    private static void Sample(Func<MemorySource, int, int, (AuditDefect, int, int)[]> change) =>
        Gen.Select(Gen.Int[0, Records - 1], Gen.Int[0, Records - 1]).Sample(
            (at, other) =>
            {
                var source = MemorySource.Of(Records, unsigned: other % 3);
                var expected = change(source, at, other);
                var report = source.Audit().GetAwaiter().GetResult();
                Assert.Equal(expected.Select(each => (each.Item1, (long)each.Item2, (long)each.Item3)), Found(report));
                const string Begin = "partition 4, record";
                Assert.All(
                    report.Findings, each => Assert.StartsWith(Begin, each.Text, StringComparison.Ordinal));
            },
            iter: Soak.Times(150, 5_000), threads: 1);

    private static void Renumber(MemorySource source)
    {
        for (var seq = 0; seq < source.Journal.Count; seq++)
            source.Journal[seq] = source.Journal[seq] with { Seq = seq };
    }

    private static IEnumerable<(AuditDefect, long, long)> Found(AuditReport report) =>
        report.Findings.Select(each => (each.Defect, each.From, each.To));

    private static string Text(AuditReport report) => string.Join('\n', report.Findings.Select(each => each.Text));
}
