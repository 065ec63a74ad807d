namespace Mev.DevHost.Configuration;

/// <summary>What <c>--print-endpoints</c> prints: the table of the very host that would run.</summary>
internal static class EndpointText
{
    private const string AnyMethod = "ANY";

    /// <summary>A line for each method and path; answers the process's code.</summary>
    public static int Print(IEndpointRouteBuilder app, TextWriter output)
    {
        var lines =
            from endpoint in app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [AnyMethod]
            let path = endpoint.RoutePattern.RawText ?? ""
            select $"{method} /{path.TrimStart('/')}";
        foreach (var line in lines.Distinct().Order(StringComparer.Ordinal)) output.WriteLine(line);
        return HostEnd.Done;
    }
}
