using System.Text.Json;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Microsoft.Data.Sqlite;

namespace Mev.Integration.Tests;

/// <summary>Bytes of the journal change behind the platform's back: replaying names which, starting goes on.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("damage-");

    [Fact]
    public async Task A_flipped_byte_in_a_record_and_in_a_blob_are_named()
    {
        var settings = HostProcess.Generator(200);
        (string Id, long Offset) first, second;
        string account;
        await using (var host = await HostProcess.Start(_folder.FullName, settings))
        {
            var lines = (await host.Get("/v1/decisions?limit=500&action=submit")).GetProperty("decisions");
            Assert.True(lines.GetArrayLength() > 1, "the market of this test has to bring two submits");
            first = (lines[0].GetProperty("id").GetString()!, lines[0].GetProperty("offset").GetInt64());
            second = (lines[1].GetProperty("id").GetString()!, lines[1].GetProperty("offset").GetInt64());
            var decision = await host.Get($"/v1/decisions/{second.Id}");
            var accounts = decision.GetProperty("opportunity").GetProperty("accounts");
            account = accounts[0].GetProperty("hash").GetString()!;
        }
        Flip("audit_log", "partition = 1 AND seq = $key", first.Offset);
        Assert.True(Digest.TryParse(account, out var hash));
        Flip("topic_log", "key = $key", hash.ToArray());
        await using var again = await HostProcess.Start(_folder.FullName, settings);

        var record = await again.Mevctl("replay", first.Id);
        Assert.Equal(6, record.Code);
        Assert.Contains("record is damaged", record.Output);
        var blob = await again.Mevctl("replay", second.Id);
        Assert.Equal(6, blob.Code);
        Assert.Contains(account, blob.Output);
        var all = await again.Mevctl("replay", "--all");
        Assert.Equal(6, all.Code);
        Assert.Contains($"1@{first.Offset}: the record is damaged", all.Output);
        Assert.Contains($"{second.Id}: blob {account}", all.Output);
    }

    [Fact]
    public async Task An_amount_that_no_decision_can_have_is_named_by_why_and_replay()
    {
        var settings = HostProcess.Generator(200);
        JsonElement line;
        await using (var host = await HostProcess.Start(_folder.FullName, settings))
            line = (await host.Get("/v1/decisions?limit=1&action=submit")).GetProperty("decisions")[0];
        Change("audit_log", "partition = 1 AND seq = $key", line.GetProperty("offset").GetInt64(), bytes =>
        {
            var record = AuditRecord.Parser.ParseFrom(bytes);
            record.Decision.Core.GrossProfit = long.MinValue;
            return record.ToByteArray();
        });
        await using var again = await HostProcess.Start(_folder.FullName, settings);

        var why = await again.Mevctl("why", line.GetProperty("id").GetString()!);

        Assert.True(why.Code == 0, why.All);
        Assert.Contains("DAMAGED: the bytes have another hash", why.Output);
        Assert.Contains("draws cannot be shown: the record holds amounts that no decision can have", why.Output);
    }

    [Fact]
    public async Task A_record_that_cannot_be_decoded_stops_no_start_and_is_told()
    {
        var settings = HostProcess.Generator(200);
        long last;
        await using (var host = await HostProcess.Start(_folder.FullName, settings))
        {
            var newest = (await host.Get("/v1/decisions?limit=1")).GetProperty("decisions")[0];
            last = newest.GetProperty("offset").GetInt64();
        }
        Change("audit_log", "partition = 1 AND seq = $key", last, bytes => bytes[..(bytes.Length / 2)]);

        await using var again = await HostProcess.Start(_folder.FullName, settings);

        await again.Until(() => again.Lines.Any(line => line.Contains("1 records of ")));
        var line = again.Lines.First(line => line.Contains("1 records of "));
        Assert.Contains("cannot be decoded: settled without them", line);
    }

    /// <summary>Nobody knows then what was sent: the start ends with the file, the place and the remedy.</summary>
    [Theory]
    [InlineData("UPDATE audit_log SET key = x'00'", "mev.audit/1@30 has a hash of 1 bytes")]
    [InlineData("DELETE FROM audit_log", "mev.audit/1@30 is missing")]
    public async Task A_row_that_is_damaged_or_missing_ends_the_start_by_name(string damage, string told)
    {
        var settings = HostProcess.Generator(200);
        await using (await HostProcess.Start(_folder.FullName, settings))
        {
        }
        using (var connection = Open())
        {
            using var change = connection.CreateCommand();
            change.CommandText = $"{damage} WHERE partition = 1 AND seq = 30";
            Assert.Equal(1, change.ExecuteNonQuery());
        }

        var ended = await Programs.Run(
            HostProcess.Program, _folder.FullName, [.. HostProcess.Ports(Programs.FreePorts(3)), .. settings]);

        Assert.True(ended.Code == 5, ended.All);
        Assert.Contains(told, ended.Errors, StringComparison.Ordinal);
        Assert.Contains("data/journal.db", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("restore a copy", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.All, StringComparison.Ordinal);
    }

    /// <summary>A posterior with one other bit would be believed; without the file it is made of the journal.</summary>
    [Fact]
    public async Task A_flipped_bit_of_a_saved_state_ends_the_start_and_without_the_file_all_is_as_it_was()
    {
        var settings = HostProcess.Generator(400);
        string whole;
        await using (var host = await HostProcess.Start(_folder.FullName, settings))
        {
            whole = await Told(host);
            Assert.Equal(0, await host.Terminate()); // what waits is saved
        }
        using (var connection = Open("state.db"))
        {
            using var flip = connection.CreateCommand();
            flip.CommandText = """
                UPDATE grain_state SET data = substr(data, 1, 99) || x'5A' || substr(data, 101)
                WHERE key LIKE '%strategy%' AND length(data) > 200
                """;
            Assert.True(flip.ExecuteNonQuery() > 0);
        }

        var ended = await Programs.Run(
            HostProcess.Program, _folder.FullName, [.. HostProcess.Ports(Programs.FreePorts(3)), .. settings]);

        Assert.True(ended.Code == 5, ended.All);
        Assert.Contains("is not what was written", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.All, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(_folder.FullName, "data"), "state.db*")) File.Delete(file);
        await using var again = await HostProcess.Start(_folder.FullName, settings);
        Assert.Equal(whole, await Told(again));
    }

    /// <summary>
    /// The saved state of the strategy knows that its intents have ended, so nobody submits their orders again.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_landing_whose_record_is_cut_is_settled_again_and_the_run_ends_as_it_would_have(int place)
    {
        var settings = HostProcess.Generator(1_500);
        string whole;
        await using (var host = await HostProcess.Start(_folder.CreateSubdirectory("whole").FullName, settings))
            whole = await Told(host);
        await using (var host = await HostProcess.StartAt(Programs.FreePorts(3), _folder.FullName, settings))
            await host.Until(() => HasLanded(host));
        var landings = Landings();
        Assert.True(landings.Count > place, "the market of this test has to bring landings");
        Change("audit_log", "partition = 1 AND seq = $key", landings[place], bytes => bytes[..30]);

        await using var again = await HostProcess.Start(_folder.FullName, settings);

        Assert.Equal(whole, await Told(again));
        Assert.Contains(again.Lines, line => line.Contains("1 records of ", StringComparison.Ordinal));

        static async Task<bool> HasLanded(HostProcess host) =>
            (await host.Get("/v1/overview")).GetProperty("outcomes").GetProperty("landed").GetInt64() > 10;
    }

    /// <summary>How many decisions there are, and the hashes of the last 500.</summary>
    private static async Task<string> Told(HostProcess host)
    {
        var total = (await host.Get("/v1/overview")).GetProperty("decisions").GetProperty("total").GetInt64();
        var decisions = (await host.Get("/v1/decisions?limit=500")).GetProperty("decisions");
        var hashes = decisions.EnumerateArray().Select(line => line.GetProperty("hash").GetString()!).Order();
        return $"{total}: {string.Join(' ', hashes)}";
    }

    private List<long> Landings()
    {
        using var connection = Open();
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT seq, bytes FROM audit_log WHERE partition = 1 ORDER BY seq";
        using var rows = read.ExecuteReader();
        var landings = new List<long>();
        while (rows.Read())
        {
            var outcome = AuditRecord.Parser.ParseFrom((byte[])rows.GetValue(1)).Outcome;
            if (outcome?.Kind == (uint)BundleOutcomeKind.Landed) landings.Add(rows.GetInt64(0));
        }
        return landings;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private SqliteConnection Open(string file = "journal.db")
    {
        var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder.FullName, "data", file)};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Flip(string table, string where, object key) => Change(table, where, key, bytes =>
    {
        bytes[bytes.Length / 2] ^= 0x10;
        return bytes;
    });

    private void Change(string table, string where, object key, Func<byte[], byte[]> change)
    {
        using var connection = Open();
        using var read = connection.CreateCommand();
        read.CommandText = $"SELECT bytes FROM {table} WHERE {where}";
        read.Parameters.AddWithValue("$key", key);
        var bytes = (byte[])read.ExecuteScalar()!;
        using var write = connection.CreateCommand();
        write.CommandText = $"UPDATE {table} SET bytes = $bytes WHERE {where}";
        write.Parameters.AddWithValue("$bytes", change(bytes));
        write.Parameters.AddWithValue("$key", key);
        Assert.Equal(1, write.ExecuteNonQuery());
    }
}
