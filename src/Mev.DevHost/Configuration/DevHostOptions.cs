using System.ComponentModel.DataAnnotations;

namespace Mev.DevHost.Configuration;

/// <summary>Section <c>Host</c>: the process itself.</summary>
public sealed class DevHostOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Host";

    /// <summary>
    /// End the process when a finite feed has ended: code 0 when it was taken to its end, 6 when it failed.
    /// Default false.
    /// </summary>
    public bool ExitAtEnd { get; init; }

    /// <summary>Time between two lines of the summary when the output is no terminal. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan SummaryInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Loopback port between silos. Default 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; init; } = 11_111;

    /// <summary>Loopback port for Orleans clients. Default 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; init; } = 30_000;

    /// <summary>
    /// Orleans streams over the journal, the provider <c>log</c>, for grains of one's own: the platform itself uses
    /// none yet. Section <c>Streams</c> says where they lie. Default false.
    /// </summary>
    public bool HasStreams { get; init; }
}
