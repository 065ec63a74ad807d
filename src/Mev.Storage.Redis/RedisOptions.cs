using System.ComponentModel.DataAnnotations;

namespace Mev.Storage.Redis;

/// <summary>Section <c>Redis</c>: membership, grain states, reminders and nonces of a cluster.</summary>
public sealed class RedisOptions
{
    /// <summary>
    /// Where grain states, reminders and nonces are: <c>host:port</c>, several with commas, then options such as
    /// <c>password=</c>. Default none: the state is a file, and the silo is alone.
    /// </summary>
    [RedisAddress]
    public string ConnectionString { get; init; } = "";

    /// <summary>
    /// Where the membership table is, best another instance: one that is wiped then does not take both. Default the
    /// same.
    /// </summary>
    [RedisAddress(MayBeEmpty = true)]
    public string MembershipConnectionString { get; init; } = "";

    /// <summary>What stands before the keys of states and reminders, for good. Default mev.</summary>
    [RegularExpression("[a-z0-9-]{1,50}", ErrorMessage = "a-z, 0-9 and '-', at most 50")]
    public string ServiceId { get; init; } = "mev";

    /// <summary>The membership table among those of the service. Default main.</summary>
    [RegularExpression("[a-z0-9-]{1,50}", ErrorMessage = "a-z, 0-9 and '-', at most 50")]
    public string ClusterId { get; init; } = "main";

    /// <summary>
    /// Longest wait for an answer. While there is no connection nothing waits: it is refused. Default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:10")]
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait of a silo for another's answer to a probe; three missed are a vote. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:30")]
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Silos that have to find another one dead before it is. Default 2; 1 is for two silos only, since one that is cut
    /// off itself then declares the others dead.
    /// </summary>
    [Range(1, 5)]
    public int DeathVotes { get; init; } = 2;
}
