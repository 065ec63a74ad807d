using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Fixtures.Commands;
using Mev.Fixtures.Models;
using Mev.Grains.Abstractions.Learning;
using Mev.Grains.Abstractions.Strategies;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Replay;

namespace Mev.Grains.Tests.Strategies;

/// <summary>A model is swapped while decisions go on, named in their records, and rolled back.</summary>
public sealed class ModelGrainTests : IAsyncLifetime
{
    private const int DecisionsMax = 60; // as many as may be open
    private static readonly LogPartition Control = new(LogTopics.Audit, AuditWriter.ControlPartition);

    private readonly Engine _engine = new()
    {
        Settings = new()
        {
            ["Trading:Strategies:0:Id"] = "arb-1",
            ["Trading:Strategies:0:Sampler"] = $"{SamplerKind.Factored}",
        },
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("model-grain-");
    private int _chance;

    private IModelGrain Models => _engine.Grains.GetGrain<IModelGrain>(ModelKeys.Offset);

    private IStrategyGrain Strategy => _engine.Grains.GetGrain<IStrategyGrain>("arb-1");

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_in_force_is_in_each_record_and_a_restart_and_a_roll_back_know_it()
    {
        var (first, second) = (MadeModels.Of(0.25), MadeModels.Of(-0.5));
        Assert.Null((await Models.Current()).Current);
        await Decide();
        Assert.Equal(Digest.Of(first), (await Models.Swap([.. first], replaces: null, "trained")).Current);
        await Decide();
        var swapped = await Models.Swap([.. second], Digest.Of(first), "trained again");
        Assert.Equal((Digest.Of(second), Digest.Of(first), 2L), (swapped.Current, swapped.Previous, swapped.Changes));
        await Decide();

        await _engine.Restart();

        await Models.Current();
        await Decide();
        var back = await Models.RollBack("worse than it looked");
        Assert.Equal((Digest.Of(first), Digest.Of(second), 3L), (back.Current, back.Previous, back.Changes));
        await Decide();

        var surroundings = (await Decisions()).Select(decision => decision.Core.Surroundings).ToArray();
        Assert.Equal([0.0, 0.25, -0.5, -0.5, 0.25], surroundings.Select(each => each.ModelOffset));
        Assert.Equal(
            ["", Hex(first), Hex(second), Hex(second), Hex(first)],
            surroundings.Select(each => Convert.ToHexStringLower(each.ModelId.Span)));
        var reasons = (await Records(Control, RecordType.ModelChange)).Select(body => body.ModelChange.Reason);
        Assert.Equal(["trained", "trained again", "worse than it looked"], reasons);
    }

    [Fact]
    public async Task A_decision_is_explained_with_the_model_that_its_record_names()
    {
        var file = MadeModels.Of(0.25);
        await Models.Swap([.. file], replaces: null, "trained");
        await Decide();
        var record = (await _engine.Log.Read(new(LogTopics.Audit, 1), 0, 1_000))
            .Last(each => each.Entry.Type is RecordType.Intent or RecordType.Skip);
        var core = AuditRecords.Read(record)!.Decision.Core;
        Assert.Equal(0.25, core.Surroundings.ModelOffset);
        var blobs = new Dictionary<Digest, ReadOnlyMemory<byte>>();
        foreach (var blob in await _engine.Log.Read(new(LogTopics.Blobs, 0), 0, 1_000))
            blobs[Digest.Of(blob.Entry.Bytes.Span)] = blob.Entry.Bytes;
        var replay = new DecisionReplay(inputs => new Domain.Bundles.PaperOrderBuilder(inputs.Parameters));
        Assert.NotEmpty(replay.Explain(core, Lookup).Items);

        blobs.Remove(Digest.Of(file));
        Assert.EndsWith(
            "(model) is missing from the journal", replay.Explain(core, Lookup).Problem, StringComparison.Ordinal);

        ReadOnlyMemory<byte>? Lookup(Digest hash) =>
            blobs.TryGetValue(hash, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);
    }

    [Fact]
    public async Task What_is_no_model_or_replaces_another_changes_nothing()
    {
        var file = MadeModels.Of(0.1);
        var damaged = file.ToArray();
        damaged[^1] ^= 1;
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Models.Swap([.. damaged[..^3]], null, "damaged"));
        Assert.Contains("the model is refused", refused.Message, StringComparison.Ordinal);
        var stranger = Model.Parser.ParseFrom(file);
        stranger.SchemaHash = ByteString.CopyFrom(new byte[32]);
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await Models.Swap([.. stranger.ToByteArray()], null, "of other features"));
        Assert.Null((await Models.Swap([.. file], Digest.Of("another"u8), "too late")).Current);
        Assert.Equal(0, (await Models.Current()).Changes);
        Assert.Empty(await Records(Control, RecordType.ModelChange));
    }

    [Fact]
    public async Task What_the_gates_refuse_is_used_only_where_that_is_allowed_also_by_a_later_start()
    {
        var file = MadeModels.Refused(0.25);
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Models.Swap([.. file], replaces: null, "trained"));
        Assert.Contains("calibration error 0.042, allowed is 0.03", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await Records(Control, RecordType.ModelChange));

        await Restart(isAllowed: true);
        Assert.Equal((Digest.Of(file), ""), Shown(await Models.Swap([.. file], replaces: null, "a trial")));
        await Decide();

        await Restart(isAllowed: false); // no path is configured: what was in force would go on
        var (id, problem) = Shown(await Models.Current());
        Assert.Equal(Digest.Of(file), id);
        Assert.Contains("calibration error 0.042", problem, StringComparison.Ordinal);
        await Decide();

        await Restart(isAllowed: true);
        Assert.Equal((Digest.Of(file), ""), Shown(await Models.Current()));
        await Decide();
        Assert.Equal(
            [0.25, 0.0, 0.25], (await Decisions()).Select(decision => decision.Core.Surroundings.ModelOffset));

        Task Restart(bool isAllowed)
        {
            _engine.Settings["Model:AllowRefused"] = $"{isAllowed}";
            return _engine.Restart();
        }

        static (Digest?, string) Shown(ModelView view) => (view.Current, view.Problem);
    }

    [Fact]
    public void A_start_with_a_model_that_the_gates_refuse_is_refused_with_the_figure()
    {
        var path = Path.Combine(_folder.FullName, "refused");
        File.WriteAllBytes(path, MadeModels.Refused(0.25));
        var rule = new Learning.ModelGateRule();
        var failure = Assert.Single(rule.Validate(null, new() { Path = path }).Failures!);
        Assert.Contains($"'{path}'", failure, StringComparison.Ordinal);
        Assert.Contains("calibration error 0.042, allowed is 0.03", failure, StringComparison.Ordinal);
        Assert.True(rule.Validate(null, new() { Path = path, AllowRefused = true }).Succeeded);
        File.WriteAllBytes(path, MadeModels.Of(0.25));
        Assert.True(rule.Validate(null, new() { Path = path }).Succeeded);
        Assert.True(rule.Validate(null, new()).Succeeded);
    }

    [Fact]
    public async Task A_model_of_longAgo_gives_no_offset()
    {
        var longAgo = TimeProvider.System.GetUtcNow().AddDays(-31).ToUnixTimeMilliseconds();
        var view = await Models.Swap([.. MadeModels.Of(0.3, longAgo)], null, "old");
        Assert.True(view.IsStale);
        await Decide();
        var surroundings = Assert.Single(await Decisions()).Core.Surroundings;
        Assert.Equal((0.0, 0), (surroundings.ModelOffset, surroundings.ModelId.Length));
    }

    [Fact]
    public async Task A_configured_model_that_was_rolled_back_is_not_put_in_force_by_the_next_start()
    {
        var (first, second) = (MadeModels.Of(0.25), MadeModels.Of(-0.5));
        var path = Path.Combine(_folder.FullName, "model");
        await File.WriteAllBytesAsync(path, first);
        _engine.Settings["Model:Path"] = path;
        await _engine.Restart();
        Assert.Equal(Digest.Of(first), (await Start()).Current);
        Assert.Equal(1, (await Start()).Changes); // once
        Assert.Null((await Models.RollBack("worse than it looked")).Current);

        await _engine.Restart();
        Assert.Equal((null, 2L), ((await Start()).Current, (await Start()).Changes));

        await File.WriteAllBytesAsync(path, second); // another one is
        await _engine.Restart();
        Assert.Equal(Digest.Of(second), (await Start()).Current);

        Task<ModelView> Start() => _engine.Service<Learning.ModelStart>().Begin();
    }

    [Fact]
    public async Task Under_load_no_decision_fails_and_each_has_one_of_the_models()
    {
        var files = new[] { MadeModels.Of(0.2), MadeModels.Of(-0.2) };
        var deciding = Task.Run(async () =>
        {
            for (var i = 0; i < DecisionsMax; i++) await Decide();
        });
        var swaps = 0;
        while (!deciding.IsCompleted)
        {
            var current = (await Models.Current()).Current;
            await Models.Swap([.. files[swaps++ % 2]], current, "to and fro");
        }
        await deciding;
        Assert.True(swaps > 5);
        var used = (await Decisions()).Select(decision => decision.Core.Surroundings.ModelOffset).ToHashSet();
        Assert.True(used.IsSupersetOf([0.2, -0.2]), string.Join(' ', used));
        var decisions = await Decisions();
        Assert.Equal(DecisionsMax, decisions.Count);
        Assert.All(decisions, decision => Assert.Equal(
            decision.Core.Surroundings.ModelId.IsEmpty ? 0.0
                : decision.Core.Surroundings.ModelId.Span.SequenceEqual(Digest.Of(files[0]).ToArray()) ? 0.2 : -0.2,
            decision.Core.Surroundings.ModelOffset));
    }

    private async Task Decide() => await Strategy.Decide(new OpportunityBatch
    {
        Cursor = new Domain.Feed.FeedCursor((ulong)++_chance, new Slot(100), 0),
        Opportunities = [Chances.Of(_chance)],
        Counts = default,
        Best = [],
    });

    private async Task<IReadOnlyList<Decision>> Decisions() =>
    [
        .. (await _engine.Log.Read(new LogPartition(LogTopics.Audit, 1), 0, 10_000))
            .Where(record => record.Entry.Type is RecordType.Intent or RecordType.Skip or RecordType.Block)
            .Select(record => AuditRecords.Read(record)!.Decision),
    ];

    private async Task<IReadOnlyList<AuditRecord>> Records(LogPartition partition, RecordType type) =>
    [
        .. (await _engine.Log.Read(partition, 0, 10_000)).Where(record => record.Entry.Type == type)
            .Select(record => AuditRecords.Read(record)!),
    ];

    private static string Hex(byte[] file) => Digest.Of(file).ToString();
}
