using Grpc.Core;
using Mev.Domain.Chain;

namespace Mev.Simulator.Yellowstone;

/// <summary>Addresses in requests.</summary>
internal static class Address
{
    /// <summary>The address of a text.</summary>
    /// <exception cref="RpcException">It is none.</exception>
    public static Pubkey Read(string text) =>
        Pubkey.TryParse(text, out var key) ? key : throw Bad($"'{text}' is no address");

    /// <summary>The refusal of a request.</summary>
    public static RpcException Bad(string reason) => new(new Status(StatusCode.InvalidArgument, reason));
}
