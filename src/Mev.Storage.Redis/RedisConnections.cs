using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Mev.Storage.Redis;

/// <summary>
/// The process's connections: one for states, reminders and nonces, one for membership. Each connects again by itself.
/// While it is not connected, what is asked of it fails at once, so that nobody waits behind what nobody answers.
/// </summary>
public sealed class RedisConnections : IAsyncDisposable
{
    private static readonly TimeSpan ReconnectInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lazy<Task<ConnectionMultiplexer>> _state;
    private readonly Lazy<Task<ConnectionMultiplexer>> _membership;

    /// <summary>Connects when it is first asked.</summary>
    public RedisConnections(IOptions<RedisOptions> options)
    {
        var own = options.Value;
        StateSettings = Settings(own.ConnectionString, own);
        MembershipSettings = own.MembershipConnectionString.Length > 0
            ? Settings(own.MembershipConnectionString, own)
            : StateSettings;
        _state = new(() => ConnectionMultiplexer.ConnectAsync(StateSettings));
        _membership = new(() => ConnectionMultiplexer.ConnectAsync(MembershipSettings));
    }

    /// <summary>What the first one is made of.</summary>
    internal ConfigurationOptions StateSettings { get; }

    /// <summary>What the second one is made of.</summary>
    internal ConfigurationOptions MembershipSettings { get; }

    /// <summary>States, reminders and nonces.</summary>
    internal Task<ConnectionMultiplexer> State => _state.Value;

    /// <summary>Membership.</summary>
    internal Task<ConnectionMultiplexer> Membership => _membership.Value;

    /// <summary>Closes both.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in new[] { _state, _membership })
            if (connection.IsValueCreated) await (await connection.Value).DisposeAsync();
    }

    private static ConfigurationOptions Settings(string connection, RedisOptions options)
    {
        var settings = ConfigurationOptions.Parse(connection);
        settings.AbortOnConnectFail = false;
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ReconnectRetryPolicy = new LinearRetry((int)ReconnectInterval.TotalMilliseconds);
        settings.ConnectTimeout = (int)options.AnswerTimeout.TotalMilliseconds;
        settings.AsyncTimeout = (int)options.AnswerTimeout.TotalMilliseconds;
        settings.ClientName = $"{options.ServiceId}-{options.ClusterId}";
        return settings;
    }
}
