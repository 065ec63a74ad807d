using System.Net;
using System.Net.Sockets;

namespace Mev.Fault.Host;

/// <summary>Ports of the loopback interface that nobody uses at this moment.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
