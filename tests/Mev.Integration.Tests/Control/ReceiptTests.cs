using System.Text.Json;
using Mev.Control.Checkpoints;
using Mev.Domain.Chain;
using Mev.Journal.Merkle;

namespace Mev.Integration.Tests.Control;

/// <summary>A receipt's leaf is under a signed checkpoint a second later, and that can be checked.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class ReceiptTests(ControlHost control)
{
    [Fact]
    public async Task The_leaf_of_a_receipt_is_proven_to_be_under_a_checkpoint()
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var receipt = await control.Command("operator-1", new { op = "ping" }, id);
        Assert.Equal(202, receipt.Status);
        JsonElement later = default;
        await control.Host.Until(async () =>
        {
            later = await control.Host.Get($"/v1/commands/{id}");
            return later.GetProperty("inclusion").ValueKind == JsonValueKind.Object;
        });

        foreach (var name in new[] { "command_id", "audit_shard", "seq", "leaf_hash" })
            Assert.Equal(receipt.Text(name), later.GetProperty(name).ToString());
        var inclusion = later.GetProperty("inclusion");
        var key = LogKey.Parse((await control.Host.Get("/v1/audit")).GetProperty("key").GetString()!)!.OfPartition(0);
        var note = SignedNote.Parse(inclusion.GetProperty("note").GetString()!)!;
        Assert.True(key.HasSigned(note));
        var checkpoint = Checkpoint.Parse(note.Text)!;
        Digest[] proof = [.. inclusion.GetProperty("proof").EnumerateArray().Select(node => Hash(node.GetString()!))];
        var seq = long.Parse(receipt.Text("seq"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(MerkleProof.Includes(
            Hash(receipt.Text("leaf_hash")), seq, checkpoint.Size, proof, checkpoint.Root));
        Assert.False(MerkleProof.Includes(
            Hash(receipt.Text("leaf_hash")), seq + 1, checkpoint.Size, proof, checkpoint.Root));
    }

    [Theory]
    [InlineData("/v1/commands/x", 400)]
    [InlineData("/v1/commands/00000000-0000-7000-8000-000000000000", 404)]
    [InlineData("/v1/audit/7/checkpoint", 404)]
    [InlineData("/v1/audit/x/leaves", 404)]
    [InlineData("/v1/audit/0/checkpoint?size=99999999", 400)]
    [InlineData("/v1/audit/0/checkpoint?size=0", 400)]
    [InlineData("/v1/audit/0/inclusion?seq=99999999", 400)]
    [InlineData("/v1/audit/0/inclusion", 400)]
    [InlineData("/v1/audit/0/inclusion?seq=-1", 400)]
    [InlineData("/v1/audit/0/inclusion?seq=0&size=1e3", 400)]
    [InlineData("/v1/audit/0/consistency?from=2&to=1", 400)]
    [InlineData("/v1/audit/0/consistency", 400)]
    [InlineData("/v1/audit/0/leaf/99999999", 404)]
    [InlineData("/v1/audit/0/leaves?limit=4097", 400)]
    [InlineData("/v1/audit/0/records?limit=501", 400)]
    [InlineData("/v1/decisions/019ab3c0-5d1e-7000-8000-000000000000/proof", 404)]
    [InlineData("/v1/decisions/x/proof", 400)]
    public async Task What_cannot_be_answered_is_a_problem_that_says_why(string path, int status)
    {
        using var answer = await control.Host.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    private static Digest Hash(string hex) => new(Convert.FromHexString(hex));
}
