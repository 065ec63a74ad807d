using System.Collections.Immutable;
using Mev.Control.Commands;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Learning;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Strategies;

namespace Mev.Fixtures.Commands;

/// <summary>Commands of a test to engines with <see cref="GrantedCommands"/>.</summary>
public static class GrantedOrders
{
    /// <summary>Puts a policy in force and answers the one that is; throws for one that cannot be.</summary>
    public static async ValueTask<Policy> Change(this IPolicyGrain policies, Policy policy, string reason)
    {
        Check(await policies.AsReference<IPolicyCommandGrain>().Execute(
            GrantedCommands.Order(new CommandEffect.PolicyChange(policy), reason)));
        return await policies.Current();
    }

    /// <summary>Lets submitting go on.</summary>
    public static async ValueTask<Policy> Resume(this IPolicyGrain policies, string reason)
    {
        var version = (await policies.Current()).Version + 1;
        Check(await policies.AsReference<IPolicyCommandGrain>().Execute(
            GrantedCommands.Order(new CommandEffect.Resume(version), reason)));
        return await policies.Current();
    }

    /// <summary>Begins an epoch with the prior; answers the epoch afterwards.</summary>
    public static ValueTask<ulong> Reset(this IStrategyGrain strategy, ulong epoch, string reason) =>
        strategy.Learn(LearningChangeKind.Reset, epoch, ReadOnlyMemory<byte>.Empty, reason);

    /// <summary>Begins an epoch with a posterior; answers the epoch afterwards.</summary>
    public static ValueTask<ulong> ChangePrior(
        this IStrategyGrain strategy, ulong epoch, ImmutableArray<byte> posterior, string reason) =>
        strategy.Learn(
            LearningChangeKind.PriorChange, epoch,
            posterior.IsDefault ? ReadOnlyMemory<byte>.Empty : posterior.AsMemory(), reason);

    /// <summary>Learns nothing until the thaw.</summary>
    public static async ValueTask Freeze(this IStrategyGrain strategy, string reason) =>
        await strategy.Learn(LearningChangeKind.Freeze, 0, ReadOnlyMemory<byte>.Empty, reason);

    /// <summary>Learns again.</summary>
    public static async ValueTask Thaw(this IStrategyGrain strategy, string reason) =>
        await strategy.Learn(LearningChangeKind.Thaw, 0, ReadOnlyMemory<byte>.Empty, reason);

    /// <summary>Puts a model in force, or none; answers what is. Throws for one that is refused.</summary>
    public static async ValueTask<ModelView> Activate(this IModelGrain models, Digest? id, string reason)
    {
        var version = (ulong)(await models.Current()).Changes + 1;
        Check(await models.AsReference<IModelCommandGrain>().Execute(
            GrantedCommands.Order(new CommandEffect.Model(version, id, IsPrevious: false), reason)));
        return await models.Current();
    }

    /// <summary>Puts the model before the present one in force; answers what is.</summary>
    public static async ValueTask<ModelView> RollBack(this IModelGrain models, string reason)
    {
        var version = (ulong)(await models.Current()).Changes + 1;
        Check(await models.AsReference<IModelCommandGrain>().Execute(
            GrantedCommands.Order(new CommandEffect.Model(version, null, IsPrevious: true), reason)));
        return await models.Current();
    }

    private static async ValueTask<ulong> Learn(
        this IStrategyGrain strategy, LearningChangeKind kind, ulong epoch, ReadOnlyMemory<byte> posterior,
        string reason)
    {
        var id = strategy.GetPrimaryKeyString();
        var answer = await strategy.AsReference<IStrategyCommandGrain>().Execute(
            GrantedCommands.Order(new CommandEffect.Learning(id, kind, epoch, posterior), reason));
        Check(answer);
        return answer.Version;
    }

    private static void Check(EffectAnswer answer)
    {
        if (!answer.IsDone && answer.Code != CommandRefusal.VersionConflict.Code)
            throw new ArgumentException(answer.Detail);
    }
}
