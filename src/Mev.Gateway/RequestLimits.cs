using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Mev.Gateway;

/// <summary>
/// What a connection may bring: beyond it the server refuses or closes, before anything of ours looks at it.
/// </summary>
public static class RequestLimits
{
    private const int HeaderBytesMax = 16 * 1024;
    private const int HeaderLinesMax = 64;
    private const int BodyBytesMax = 128 * 1024; // commands have a bound of their own, below it, and say so
    private const int ConnectionsMax = 1_024;
    private static readonly TimeSpan HeaderTimeMax = TimeSpan.FromSeconds(10);

    /// <summary>Sets them; a body that comes slower than the server's least rate ends its connection.</summary>
    public static void Set(KestrelServerLimits limits)
    {
        limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        limits.MaxRequestHeaderCount = HeaderLinesMax;
        limits.MaxRequestBodySize = BodyBytesMax;
        limits.MaxConcurrentConnections = ConnectionsMax;
        limits.RequestHeadersTimeout = HeaderTimeMax;
    }
}
