using Mev.Control.Commands;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Pools;

namespace Mev.Control.Policies;

/// <summary>Commands that change limits: which policy each makes of the one in force.</summary>
internal static class PolicyCommands
{
    /// <summary>The change; what is wrong is told to the members.</summary>
    public static CommandEffect.PolicyChange Read(string name, CommandMembers members, Policy policy)
    {
        members.Reason();
        var version = members.Number("version");
        if (version != policy.Version + 1) members.Refuse(VersionProblem(version, policy));
        var next = name is "pool.quarantine" or "pool.enable"
            ? WithPool(members, policy, isQuarantined: name == "pool.quarantine")
            : WithLimits(members, policy);
        next = next with { Version = version };
        if (next.Refusal() is { } refusal) members.Refuse(refusal); // only what is allowed has canonical bytes
        else if ((next with { Version = policy.Version }).Hash == policy.Hash) members.Refuse("it changes nothing");
        return new CommandEffect.PolicyChange(next);
    }

    /// <summary>The limits of the first policy.</summary>
    public static Policy First(CommandMembers limits)
    {
        var policy = Limits(limits, new Policy()) with { Version = 1 };
        if (policy.Refusal() is { } refusal) limits.Refuse(refusal);
        return policy;
    }

    public static string VersionProblem(ulong version, Policy policy) =>
        $"'version' is {version}; the policy in force is {policy.Version}, so {policy.Version + 1} follows";

    private static Policy WithLimits(CommandMembers members, Policy policy)
    {
        members.Only("op", "version", "limits", "reason");
        var limits = members.Object("limits");
        var next = Limits(limits, policy);
        if (limits.Problem is { } problem) members.Refuse(problem);
        return next;
    }

    private static Policy Limits(CommandMembers limits, Policy policy)
    {
        limits.Only(
            "minimum_profit", "amount_in_max", "tip_max", "open_submissions_max", "loss_trade_max", "loss_hour_max",
            "loss_day_max", "drawdown_max", "failures_max", "caps");
        return policy with
        {
            MinimumProfit = new Lamports(Lamports("minimum_profit") ?? policy.MinimumProfit.Value),
            AmountInMax = new TokenAmount(limits.OptionalNumber("amount_in_max") ?? policy.AmountInMax.Units),
            TipMax = new Lamports(Lamports("tip_max") ?? policy.TipMax.Value),
            OpenSubmissionsMax = (int)Bounded("open_submissions_max", int.MaxValue, policy.OpenSubmissionsMax),
            Losses = new LossLimits
            {
                TradeMax = Loss("loss_trade_max", policy.Losses.TradeMax),
                HourMax = Loss("loss_hour_max", policy.Losses.HourMax),
                DayMax = Loss("loss_day_max", policy.Losses.DayMax),
                DrawdownMax = Loss("drawdown_max", policy.Losses.DrawdownMax),
                FailuresMax = (int)Bounded("failures_max", LossBook.FailuresKept, policy.Losses.FailuresMax),
            },
            Caps = CapCommands.Read(limits, policy.Caps),
        };

        long? Lamports(string name) => Bounded(name, long.MaxValue, -1) is >= 0 and var value ? value : null;

        Lamports Loss(string name, Lamports otherwise) => Lamports(name) is { } value ? new Lamports(value) : otherwise;

        long Bounded(string name, long max, long otherwise)
        {
            if (limits.OptionalNumber(name) is not { } number) return otherwise;
            if (number <= (ulong)max) return (long)number;
            limits.Refuse($"'{name}' must be at most {max}");
            return otherwise;
        }
    }

    private static Policy WithPool(CommandMembers members, Policy policy, bool isQuarantined)
    {
        members.Only("op", "version", "pool", "reason");
        if (!Pubkey.TryParse(members.Text("pool"), out var address))
        {
            members.Refuse("'pool' must be the address of a pool in base58");
            return policy;
        }
        var pool = new PoolId(address);
        var pools = policy.QuarantinedPools;
        return pools.Contains(pool) == isQuarantined
            ? policy
            : policy with { QuarantinedPools = isQuarantined ? [.. pools.Add(pool).Order()] : pools.Remove(pool) };
    }
}
