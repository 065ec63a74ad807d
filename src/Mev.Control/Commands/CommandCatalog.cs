using System.Collections.Frozen;

namespace Mev.Control.Commands;

/// <summary>Every command by its name, with the endpoint that may carry it and its class.</summary>
public static class CommandCatalog
{
    private static readonly FrozenDictionary<string, (string Path, CommandClass Class)> Known = Table();

    /// <summary>Every name.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>
    /// The class of a command at its endpoint; <see cref="CommandClass.Unknown"/> for a name that is not known or
    /// belongs to another endpoint. Of a changed limit the direction decides, not the name.
    /// </summary>
    public static CommandClass ClassOf(string name, string path) =>
        Known.TryGetValue(name, out var entry) && entry.Path == path ? entry.Class : CommandClass.Unknown;

    private static FrozenDictionary<string, (string Path, CommandClass Class)> Table()
    {
        var table = new Dictionary<string, (string, CommandClass)>();
        Add(CommandEndpoints.Commands, CommandClass.Tightening,
            "ping", "strategy.pause", "strategy.paper", "strategy.freeze", "limit.tighten", "pool.quarantine",
            "alert.acknowledge");
        Add(CommandEndpoints.Commands, CommandClass.Loosening,
            "strategy.resume", "strategy.live", "strategy.thaw", "strategy.reset", "strategy.prior",
            "model.activate", "limit.loosen",
            "resume", "pool.enable", "token.allow", "program.allow");
        Add(CommandEndpoints.Commands, CommandClass.Administration,
            "key.add", "key.revoke", "role.set", "policy.rules", "wallet.rotate", "log-key.rotate");
        Add(CommandEndpoints.Commands, CommandClass.OutsideAddress, "wallet.outside", "address.allow");
        Add(CommandEndpoints.Commands, CommandClass.Possession, "key.confirm");
        Add(CommandEndpoints.Commands, CommandClass.TwoPersons,
            "proposal.create", "proposal.approve", "proposal.refuse", "proposal.withdraw");
        Add(CommandEndpoints.Stop, CommandClass.Tightening, "stop");
        Add(CommandEndpoints.Genesis, CommandClass.Genesis, "genesis.propose", "genesis.approve");
        Add(CommandEndpoints.Sessions, CommandClass.OwnSession, "session.create");
        Add(CommandEndpoints.Sessions, CommandClass.Reading, "session.open");
        Add(CommandEndpoints.StreamTickets, CommandClass.Reading, "stream.ticket");
        return table.ToFrozenDictionary();

        void Add(string path, CommandClass @class, params string[] names)
        {
            foreach (var name in names) table.Add(name, (path, @class));
        }
    }
}
