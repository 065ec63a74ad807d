using Mev.Control.Commands;
using Mev.Domain.Chain;
using Mev.Domain.Models;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Commands;

namespace Mev.Grains.Learning;

/// <content>What operators change, each command once: its record carries its id.</content>
internal sealed partial class ModelGrain
{
    public async ValueTask<EffectAnswer> Execute(CommandOrder order)
    {
        await CatchUp(); // before the log is asked what it has, so what is known here is known there
        try
        {
            return await Execute(await commands.Authorise(order));
        }
        catch (CommandRefusedException refused)
        {
            return refused.ToAnswer(Version);
        }
    }

    private ulong Version => (ulong)state.State.Changes;

    private async ValueTask<EffectAnswer> Execute(AuthorisedCommand command)
    {
        if (command.Effect is not CommandEffect.Model change) throw CommandRefusedException.Stranger(command);
        if (command.IsDone) return new EffectAnswer { Version = change.Version };
        if (change.Version != Version + 1)
        {
            throw new CommandRefusedException(
                CommandRefusal.VersionConflict,
                $"'version' is {change.Version}; {Version} changes of models were made by now, so {Version + 1} "
                + "follows: look, and sign anew");
        }
        var id = change.IsPrevious ? state.State.Previous : change.Id;
        if (id == state.State.Current)
        {
            throw new CommandRefusedException(
                CommandRefusal.CommandInvalid, $"{(id is null ? "no model" : $"{id}")} is in force as it is");
        }
        await PutInForce(
            id is { } asked ? await Find(asked) : null, command.Reason, command.CommandId, change.IsPrevious);
        return new EffectAnswer { Version = Version };
    }

    /// <summary>From the journal, which has every file that was in force, or the folder.</summary>
    private async ValueTask<OffsetModel> Find(Digest id)
    {
        var file = await blobs.Read(id) ?? shelf.Find(id) ?? throw new CommandRefusedException(
            CommandRefusal.CommandInvalid,
            $"there is no model {id}: neither the journal nor Model:Folder '{shelf.Folder}' has it; put the file there "
            + $"as {ModelShelf.NameOf(id)}");
        return Admitted(file, out var refusal) ?? throw new CommandRefusedException(
            CommandRefusal.CommandInvalid, $"model {id} is refused: {refusal}");
    }
}
