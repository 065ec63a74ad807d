namespace Mev.Grains.Commands;

/// <summary>Keeps a silo's commands to those who sign.</summary>
public static class CommandFilterHosting
{
    /// <summary>
    /// Refuses calls of command interfaces without valid signatures, and from outside the silos all others that do not
    /// only read.
    /// </summary>
    public static ISiloBuilder AddCommandFilter(this ISiloBuilder silo) =>
        silo.AddIncomingGrainCallFilter<CommandCallFilter>();
}
