using Mev.Adapters.Solana.Bundles;
using Mev.Cli.Gateways;
using Mev.Domain.Chain;
using Mev.Journal.Replay;

namespace Mev.Cli.Replay;

/// <summary>Fetches a record with its blobs and computes the decision again, here.</summary>
internal sealed class RecordReplay(GatewayClient gateway)
{
    private readonly DecisionReplay _replay = new(BundleBuilders.For);

    public async Task<ReplayReport> Run(string id, CancellationToken cancellationToken)
    {
        var record = await gateway.Get($"/v1/decisions/{Uri.EscapeDataString(id)}/record", cancellationToken);
        var blobs = new Dictionary<Digest, ReadOnlyMemory<byte>>();
        foreach (var blob in record.Items("blobs"))
        {
            if (Digest.TryParse(blob.Text("hash"), out var hash) && blob.IsThere("bytes"))
                blobs[hash] = blob.At("bytes").GetBytesFromBase64();
        }
        if (!Digest.TryParse(record.Text("leafHash"), out var leaf))
            throw new CommandFailure(ExitCode.Failed, $"the gateway's answer for {id} holds no leaf hash");
        return _replay.Run(
            record.At("bytes").GetBytesFromBase64(),
            leaf,
            // a bare null would become empty bytes, and a missing blob a damaged one
            hash => blobs.TryGetValue(hash, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?));
    }
}
