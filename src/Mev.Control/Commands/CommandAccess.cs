using Mev.Control.Keys;

namespace Mev.Control.Commands;

/// <summary>
/// Which class of command takes whom (specs: commands, section 8). Denies by default. A session's key is enough for
/// what one operator may do alone, and for reading.
/// </summary>
public static class CommandAccess
{
    /// <summary>The roles of which one is enough to tighten and to stop.</summary>
    internal const Roles Acting = Roles.Operator | Roles.Risk | Roles.Admin;

    /// <summary>Why the signatory may not execute the command alone; null when it may.</summary>
    public static CommandRefusal? Execute(CommandClass @class, Signatory by)
    {
        switch (@class)
        {
            case CommandClass.Reading: return by.IsAny(Roles.All) ? null : CommandRefusal.RoleDenied;
            case CommandClass.Tightening: return by.IsAny(Acting) ? null : CommandRefusal.RoleDenied;
            case CommandClass.OwnSession:
                return !by.IsAny(Roles.All) ? CommandRefusal.RoleDenied : LongTermOnly(by);
            default:
                return Propose(@class, by) ?? CommandRefusal.TwoPersonRequired;
        }
    }

    /// <summary>Why the signatory may not propose a command of the class; null when it may.</summary>
    public static CommandRefusal? Propose(CommandClass @class, Signatory by) =>
        by.IsAny(Proposers(@class)) && !IsAdminWhoTrades(@class, by) ? LongTermOnly(by) : CommandRefusal.RoleDenied;

    /// <summary>
    /// Why the signatory may not approve what somebody with those roles proposed; null when it may. That they are two
    /// persons is the proposal's own rule.
    /// </summary>
    public static CommandRefusal? Approve(CommandClass @class, Roles proposer, Signatory by) =>
        by.IsAny(Approvers(@class, proposer)) && !IsAdminWhoTrades(@class, by)
            ? LongTermOnly(by)
            : CommandRefusal.RoleDenied;

    private static Roles Proposers(CommandClass @class) => @class switch
    {
        CommandClass.Loosening => Roles.Operator | Roles.Risk,
        CommandClass.Administration => Roles.Admin,
        CommandClass.OutsideAddress => Roles.Admin | Roles.Risk,
        _ => Roles.None,
    };

    private static Roles Approvers(CommandClass @class, Roles proposer) => @class switch
    {
        CommandClass.Loosening => Roles.Risk, // so at least one of the two has it
        CommandClass.Administration => Roles.Admin,
        CommandClass.OutsideAddress => proposer.HasFlag(Roles.Admin) ? Roles.Risk : Roles.Admin,
        _ => Roles.None,
    };

    /// <summary>The registry admits none; were there one, it would not loosen.</summary>
    private static bool IsAdminWhoTrades(CommandClass @class, Signatory by) =>
        @class == CommandClass.Loosening && by.IsAny(Roles.Admin);

    private static CommandRefusal? LongTermOnly(Signatory by) =>
        by.Kind == KeyKind.LongTerm ? null : CommandRefusal.SessionKeyInsufficient;
}
