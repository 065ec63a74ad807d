using Grpc.Core;

namespace Mev.Simulator.BlockEngine;

/// <summary>What every call of gRPC to the engine passes first.</summary>
internal static class EngineCalls
{
    /// <summary>The region whose port was called.</summary>
    /// <exception cref="RpcException">It is no region's.</exception>
    public static EngineRegion RegionOf(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<EngineRegion>()
        ?? throw new RpcException(new Status(StatusCode.Unimplemented, "the block engine is not served here"));

    /// <summary>Lets the region's switches refuse the call.</summary>
    /// <exception cref="RpcException">They do.</exception>
    public static void CheckSwitches(EngineRegion region)
    {
        if (region.Switches.IsDown) throw EngineRefusal.Of(RefusalRow.Unavailable).ToRpc();
        if (region.Switches.Refuses is var row and not RefusalRow.Unknown) throw EngineRefusal.Of(row).ToRpc();
    }
}
