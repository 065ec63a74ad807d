using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Mev.Storage.Redis;

/// <summary>What is asked of Redis before the silo starts: whether it answers, what and who is there already.</summary>
public sealed class RedisStart(
    RedisConnections connections, IOptions<RedisOptions> options, IMembershipTable members, TimeProvider time)
{
    /// <summary>Both servers answer.</summary>
    /// <exception cref="RedisUnavailableException">One does not.</exception>
    public async Task CheckAnswers()
    {
        await CheckAnswers(connections.State, connections.StateSettings);
        if (connections.MembershipSettings != connections.StateSettings)
            await CheckAnswers(connections.Membership, connections.MembershipSettings);
    }

    /// <summary>
    /// No other silo of this cluster is alive. One that was killed is taken for alive for as long as it might be; on
    /// the machine and address of this one it is replaced.
    /// </summary>
    /// <param name="own">Where this silo listens; on loopback every machine has the same.</param>
    /// <param name="machine">This machine's name.</param>
    /// <exception cref="RedisUnavailableException">There is one.</exception>
    public async Task CheckAlone(IPEndPoint own, string machine)
    {
        await members.InitializeMembershipTableAsync(true);
        var since = time.GetUtcNow().UtcDateTime - (RedisHosting.AliveInterval * RedisHosting.AliveMissedMax);
        var other = (await members.ReadAllAsync()).Members.Select(member => member.Item1).FirstOrDefault(member =>
            member.Status is not (SiloStatus.Dead or SiloStatus.None)
            && !(member.SiloAddress.Endpoint.Equals(own) && member.HostName == machine)
            && (member.IAmAliveTime > since || member.StartTime > since));
        if (other is null) return;
        throw new RedisUnavailableException(
            $"cluster '{options.Value.ClusterId}' has a silo at {other.SiloAddress.Endpoint} of {other.HostName}: "
            + "several do not share a market yet. End it, or name another: --Redis:ClusterId NAME --Redis:ServiceId "
            + "NAME. One that was killed is taken for alive for "
            + $"{RedisHosting.AliveInterval.TotalSeconds * RedisHosting.AliveMissedMax} s.");
    }

    /// <summary>Whether any grain's state is there.</summary>
    public async ValueTask<bool> HasStates()
    {
        var connection = await connections.State;
        foreach (var server in connection.GetServers())
        {
            if (!server.IsConnected || server.IsReplica) continue;
            await foreach (var _ in server.KeysAsync(pattern: $"{options.Value.ServiceId}/state/*")) return true;
        }
        return false;
    }

    private static async Task CheckAnswers(Task<ConnectionMultiplexer> connection, ConfigurationOptions settings)
    {
        try
        {
            await (await connection).GetDatabase().PingAsync();
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            throw new RedisUnavailableException(
                $"Redis at {settings.Shown()} does not answer: {failure.Message} Start it, or name another: "
                + "--Redis:ConnectionString HOST:PORT.", failure);
        }
    }
}
