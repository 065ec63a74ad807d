using System.Runtime.CompilerServices;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Control.Audits;
using Mev.Control.Checkpoints;
using Mev.Domain.Chain;

namespace Mev.Cli.Audits;

/// <summary>Reads what a gateway serves, page by page.</summary>
internal sealed class GatewaySource(GatewayClient gateway, NoteKey? witness) : IAuditSource
{
    private const int PageItems = 500;

    public async IAsyncEnumerable<AuditedRecord> Records(
        int partition, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var record in Items(partition, "records", $"limit={PageItems}", cancellationToken))
            yield return new AuditedRecord(record.Number("seq"), Hash(record.At("leafHash")), Bytes(record));
    }

    public async IAsyncEnumerable<Digest> Leaves(
        int partition, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var leaf in Items(partition, "leaves", "limit=4096", cancellationToken)) yield return Hash(leaf);
    }

    public async IAsyncEnumerable<SignedNote?> Checkpoints(
        int partition, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var note in Items(partition, "checkpoints", $"limit={PageItems}", cancellationToken, "notes"))
            yield return SignedNote.Parse(note.Text());
    }

    public async ValueTask<SignedNote?> Cosigned(int partition, CancellationToken cancellationToken = default)
    {
        if (witness is null) return null;
        var checkpoint = await gateway.Get($"/v1/audit/{partition}/checkpoint", cancellationToken);
        return checkpoint.Items("cosigned").Where(each => each.Text("witness") == $"{witness}")
            .Select(each => SignedNote.Parse(each.Text("note"))).FirstOrDefault();
    }

    /// <summary>A hash in hex; another one where it is none, so that nothing verifies with it.</summary>
    public static Digest Hash(JsonElement hex) => Digest.TryParse(hex.Text(), out var digest) ? digest : default;

    private async IAsyncEnumerable<JsonElement> Items(
        int partition, string what, string limit, [EnumeratorCancellation] CancellationToken cancellationToken,
        string? member = null)
    {
        for (var from = 0L; ;)
        {
            var page = await gateway.Get($"/v1/audit/{partition}/{what}?from={from}&{limit}", cancellationToken);
            foreach (var item in page.Items(member ?? what)) yield return item;
            if (!page.IsThere("next") || page.Number("next") <= from) yield break;
            from = page.Number("next");
        }
    }

    private static byte[] Bytes(JsonElement record) =>
        record.At("bytes").TryGetBytesFromBase64(out var bytes) ? bytes : [];
}
