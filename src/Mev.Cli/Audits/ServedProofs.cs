using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Control.Audits;
using Mev.Control.Checkpoints;
using Mev.Domain.Chain;
using Mev.Journal.Merkle;

namespace Mev.Cli.Audits;

/// <summary>Asks a gateway for proofs under signed checkpoints, and checks that they hold.</summary>
internal sealed class ServedProofs(GatewayClient gateway, int partition, NoteKey log)
{
    private const int RecordsMax = 32; // whose inclusion is asked for, spread over the partition
    private const int SizesMax = 32; // between which consistency is asked for

    /// <summary>What does not hold.</summary>
    public async Task<IReadOnlyList<AuditFinding>> Check(CancellationToken cancellationToken)
    {
        var answer = await gateway.Get($"/v1/audit/{partition}/checkpoint", cancellationToken);
        if (Read(answer.Text("note")) is not { } newest)
            return [Finding(0, "the newest checkpoint is not signed by the log")];
        var findings = new List<AuditFinding>();
        foreach (var seq in Spread(newest.Size, RecordsMax))
        {
            var proof = await Get($"inclusion?seq={seq}&size={newest.Size}", cancellationToken);
            var leaf = GatewaySource.Hash(proof.At("leafHash"));
            if (!MerkleProof.Includes(leaf, seq, newest.Size, Nodes(proof), newest.Root))
                findings.Add(Finding(seq, $"the inclusion proof of record {seq} does not hold"));
        }
        foreach (var size in Spread(newest.Size, SizesMax))
        {
            var covering = await Get($"checkpoint?size={size + 1}", cancellationToken);
            if (Read(covering.Text("note")) is not { } smaller)
            {
                findings.Add(Finding(size, $"the checkpoint over record {size} is not signed by the log"));
                continue;
            }
            var proof = await Get($"consistency?from={smaller.Size}&to={newest.Size}", cancellationToken);
            if (!MerkleProof.IsConsistent(smaller.Size, newest.Size, Nodes(proof), smaller.Root, newest.Root))
                findings.Add(Finding(smaller.Size, $"checkpoint {smaller.Size} is not the beginning of {newest.Size}"));
        }
        return findings;
    }

    private Task<JsonElement> Get(string path, CancellationToken cancellationToken) =>
        gateway.Get($"/v1/audit/{partition}/{path}", cancellationToken);

    private Checkpoint? Read(string text) =>
        SignedNote.Parse(text) is { } note && log.HasSigned(note)
        && Checkpoint.Parse(note.Text) is { } checkpoint && checkpoint.Origin == log.Name ? checkpoint : null;

    private static Digest[] Nodes(JsonElement proof) => [.. proof.Items("proof").Select(GatewaySource.Hash)];

    private static IEnumerable<long> Spread(long size, int most)
    {
        var count = Math.Min(size, most);
        for (var i = 0L; i < count; i++) yield return count == 1 ? 0 : i * (size - 1) / (count - 1);
    }

    private AuditFinding Finding(long seq, string text) =>
        new(partition, AuditDefect.Proof, seq, seq, $"partition {partition}, {text}");
}
