namespace Mev.Adapters.Solana;

/// <summary>Addresses of servers, as people may see them.</summary>
public static class Endpoints
{
    /// <summary>
    /// Scheme, host and port; what else there is (a path, a query, a user) many providers keep a key in, so it is ***.
    /// </summary>
    public static string Shown(Uri endpoint)
    {
        var server = endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        var isServer = endpoint.PathAndQuery is "" or "/" && endpoint.UserInfo.Length == 0
            && endpoint.Fragment.Length == 0;
        return isServer ? endpoint.OriginalString : $"{server}/***";
    }
}
