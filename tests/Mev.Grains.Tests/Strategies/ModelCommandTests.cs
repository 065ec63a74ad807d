using Mev.Control.Commands;
using Mev.Domain.Chain;
using Mev.Fixtures.Commands;
using Mev.Fixtures.Models;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Learning;
using Mev.Grains.Learning;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Strategies;

/// <summary>Operators put models in force by commands; that these were signed is shown elsewhere.</summary>
public sealed class ModelCommandTests : IAsyncLifetime
{
    private static readonly LogPartition Control = new(LogTopics.Audit, AuditWriter.ControlPartition);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("model-command-");
    private readonly Engine _engine;

    public ModelCommandTests() =>
        _engine = new() { Settings = new() { ["Model:Folder"] = _folder.FullName } };

    private IModelGrain Models => _engine.Grains.GetGrain<IModelGrain>(ModelKeys.Offset);

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_of_the_folder_goes_in_force_and_back_also_when_the_file_is_gone()
    {
        var (first, second) = (Put(MadeModels.Of(0.25)), Put(MadeModels.Of(-0.5)));
        Assert.Equal(first, (await Models.Activate(first, "trained")).Current);
        Assert.Equal(second, (await Models.Activate(second, "trained again")).Current);
        File.Delete(PathOf(first));
        await _engine.Restart();

        var back = await Models.RollBack("worse than it looked");
        Assert.Equal((first, second, 3L), (back.Current, back.Previous, back.Changes));
        var none = await Models.Activate(null, "without for a while");
        Assert.Equal((null, first), (none.Current, none.Previous));
        Assert.Equal(first, (await Models.Activate(first, "from the journal")).Current);
        Assert.Equal(
            ["trained", "trained again", "worse than it looked", "without for a while", "from the journal"],
            (await Changes()).Select(change => change.Reason));
    }

    [Fact]
    public async Task A_command_is_carried_out_once_and_only_on_what_its_signers_saw()
    {
        var (first, second) = (Put(MadeModels.Of(0.25)), Put(MadeModels.Of(-0.5)));
        var (one, other, late) = (Order(1, first), Order(2, second), Order(2, first));
        Assert.Equal(1UL, (await Execute(one)).Version);
        Assert.Equal((true, 1UL), ((await Execute(one)).IsDone, (await Execute(one)).Version)); // not answered before
        Assert.True((await Execute(other)).IsDone);
        await _engine.Restart();
        Assert.Equal((true, 1UL), ((await Execute(one)).IsDone, (await Execute(one)).Version)); // though another came
        Assert.Equal("version_conflict", (await Execute(late)).Code);
        Assert.Equal("version_conflict", (await Execute(Order(4, first))).Code);
        Assert.Equal(second, (await Models.Current()).Current);
        Assert.Equal(2, (await Changes()).Count);
    }

    [Fact]
    public async Task What_is_unknown_refused_misnamed_or_in_force_changes_nothing_and_is_told()
    {
        var (refused, good) = (Put(MadeModels.Refused(0.25)), Put(MadeModels.Of(0.1)));
        var misnamed = MadeModels.Of(0.2);
        await File.WriteAllBytesAsync(PathOf(Digest.Of("another"u8)), misnamed);
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "large.model"), new byte[1 << 20]);
        await Models.Activate(good, "trained");

        await Refuses(refused, "calibration error 0.042");
        await Refuses(Digest.Of("nobody's"u8), "has it; put the file there as");
        await Refuses(Digest.Of(misnamed), "has it; put the file there as");
        await Refuses(Digest.Of("another"u8), "has it; put the file there as");
        await Refuses(good, "is in force as it is");
        Assert.Equal((good, 1L), ((await Models.Current()).Current, (await Models.Current()).Changes));

        var files = (await Models.Files()).ToDictionary(file => file.Name, file => file.Refusal);
        Assert.Equal(4, files.Count);
        Assert.Empty(files[$"{good}.model"]);
        Assert.Contains("calibration error 0.042", files[$"{refused}.model"], StringComparison.Ordinal);
        Assert.Contains("more than", files["large.model"], StringComparison.Ordinal);
        Assert.Contains("a command looks for", files[$"{Digest.Of("another"u8)}.model"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roll_back_to_what_the_gates_refuse_by_now_is_refused()
    {
        var trial = Put(MadeModels.Refused(0.25));
        await Restart("Model:AllowRefused", "true");
        Assert.Equal(trial, (await Models.Activate(trial, "a trial")).Current);
        var good = Put(MadeModels.Of(0.1));
        await Models.Activate(good, "trained");
        await Restart("Model:AllowRefused", "false");

        var refusal = await Assert.ThrowsAsync<ArgumentException>(async () => await Models.RollBack("back"));

        Assert.Contains("calibration error 0.042", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(good, (await Models.Current()).Current);
    }

    [Fact]
    public async Task A_start_leaves_what_a_command_put_in_the_place_of_the_configured_model()
    {
        var (configured, other, next) = (
            Put(MadeModels.Of(0.25)), Put(MadeModels.Of(-0.5)), Put(MadeModels.Of(0.4)));
        await Restart("Model:Path", PathOf(configured));
        Assert.Equal(configured, (await Start()).Current);
        await Models.Activate(other, "better");
        await Models.Activate(null, "none is better still");
        await _engine.Restart();
        Assert.Null((await Start()).Current);

        await Restart("Model:Path", PathOf(next)); // what is newly configured is meant
        Assert.Equal(next, (await Start()).Current);
        await Restart("Model:Path", PathOf(configured));
        Assert.Equal(configured, (await Start()).Current);
    }

    /// <summary>Activated live, then written into the settings so that it lasts, then taken out.</summary>
    [Fact]
    public async Task A_start_remembers_that_it_was_configured_with_what_was_in_force_already()
    {
        var (first, second) = (Put(MadeModels.Of(0.25)), Put(MadeModels.Of(-0.5)));
        await Models.Activate(first, "trained");
        await Models.Activate(second, "better");
        await Restart("Model:Path", PathOf(second));
        var view = await Start();
        Assert.Equal((second, first, 2L), (view.Current, view.Previous, view.Changes));
        Assert.Equal(2L, (await Start()).Changes);
        Assert.Equal(first, (await Models.RollBack("it was not")).Current);

        await _engine.Restart();

        Assert.Equal((first, 3L), ((await Start()).Current, (await Start()).Changes));
    }

    private static CommandOrder Order(ulong version, Digest? model) => GrantedCommands.Order(
        new CommandEffect.Model(version, model, IsPrevious: false), "test");

    private ValueTask<EffectAnswer> Execute(CommandOrder order) =>
        _engine.Grains.GetGrain<IModelCommandGrain>(ModelKeys.Offset).Execute(order);

    private Task<ModelView> Start() => _engine.Service<ModelStart>().Begin();

    private async Task Refuses(Digest model, string why)
    {
        var answer = await Execute(Order((ulong)(await Models.Current()).Changes + 1, model));
        Assert.Equal("command_invalid", answer.Code);
        Assert.Contains(why, answer.Detail, StringComparison.Ordinal);
    }

    private Task Restart(string setting, string value)
    {
        _engine.Settings[setting] = value;
        return _engine.Restart();
    }

    private Digest Put(byte[] file)
    {
        var id = Digest.Of(file);
        File.WriteAllBytes(PathOf(id), file);
        return id;
    }

    private string PathOf(Digest id) => Path.Combine(_folder.FullName, $"{id}.model");

    private async Task<IReadOnlyList<Contracts.V1.ModelChange>> Changes() =>
    [
        .. (await _engine.Log.Read(Control, 0, 10_000))
            .Where(record => record.Entry.Type == RecordType.ModelChange)
            .Select(record => AuditRecords.Read(record)!.ModelChange),
    ];
}
