namespace Mev.Grains.Commands;

/// <summary>Keeps a silo's commands to those who sign.</summary>
public static class CommandFilterHosting
{
    /// <summary>
    /// Refuses calls of command interfaces without valid signatures, and of everything else that does not only read when
    /// they come from outside the silos.
    /// </summary>
    public static ISiloBuilder AddCommandFilter(this ISiloBuilder silo) =>
        silo.AddIncomingGrainCallFilter<CommandCallFilter>();
}
