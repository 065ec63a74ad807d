using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Fixtures.Models;

namespace Mev.Integration.Tests.Control;

/// <summary>Two persons put a model in force in a running host, and take it back.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class ModelCommandTests(ControlHost control)
{
    [Fact]
    public async Task A_model_is_proposed_at_the_command_line_approved_shown_and_rolled_back()
    {
        var (first, second) = (Put(control, 0.25), Put(control, -0.5));
        var refused = Digest.Of(MadeModels.Refused(0.3));
        await File.WriteAllBytesAsync(PathOf(control, refused), MadeModels.Refused(0.3));
        var shown = await Run("models");
        Assert.Contains($"{first}", shown, StringComparison.Ordinal);
        Assert.Contains("calibration error 0.042", shown, StringComparison.Ordinal);

        await Activate($"{first}");
        Assert.Contains($"{first}", await Run("overview"), StringComparison.Ordinal);
        await Activate($"{second}");
        Assert.Equal($"{second}", await Current(control));
        await Activate("previous");
        Assert.Equal($"{first}", await Current(control));

        var no = await control.ByTwo("operator-1", "risk-1", await Body(control, $"{refused}"));
        Assert.Equal((422, "command_invalid"), (no.Status, no.Code));
        Assert.Contains("calibration error 0.042", no.Text("detail"), StringComparison.Ordinal);
        var alone = await control.Command("risk-1", await Body(control, $"{second}"));
        Assert.Equal((403, "two_person_required"), (alone.Status, alone.Code));
        var named = await control.Propose("operator-1", await Body(control, "../../etc/passwd"));
        Assert.Equal((422, "command_invalid"), (named.Status, named.Code));
        Assert.Contains("64 hexadecimal digits, or previous, or none", named.Text("detail"), StringComparison.Ordinal);
        Assert.Equal($"{first}", await Current(control));

        await control.Restart();
        Assert.Equal($"{first}", await Current(control));
    }

    /// <summary>The command as it can be carried out now.</summary>
    internal static async Task<object> Body(ControlHost control, string model) => new
    {
        op = "model.activate",
        model,
        version = $"{(await View(control)).GetProperty("changes").GetInt64() + 1}",
        reason = "test",
    };

    /// <summary>The model in force; null for none.</summary>
    internal static async Task<string?> Current(ControlHost control) =>
        (await View(control)).GetProperty("current").GetString();

    /// <summary>A file of the host's folder, named by its hash.</summary>
    internal static Digest Put(ControlHost control, double offset)
    {
        var file = MadeModels.Of(offset);
        var id = Digest.Of(file);
        File.WriteAllBytes(PathOf(control, id), file);
        return id;
    }

    private static string PathOf(ControlHost control, Digest id) => Path.Combine(
        Directory.CreateDirectory(Path.Combine(control.Folder, "models")).FullName, $"{id}.model");

    private static async Task<JsonElement> View(ControlHost control) =>
        (await control.Host.Get("/v1/models")).GetProperty("offset");

    private async Task Activate(string model)
    {
        var receipt = JsonDocument.Parse(await Run(
            "models", "activate", model, "--reason", "trained", "--key", control.KeyFile("operator-1"), "--json"))
            .RootElement;
        await Run(
            "proposals", "approve", receipt.GetProperty("proposal").GetString()!, "--sha256",
            receipt.GetProperty("command_sha256").GetString()!, "--key", control.KeyFile("risk-1"));
    }

    private async Task<string> Run(params string[] arguments)
    {
        var finished = await control.Host.Mevctl(arguments);
        Assert.True(finished.Code == 0, finished.All);
        return finished.Output;
    }
}
