using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Journal;
using Microsoft.Data.Sqlite;

namespace Mev.Integration.Tests;

/// <summary>A landing that the chain took back, as people see it.</summary>
public sealed class CorrectedOutcomeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("corrected-");

    [Fact]
    public async Task Why_tells_both_outcomes_and_the_books_hold_the_last()
    {
        var settings = HostProcess.Generator(400);
        long before;
        await using (var host = await HostProcess.Start(_folder.FullName, settings)) before = await Net(host);
        var (intent, taken) = Correct();
        await using var again = await HostProcess.Start(_folder.FullName, settings);

        var why = await again.Mevctl("why", $"1@{intent}");
        Assert.True(why.Code == 0, why.All);
        Assert.Contains("correction", why.Output);
        Assert.Matches(@"told first +Landed, Landed, slot .*corrected since", why.Output);
        Assert.Matches(@"kind +Expired, Dropped", why.Output);
        var overview = await again.Get("/v1/overview");
        Assert.Equal(1, overview.GetProperty("outcomes").GetProperty("corrections").GetInt64());
        Assert.Equal(before - taken, await Net(again));
        Assert.Contains("1 corrected", (await again.Mevctl("overview")).Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<long> Net(HostProcess host) =>
        long.Parse((await host.Get("/v1/overview")).GetProperty("profit").GetProperty("net").GetString()!);

    /// <summary>Corrects the first landing: where its intent stands, and the profit taken back.</summary>
    private (long Intent, long Taken) Correct()
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder.FullName, "data", "journal.db")};Pooling=False");
        connection.Open();
        var (landings, last) = (new List<(long Offset, AuditRecord Record)>(), (Offset: 0L, Ns: 0L));
        using (var read = connection.CreateCommand())
        {
            read.CommandText =
                "SELECT seq, record_type, recorded_ns, bytes FROM audit_log WHERE partition = 1 ORDER BY seq";
            using var rows = read.ExecuteReader();
            while (rows.Read())
            {
                last = (rows.GetInt64(0), rows.GetInt64(2));
                if ((RecordType)rows.GetInt64(1) != RecordType.Outcome) continue;
                var record = AuditRecord.Parser.ParseFrom((byte[])rows[3]);
                if (record.Outcome.Kind == (uint)BundleOutcomeKind.Landed) landings.Add((last.Offset, record));
            }
        }
        Assert.NotEmpty(landings);
        var (offset, landed) = landings[0];
        var correction = landed.Clone();
        (correction.Outcome.Kind, correction.Outcome.Cause) =
            ((uint)BundleOutcomeKind.Expired, (uint)OutcomeCause.Dropped);
        (correction.Outcome.Realised, correction.Outcome.TipPaid) = (0, 0);
        correction.Outcome.Corrects = new Corrected
        {
            Offset = offset,
            Kind = landed.Outcome.Kind,
            Cause = landed.Outcome.Cause,
            Realised = landed.Outcome.Realised,
            TipPaid = landed.Outcome.TipPaid,
        };
        var bytes = correction.ToByteArray();
        using var write = connection.CreateCommand();
        write.CommandText = "INSERT INTO audit_log (partition, seq, record_type, recorded_ns, key, leaf_hash, bytes)"
            + " VALUES (1, $seq, $type, $ns, $key, $leaf, $bytes)";
        write.Parameters.AddWithValue("$seq", last.Offset + 1);
        write.Parameters.AddWithValue("$type", (long)RecordType.Outcome);
        write.Parameters.AddWithValue("$ns", last.Ns);
        write.Parameters.AddWithValue("$key", landed.Outcome.OpportunityId.ToByteArray());
        write.Parameters.AddWithValue("$leaf", LeafHash.Of(bytes).ToArray());
        write.Parameters.AddWithValue("$bytes", bytes);
        Assert.Equal(1, write.ExecuteNonQuery());
        return (landed.Outcome.IntentOffset, landed.Outcome.Realised - landed.Outcome.TipPaid);
    }
}
