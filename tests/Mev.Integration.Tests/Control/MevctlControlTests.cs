using System.Text.Json;

namespace Mev.Integration.Tests.Control;

/// <summary>Operators at the command line, against a real host.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class MevctlControlTests(ControlHost control)
{
    [Fact]
    public async Task One_stops_at_the_command_line_and_two_resume()
    {
        var stopped = await Run("stop", "--reason", "odd fills", "--key", control.KeyFile("operator-1"));
        Assert.Contains("effective", stopped, StringComparison.Ordinal);
        Assert.Contains("STOPPED", await Run("policies", "show"), StringComparison.Ordinal);
        var receipt = JsonDocument.Parse(await Run(
            "resume", "--reason", "understood", "--key", control.KeyFile("operator-1"), "--json")).RootElement;
        var id = receipt.GetProperty("proposal").GetString()!;
        var hash = receipt.GetProperty("command_sha256").GetString()!;
        Assert.Contains(id, await Run("proposals", "list"), StringComparison.Ordinal);
        Assert.Contains(hash, await Run("proposals", "show", id), StringComparison.Ordinal);

        var unread = await control.Host.Mevctl(
            "proposals", "approve", id, "--sha256", hash[..63], "--key", control.KeyFile("risk-1"));
        Assert.Equal(6, unread.Code);
        Assert.Contains("sign nothing", unread.Errors, StringComparison.Ordinal);
        var alone = await control.Host.Mevctl(
            "proposals", "approve", id, "--sha256", hash, "--key", control.KeyFile("operator-1"));
        Assert.Equal(3, alone.Code);
        Assert.Contains("another person", alone.Errors, StringComparison.Ordinal);
        var approved = await Run(
            "proposals", "approve", id, "--sha256", hash.ToUpperInvariant(), "--key", control.KeyFile("risk-1"));

        Assert.Contains("Executed", approved, StringComparison.Ordinal);
        Assert.Contains("submitting", await Run("policies", "show"), StringComparison.Ordinal);
        var late = await control.Host.Mevctl("proposals", "refuse", id, "--key", control.KeyFile("risk-1"));
        Assert.Equal(4, late.Code);
    }

    [Fact]
    public async Task A_limit_is_tightened_at_once_and_loosened_by_a_proposal()
    {
        var key = control.KeyFile("risk-1");
        Assert.Contains("limit.tighten", await Run(
            "policies", "set", "minimum_profit=20000", "--reason", "dust", "--key", key), StringComparison.Ordinal);
        var proposed = await Run("policies", "set", "minimum_profit=15000", "--reason", "less dust", "--key", key);
        Assert.Contains("waits 15 minutes", proposed, StringComparison.Ordinal);
        Assert.Contains("20,000 lamports", await Run("policies", "show"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cap_is_set_at_once_shown_and_taken_away_by_a_proposal()
    {
        const string Pool = "So11111111111111111111111111111111111111112";
        var key = control.KeyFile("operator-1");
        Assert.Contains("limit.tighten", await Run(
            "policies", "set", $"pool:{Pool}:day_amount_in_max=5000000000", "strategy:nobody:open-submissions-max=3",
            "--reason", "a thin pool", "--key", key), StringComparison.Ordinal);
        var shown = await Run("policies", "show");
        Assert.Contains("5,000,000,000", shown, StringComparison.Ordinal);
        Assert.Contains("open_submissions_max", shown, StringComparison.Ordinal);

        var diff = await Run("policies", "diff");
        Assert.Contains("operator-1: a thin pool", diff, StringComparison.Ordinal);
        Assert.Contains($"pool {Pool} day_amount_in_max", diff, StringComparison.Ordinal);
        var version = await control.PolicyVersion();
        var same = JsonDocument.Parse(
            await Run("policies", "diff", $"{version - 1}", $"{version}", "--json")).RootElement;
        Assert.Equal(2, same.GetProperty("changes").GetArrayLength());
        var none = await control.Host.Mevctl("policies", "diff", "0", $"{version + 1}");
        Assert.Contains("whole number from", none.Errors, StringComparison.Ordinal);

        var looser = await Run(
            "policies", "set", $"pool:{Pool}:day_amount_in_max=none", "--reason", "it is not", "--key", key);
        Assert.Contains("waits 15 minutes", looser, StringComparison.Ordinal);
        Assert.Equal(version, await control.PolicyVersion());
        var wrong = await control.Host.Mevctl(
            "policies", "set", "pool:x:tip_max=5", "--reason", "x", "--key", key);
        Assert.Equal(2, wrong.Code);
        Assert.Contains("day_amount_in_max", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_made_for_this_user_alone_and_others_are_not_taken()
    {
        var path = Path.Combine(control.Folder, "new-key.json");
        var made = JsonDocument.Parse(await Run("keys", "generate", path, "--json")).RootElement;
        var id = made.GetProperty("keyid").GetString()!;
        Assert.Contains(id, await Run("keys", "show", path), StringComparison.Ordinal);
        Assert.Contains("operator-1", await Run("keys", "show"), StringComparison.Ordinal);
        var again = await control.Host.Mevctl("keys", "generate", path);
        Assert.Equal(1, again.Code);
        var unknown = await control.Host.Mevctl("stop", "--reason", "x", "--key", path);
        Assert.Equal(3, unknown.Code);
        Assert.Contains("no such key", unknown.Errors, StringComparison.Ordinal);

        Assert.Equal(0, (await Programs.Run("/bin/chmod", control.Folder, "640", path)).Code);
        var open = await control.Host.Mevctl("stop", "--reason", "x", "--key", path);
        Assert.Equal(2, open.Code);
        Assert.Contains("chmod 600", open.Errors, StringComparison.Ordinal);
    }

    private async Task<string> Run(params string[] arguments)
    {
        var finished = await control.Host.Mevctl(arguments);
        Assert.True(finished.Code == 0, finished.All);
        return finished.Output;
    }
}
