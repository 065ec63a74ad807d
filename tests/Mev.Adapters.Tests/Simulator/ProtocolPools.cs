using Mev.Adapters.Paper.Generation;
using Mev.Domain.Pools;
using Mev.Fixtures.Pools;
using Mev.Simulator;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>A pool of every protocol.</summary>
internal static class ProtocolPools
{
    public static IEnumerable<Protocol> All => Enum.GetValues<Protocol>().Where(one => one != Protocol.Unknown);

    public static Pool Of(Protocol protocol) => protocol switch
    {
        Protocol.Whirlpool => new SimulatedChain(
                new GeneratedFeedOptions { Pools = 24, Mints = 8, Seed = 77 }, new SimulatorOptions())
            .Pools.First(pool => pool.Protocol == Protocol.Whirlpool),
        Protocol.RaydiumAmmV4 => new RaydiumAmmV4Bytes().Pool(),
        Protocol.RaydiumCpmm => new RaydiumCpmmBytes().Pool(),
        Protocol.RaydiumClmm => new RaydiumClmmBytes().Pool(),
        Protocol.MeteoraDlmm => new MeteoraDlmmBytes
        {
            Bins =
            [
                .. Enumerable.Range(-5, 11).Select(bin => new MeteoraDlmmBinBytes(bin, 1_000_000_000, 1_000_000_000)),
            ],
        }.Pool(),
        Protocol.MeteoraDammV2 => new MeteoraDammV2Bytes().Pool(),
        Protocol.OrcaTokenSwap => new OrcaTokenSwapBytes().Pool(),
        Protocol.PumpSwap => new PumpSwapBytes().Pool(),
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "there is no pool of it"),
    };
}
