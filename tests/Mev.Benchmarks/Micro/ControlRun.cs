using Mev.Benchmarks.Reports;
using Mev.Control.Checkpoints;
using Mev.Control.Commands;
using Mev.Control.Ledger;
using Mev.Control.Nonces;
using Mev.Control.Policies;
using Mev.Control.Proposals;
using Mev.Control.Signatures;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Leases;
using Mev.Journal.Merkle;

namespace Mev.Benchmarks.Micro;

/// <summary>What a signed command costs, from bytes to permission, and what a checkpoint and a proof cost.</summary>
internal sealed class ControlRun(Report report, int samples)
{
    private const int Leaves = 1 << 16;

    public void Run()
    {
        using var cluster = new BegunCluster(TimeProvider.System.GetUtcNow());
        Commands(cluster);
        TwoPersons(cluster);
        Limits();
        Audit();
    }

    private void Commands(BegunCluster cluster)
    {
        var body = """{"op":"strategy.pause","strategy":"arb-1"}"""u8.ToArray();
        var request = cluster.Signed("operator", body);
        var sign = Stopwatches.TimeEach(samples, () => cluster.Signed("operator", body).Body.Length);
        report.Add(Figure.Of("sign a command", sign.MinNs / 1_000, "us", $"{sign}"));
        var verify = Stopwatches.TimeEach(samples, () => Permitted(cluster, request).Body.Length);
        report.Add(Figure.Of("verify and permit a command", verify.MinNs / 1_000, "us", $"one key of four, {verify}"));
        var signed = Permitted(cluster, request);
        var again = Stopwatches.TimeEach(samples, () => cluster.Verifier
            .Verify(signed, cluster.Registry, cluster.Now, TimeSpan.FromSeconds(10)).IsVerified ? 1 : 0);
        report.Add(Figure.Of("verify a command again", again.MinNs / 1_000, "us", $"{again}"));
    }

    private static SignedCommand Permitted(BegunCluster cluster, CommandRequest request)
    {
        var verdict = cluster.Verifier.Verify(request, cluster.Registry, cluster.Now);
        if (!verdict.IsVerified) throw new InvalidOperationException($"refused: {verdict.Refusal}");
        var command = verdict.Command;
        var entry = new LedgerEntry(
            command.CommandId, command.Key.Principal, Digest.Of(command.Envelope.Body.Span), cluster.NowMs);
        var refusal = NonceEpoch.None.See("store", cluster.NowMs - 60_000).Check(command.Created)
            ?? (CommandBody.Read(command.Envelope.Body, command.Path) is { } body
                ? CommandAccess.Execute(body.Class, cluster.By(command))
                : CommandRefusal.CommandInvalid)
            ?? entry.Done(new LedgerAnswer(202, default)).Check(entry.Principal, entry.BodyHash);
        return refusal is null ? command.Envelope : throw new InvalidOperationException($"refused: {refusal}");
    }

    /// <summary>The states alone; the two signatures that it takes are those above.</summary>
    private void TwoPersons(BegunCluster cluster)
    {
        var body = """{"op":"resume"}"""u8.ToArray();
        var command = CommandBody.Read(body, CommandEndpoints.Commands)!;
        var (first, second) = (By("operator"), By("risk"));
        var policy = Digest.Of("policy"u8);
        var whole = Stopwatches.TimeEach(samples, () =>
            Proposal.Create(Guid.Empty, first, command, body, policy, cluster.NowMs, out _)?
                .Approve(second, Digest.Of(body), policy, cluster.NowMs, out _)?
                .Execute(cluster.Registry, policy, cluster.NowMs, out _)?.Status is ProposalStatus.Executed
                    ? 1
                    : throw new InvalidOperationException("not executed"));
        report.Add(Figure.Of("propose, approve and execute", whole.MinNs, "ns", $"{whole}"));

        Control.Keys.Signatory By(string name) =>
            cluster.By(cluster.Verifier.Verify(cluster.Signed(name, body), cluster.Registry, cluster.Now).Command!);
    }

    /// <summary>Judging a change of policy, and one lease from its grant to its return.</summary>
    private void Limits()
    {
        var (before, after) = (new Policy(), new Policy { TipMax = new Lamports(1), OpenSubmissionsMax = 65 });
        var judge = Stopwatches.TimeEach(
            samples, () => (long)PolicyChanges.ClassOf(PolicyChanges.Between(before, after)));
        report.Add(Figure.Of("judge a change of policy", judge.MinNs, "ns", $"{judge}"));
        var book = LeaseBook.Empty.Apply(new LeaseEvent.LimitSet(new Lamports(100)));
        var lease = new Lease(1, "arb-1", new Lamports(60), 1_000);
        var whole = Stopwatches.TimeEach(samples, () =>
            HeldLease.Of(lease, default, default, TimeSpan.FromSeconds(2)).Spend(new(40), default, default) is { } held
                ? book?.Apply(new LeaseEvent.Granted(lease))?
                    .Apply(new LeaseEvent.Returned(1, lease.Amount - held.Left))?.Spent.Value ?? 0
                : 0);
        report.Add(Figure.Of("grant, spend and return a lease", whole.MinNs, "ns", $"{whole}"));
    }

    private void Audit()
    {
        var (tree, frontier, next) = (new MerkleTree(), new MerkleFrontier(), Digest.Of("leaf"u8));
        for (var i = 0; i < Leaves; i++) tree.Append(next);
        var append = Stopwatches.TimeEach(samples, () =>
        {
            frontier.Append(next);
            return frontier.Size;
        });
        report.Add(Figure.Of("append a leaf", append.MinNs, "ns", $"{append}"));
        var (index, root) = (Leaves / 3, tree.Root(Leaves));
        var prove = Stopwatches.TimeEach(samples, () => tree.Inclusion(index, Leaves).Length);
        report.Add(Figure.Of("prove inclusion", prove.MinNs / 1_000, "us", $"{Leaves:#,0} leaves, {prove}"));
        var proof = tree.Inclusion(index, Leaves);
        var check = Stopwatches.TimeEach(
            samples, () => MerkleProof.Includes(next, index, Leaves, proof.AsSpan(), root) ? 1 : 0);
        report.Add(Figure.Of("check inclusion", check.MinNs / 1_000, "us", $"{Leaves:#,0} leaves, {check}"));
        Checkpoints(tree);
    }

    private void Checkpoints(MerkleTree tree)
    {
        const string Origin = "bench/partition-0";
        using var logKey = new Ed25519PrivateKey(Digest.Of("log"u8).ToArray());
        using var witnessKey = new Ed25519PrivateKey(Digest.Of("witness"u8).ToArray());
        var (before, proof) = (new Checkpoint(Origin, Leaves - 4_096, tree.Root(Leaves - 4_096)),
            tree.Consistency(Leaves - 4_096, Leaves));
        var whole = Stopwatches.TimeEach(samples, () =>
        {
            var signer = new CheckpointSigner(Origin, logKey, before);
            var witness = new CheckpointWitness(signer.Key, "witness", witnessKey, before);
            return signer.Sign(Leaves, tree.Root(Leaves), proof.AsSpan(), out _) is { } note
                && witness.Cosign(note, proof.AsSpan(), 1, out _) is { } cosigned
                && SignedNote.Parse(cosigned.ToString()) is { } read
                && witness.Key.HasSigned(read)
                    ? 1
                    : throw new InvalidOperationException("not signed");
        });
        report.Add(Figure.Of(
            "sign, witness and read a checkpoint", whole.MinNs / 1_000, "us", $"4,096 new leaves, {whole}"));
    }
}
