using System.Net;
using StackExchange.Redis;

namespace Mev.Storage.Redis;

/// <summary>Addresses as messages show them.</summary>
internal static class RedisAddresses
{
    /// <summary>The servers, without what else stands in a connection string.</summary>
    public static string Shown(this ConfigurationOptions settings) =>
        string.Join(',', settings.EndPoints.Select(Shown));

    private static string Shown(EndPoint server) =>
        server is DnsEndPoint named ? $"{named.Host}:{named.Port}" : $"{server}";
}
