using System.ComponentModel.DataAnnotations;

namespace Mev.Simulator;

/// <summary>
/// Section <c>Simulator</c>: how the chain runs and where it is served. What is on it comes from the section
/// <c>Generator</c>; the same values of both give the same chain.
/// </summary>
public sealed class SimulatorOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Simulator";

    /// <summary>Loopback port of the account stream (gRPC); 0 for any. Default 10000.</summary>
    [Range(0, 65_535)]
    public int YellowstonePort { get; init; } = 10_000;

    /// <summary>Loopback port of JSON-RPC; 0 for any. Default 8899.</summary>
    [Range(0, 65_535)]
    public int RpcPort { get; init; } = 8_899;

    /// <summary>
    /// PEM file of a certificate: then all ports, the block engine's too, speak TLS alone. Default none: in the clear.
    /// </summary>
    public string CertificatePath { get; init; } = "";

    /// <summary>PEM file of its key. Default none.</summary>
    public string CertificateKeyPath { get; init; } = "";

    /// <summary>Times real time at which ticks come; 0 for a chain that stands still. Default 1.</summary>
    [Range(0.0, 1_000.0)]
    public double Speed { get; init; } = 1;

    /// <summary>Length of a tick of the chain's time. Default 50 ms.</summary>
    [Range(1, 400)]
    public int TickMs { get; init; } = 50;

    /// <summary>Ticks in a slot. Default 8, which makes 400 ms.</summary>
    [Range(1, 400)]
    public int TicksPerSlot { get; init; } = 8;

    /// <summary>Blocks from a processed to the confirmed one. Default 2.</summary>
    [Range(1, 32)]
    public int ConfirmedBehind { get; init; } = 2;

    /// <summary>Blocks from a processed to the finalized one. Default 32.</summary>
    [Range(2, 256)]
    public int FinalizedBehind { get; init; } = 32;

    /// <summary>Slots that can be sent again, those above the finalized one included. Default 150.</summary>
    [Range(1, 10_000)]
    public int HeldSlots { get; init; } = 150;

    /// <summary>
    /// After each slot whose number is a multiple of it the newest slots are given up; 0 for never. Default 0.
    /// </summary>
    [Range(0, 1_000_000)]
    public int ForkEverySlots { get; init; }

    /// <summary>Slots given up each time, at most those that are not confirmed. Default 1.</summary>
    [Range(1, 32)]
    public int ForkDepth { get; init; } = 1;

    /// <summary>
    /// Slots given up are told to be dead; otherwise only the parents of later slots show it. Default true.
    /// </summary>
    public bool TellsDeadSlots { get; init; } = true;

    /// <summary>Leaders of the chain, four slots each in turn. Default 8.</summary>
    [Range(1, 10_000)]
    public int Leaders { get; init; } = 8;

    /// <summary>
    /// Addresses, base58, that hold SOL, as much wrapped SOL, and an empty token account of every mint as the chain
    /// begins. Default none.
    /// </summary>
    [MaxLength(1_024)]
    public IReadOnlyList<string> FundedWallets { get; init; } = [];

    /// <summary>Lamports of each, and as many wrapped. Default 1,000 SOL.</summary>
    [Range(0L, 1_000_000_000_000_000_000L)]
    public long FundedLamports { get; init; } = 1_000_000_000_000;

    /// <summary>
    /// Messages that wait for one subscriber, those of a replay not counted; beyond, it is cut off. Default 65,536.
    /// </summary>
    [Range(1, 10_000_000)]
    public int SubscriberMessagesMax { get; init; } = 65_536;

    /// <summary>Subscribers at the same time; a further one is refused. Default 64.</summary>
    [Range(1, 10_000)]
    public int SubscribersMax { get; init; } = 64;

    /// <summary>Time between two pings to a subscriber. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);
}
