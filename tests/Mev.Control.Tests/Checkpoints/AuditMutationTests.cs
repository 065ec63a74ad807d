using Mev.Control.Checkpoints;
using Mev.Control.Signatures;
using Mev.Control.Tests.Signatures;

namespace Mev.Control.Tests.Checkpoints;

/// <summary>Signers that are broken in one way each: what is behind them notices.</summary>
public sealed class AuditMutationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-mutation-").FullName;
    private readonly Ed25519PrivateKey _key = TestKey.Of(1);
    private readonly MemoryLog _log = new();

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_signer_that_forgets_what_it_signed_makes_a_second_history_that_the_witness_sees()
    {
        using var own = TestKey.Of(2);
        _log.Add(30);
        var first = await Signed();
        var log = new LogKey("audit.example", _key.PublicKey).OfPartition(0);
        var witness = new CheckpointWitness(log, "witness.example/w1", own, last: null);
        Assert.NotNull(witness.Cosign(first, [], 1, out _));

        Directory.Delete(_folder, recursive: true); // the mutation: nothing of the first history is kept
        _log.Others.Clear();
        _log.Records[12] = [1];
        _log.Add(10);
        var second = await Signed(); // and it signs
        using var partition = await Open();

        Assert.True(log.HasSigned(second));
        Assert.Null(witness.Cosign(second, partition.Tree.Consistency(30, 40).AsSpan(), 2, out var defect));
        Assert.Equal(CheckpointDefect.Forked, defect);
    }

    [Fact]
    public async Task A_signer_that_keeps_it_signs_no_second_history()
    {
        _log.Add(30);
        await Signed();
        _log.Records[12] = [1];
        _log.Add(10);
        using var partition = await Open();
        Assert.False(await partition.Sign());
        Assert.NotNull(partition.Alarm);
    }

    [Fact]
    public async Task A_tree_that_grows_ahead_of_the_journal_is_found_at_the_next_start()
    {
        _log.Add(30);
        await Signed();
        _log.Records.RemoveRange(28, 2); // the mutation: these were signed before they were durable, and are lost
        _log.Add(5); // what became durable in their place
        _log.Records[28] = [1];

        using var partition = await Open();

        Assert.Contains("record 28", partition.Alarm, StringComparison.Ordinal);
    }

    private async Task<SignedNote> Signed()
    {
        using var partition = await Open();
        await partition.Grow();
        Assert.True(await partition.Sign());
        return partition.Latest!;
    }

    private ValueTask<PartitionCheckpoints> Open() => PartitionCheckpoints.Open(
        new CheckpointTerms { Name = "audit.example", Key = _key, Folder = _folder, Partitions = 1 }, 0, _log);
}
