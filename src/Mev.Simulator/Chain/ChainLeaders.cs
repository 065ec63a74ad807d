using System.Globalization;
using System.Text.Json;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>Who leads which slot: four slots each, in an order that the seed decides.</summary>
internal sealed class ChainLeaders(GeneratedFeedOptions market, SimulatorOptions options)
{
    /// <summary>Slots in a row that one leader has.</summary>
    public const int SlotsPerTurn = 4;

    private readonly Pubkey[] _leaders =
    [
        .. Enumerable.Range(0, options.Leaders).Select(number => GeneratedAddress.Of(market.Seed, "leader", number)),
    ];

    /// <summary>The leader of a slot.</summary>
    public Pubkey LeaderOf(Slot slot)
    {
        var turn = (long)(slot.Value / SlotsPerTurn);
        var pick = GeneratedAddress.Of(market.Seed, "turn", turn).ToArray();
        return _leaders[BitConverter.ToUInt32(pick) % (uint)_leaders.Length];
    }

    /// <summary>
    /// Writes the schedule of the epoch of a slot, the present one where none is named: for each leader its slots,
    /// counted from the epoch's first.
    /// </summary>
    public void WriteSchedule(JsonElement asked, Slot present, Utf8JsonWriter json)
    {
        var slot = asked.ValueKind == JsonValueKind.Number && asked.TryGetUInt64(out var named) ? named : present.Value;
        var first = slot - slot % ChainClock.SlotsPerEpoch;
        var slots = new Dictionary<Pubkey, List<int>>();
        for (var turn = 0; turn < (int)ChainClock.SlotsPerEpoch; turn += SlotsPerTurn)
        {
            var leader = LeaderOf(new Slot(first + (ulong)turn));
            if (!slots.TryGetValue(leader, out var own)) slots.Add(leader, own = []);
            own.AddRange(Enumerable.Range(turn, SlotsPerTurn));
        }
        json.WriteStartObject();
        foreach (var (leader, own) in slots)
        {
            json.WritePropertyName(leader.ToString());
            json.WriteRawValue($"[{string.Join(',', own.Select(n => n.ToString(CultureInfo.InvariantCulture)))}]");
        }
        json.WriteEndObject();
    }
}
