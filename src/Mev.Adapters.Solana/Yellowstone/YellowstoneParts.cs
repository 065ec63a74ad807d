using Mev.Adapters.Solana.Rpc;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>What a reading works with.</summary>
internal sealed record YellowstoneParts(
    YellowstoneOptions Options, YellowstoneChannel Channel, RpcClient Rpc, YellowstoneCounts Counts, FeedLag Lag,
    ObservationChannel Observations, TimeProvider Time, Func<double> Chance, ILogger Log);
