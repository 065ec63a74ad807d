namespace Mev.Control.Starts;

/// <summary>What a process is told about the control plane of its cluster.</summary>
public sealed record ControlTerms
{
    /// <summary>Nobody may begin the cluster: it stays sealed and takes no command.</summary>
    public static ControlTerms None { get; } = new() { Authorities = [] };

    /// <summary>Who may begin it; null when nobody may.</summary>
    public TrustRoot? Root { get; init; }

    /// <summary>The root's keys are those of development.</summary>
    public bool IsDevelopmentRoot { get; init; }

    /// <summary>Hosts that commands of this cluster are addressed to, in lower case.</summary>
    public required IReadOnlyList<string> Authorities { get; init; }
}
