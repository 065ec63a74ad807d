using System.ComponentModel.DataAnnotations;

namespace Mev.Adapters.Jito;

/// <summary>One region of the block engine.</summary>
public sealed class JitoRegionOptions
{
    /// <summary>The name that the engine gives the region, such as "tokyo". Default empty, which is refused.</summary>
    [Required, StringLength(32, MinimumLength = 1)]
    public string Name { get; init; } = "";

    /// <summary>Where it serves JSON-RPC. Default http://127.0.0.1:8898, the simulator.</summary>
    [Required]
    public Uri Endpoint { get; init; } = new("http://127.0.0.1:8898");

    /// <summary>
    /// Where it serves gRPC, if elsewhere: a clear line carries one version of HTTP. Default the same.
    /// </summary>
    public Uri? GrpcEndpoint { get; init; }
}
