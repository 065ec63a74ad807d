using Mev.Control.Policies;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Limits;

namespace Mev.Control.Commands;

/// <summary>What a body of a command means for its owner: every command that this platform carries out.</summary>
internal static class EffectReader
{
    /// <summary>The effect; null for a command that has none, with a problem where it cannot be carried out.</summary>
    public static CommandEffect? Read(CommandBody body, Policy policy, out string? problem)
    {
        var members = new CommandMembers(body.Members);
        CommandEffect? effect = body.Name switch
        {
            "ping" => Ping(members),
            "stop" => Stop(members),
            "resume" => Resume(members, policy),
            "limit.tighten" or "limit.loosen" or "pool.quarantine" or "pool.enable" =>
                PolicyCommands.Read(body.Name, members, policy),
            "strategy.freeze" => Learning(members, LearningChangeKind.Freeze),
            "strategy.thaw" => Learning(members, LearningChangeKind.Thaw),
            "strategy.reset" => Learning(members, LearningChangeKind.Reset),
            "strategy.prior" => Learning(members, LearningChangeKind.PriorChange),
            "model.activate" => Model(members),
            _ => NotCarriedOut(members, body.Name),
        };
        problem = members.Problem;
        return problem is null ? effect : null;
    }

    private static CommandEffect? Ping(CommandMembers members)
    {
        members.Only("op", "reason");
        return null;
    }

    private static CommandEffect.Stop Stop(CommandMembers members)
    {
        members.Only("op", "scope", "reason");
        members.Reason();
        if (members.Text("scope") != "global") members.Refuse("'scope' must be global: this platform stops as a whole");
        return new CommandEffect.Stop();
    }

    /// <summary>Names the version that it resumes with, so it clears no stop that its signers did not see.</summary>
    private static CommandEffect.Resume Resume(CommandMembers members, Policy policy)
    {
        members.Only("op", "version", "reason");
        members.Reason();
        var version = members.Number("version");
        if (!policy.IsStopped) members.Refuse("nothing is stopped");
        else if (version != policy.Version + 1) members.Refuse(PolicyCommands.VersionProblem(version, policy));
        return new CommandEffect.Resume(version);
    }

    private static CommandEffect.Learning Learning(CommandMembers members, LearningChangeKind kind)
    {
        var begins = kind is LearningChangeKind.Reset or LearningChangeKind.PriorChange;
        var isPrior = kind == LearningChangeKind.PriorChange;
        members.Only([
            "op", "strategy", "reason", .. begins ? ["epoch"] : Array.Empty<string>(),
            .. isPrior ? ["posterior_b64"] : Array.Empty<string>()]);
        members.Reason();
        return new CommandEffect.Learning(
            members.Text("strategy"), kind, begins ? members.Number("epoch") : 0,
            isPrior ? members.Bytes("posterior_b64") : ReadOnlyMemory<byte>.Empty);
    }

    /// <summary>Numbers the change, so it replaces no model that its signers did not see.</summary>
    private static CommandEffect.Model Model(CommandMembers members)
    {
        members.Only("op", "model", "version", "reason");
        members.Reason();
        var (model, version) = (members.Text("model"), members.Number("version"));
        var isNamed = Digest.TryParse(model, out var id);
        if (!isNamed && model is not ("previous" or "none"))
            members.Refuse("'model' must be a file's SHA-256 of 64 hexadecimal digits, or previous, or none");
        return new CommandEffect.Model(version, isNamed ? id : null, model == "previous");
    }

    private static CommandEffect? NotCarriedOut(CommandMembers members, string name)
    {
        members.Refuse($"'{name}' is known, and this version of the platform does not carry it out");
        return null;
    }
}
