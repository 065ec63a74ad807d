using System.Collections.Immutable;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Control.Records;
using Mev.Domain.Chain;
using Mev.Domain.Models;
using Mev.Grains.Abstractions.Learning;
using Mev.Grains.Commands;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Learning;

/// <summary>
/// Holds which model is in force, as a fold of the journal's changes: journalled with the file, then in force, then
/// saved. Without a usable file, or with one that the gates refuse, offsets are 0 and everything works.
/// </summary>
[GrainType("model")]
internal sealed partial class ModelGrain(
    [PersistentState("model")] IPersistentState<ModelGrainState> state,
    IPartitionedLog log,
    AuditWriter audit,
    Blobs blobs,
    ModelInForce inForce,
    ModelShelf shelf,
    ICommandAuthority commands,
    IOptions<ModelOptions> options,
    ILogger<ModelGrain> logger) : Grain, IModelGrain, IModelCommandGrain
{
    private static readonly LogPartition Control = new(LogTopics.Audit, AuditWriter.ControlPartition);

    private OffsetModel? _model;
    private string _problem = "";
    private bool _isCaughtUp;

    public async ValueTask<ModelView> Current()
    {
        await CatchUp();
        return View();
    }

    public async ValueTask<ModelView> Swap(ImmutableArray<byte> file, Digest? replaces, string reason)
    {
        await CatchUp();
        var model = Admitted(file.AsMemory(), out var refusal)
            ?? throw new ArgumentException($"the model is refused: {refusal}", nameof(file));
        if (state.State.Current != replaces || state.State.Configured == model.Id) return View();
        await PutInForce(model, reason);
        return View();
    }

    public ValueTask<ImmutableArray<ModelFileView>> Files() => ValueTask.FromResult(shelf.List(file =>
    {
        if (ModelFile.TryRead(file, out var refusal) is not { } model) return (0, refusal);
        refusal = ModelVerdict.Of(file);
        if (options.Value.AllowRefused) refusal = "";
        if (refusal.Length == 0 && inForce.IsStale(model))
            refusal = "it would be taken, and give no offsets: it is too old (Model:AgeMax)";
        return (model.TrainedToMs, refusal);
    }));

    private async ValueTask PutInForce(
        OffsetModel? model, string reason, Guid command = default, bool isRollBack = false)
    {
        var record = new ModelChange
        {
            Model = this.GetPrimaryKeyString(),
            Reason = reason,
            RolledBack = isRollBack,
        };
        if (model is not null) record.ModelId = ByteString.CopyFrom(model.Id.ToArray());
        // What is in force already replaces nothing: only that it is configured now is told.
        var isInForce = model is not null && model.Id == state.State.Current;
        if ((isInForce ? state.State.Previous : state.State.Current) is { } previous)
            record.PreviousId = ByteString.CopyFrom(previous.ToArray());
        if (command != Guid.Empty) record.CommandId = ControlRecords.BytesOf(command);
        _isCaughtUp = false; // until it is known whether it became durable
        var named = model is null ? null : blobs.Missing([(model.Id, model.Bytes)]);
        await audit.Append(
            Control.Partition,
            [new AuditEntry(RecordType.ModelChange, model?.Id ?? default, new AuditRecord { ModelChange = record })],
            named);
        await CatchUp();
        await state.WriteStateAsync();
    }

    private async ValueTask CatchUp()
    {
        if (_isCaughtUp) return;
        var (known, next) = (state.State, state.State.NextOffset);
        await foreach (var record in log.ReadAll(Control, next))
        {
            next = record.Offset + 1;
            if (record.Entry.Type == RecordType.ModelChange) known = After(known, record);
        }
        if (_model?.Id != known.Current || _problem.Length > 0) _model = await Load(known.Current);
        state.State = known with { NextOffset = next };
        inForce.Adopt(_model);
        _isCaughtUp = true;
    }

    private ModelGrainState After(ModelGrainState before, LogRecord record)
    {
        if (AuditRecords.Read(record)?.ModelChange is not { } change) return before;
        if (change.Model != this.GetPrimaryKeyString()) return before;
        return before with
        {
            Current = IdOf(change.ModelId),
            Previous = IdOf(change.PreviousId),
            Changes = before.Changes + (IdOf(change.ModelId) == before.Current ? 0 : 1),
            Configured = change.CommandId.IsEmpty && !change.RolledBack ? IdOf(change.ModelId) : before.Configured,
        };
    }

    private async ValueTask<OffsetModel?> Load(Digest? id)
    {
        _problem = "";
        if (id is not { } hash) return null;
        var file = await blobs.Read(hash);
        var refusal = "its file is not in the journal, or damaged there";
        if (file is { } bytes && Admitted(bytes, out refusal) is { } model) return model;
        _problem = refusal;
        LogUnusable(hash, refusal);
        return null;
    }

    /// <summary>The model of a file that may be used here; null with the reason.</summary>
    private OffsetModel? Admitted(ReadOnlyMemory<byte> file, out string refusal)
    {
        if (ModelFile.TryRead(file, out refusal) is not { } model) return null;
        refusal = ModelVerdict.Of(file);
        if (refusal.Length == 0) return model;
        if (!options.Value.AllowRefused) return null;
        LogRefusedInForce(model.Id, refusal);
        return model;
    }

    private ModelView View() => new()
    {
        Current = state.State.Current,
        Previous = state.State.Previous,
        Changes = state.State.Changes,
        TrainedToMs = _model?.TrainedToMs ?? 0,
        IsStale = _model is not null && inForce.IsStale(_model),
        Problem = _problem,
        Configured = state.State.Configured,
    };

    private static Digest? IdOf(ByteString bytes) => bytes.IsEmpty ? null : new Digest(bytes.Span);

    [LoggerMessage(1090, LogLevel.Error, "Model {Model} cannot be used, so offsets are 0: {Refusal}")]
    private partial void LogUnusable(Digest model, string refusal);

    [LoggerMessage(1093, LogLevel.Warning, "Model {Model} is used for a trial (Model:AllowRefused): {Refusal}")]
    private partial void LogRefusedInForce(Digest model, string refusal);
}
