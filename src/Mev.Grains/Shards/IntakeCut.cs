using Mev.Domain.Opportunities;

namespace Mev.Grains.Shards;

/// <summary>A shard as it is after an intake.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Updates">States that it took.</param>
/// <param name="Shown">Sections of the feed's side until then (<see cref="MarketGate.Shown"/>).</param>
/// <param name="SlotStartedNs">When the newest slot began, <see cref="MarketShards.SlotStartedNs"/>.</param>
internal readonly record struct IntakeCut(MarketShard Shard, int Updates, ulong Shown, long SlotStartedNs);
