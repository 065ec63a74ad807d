using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// What the engine says became of bundles: landed ones for 300 blocks, those in flight for five minutes, in whichever
/// shape the region's switches ask for.
/// </summary>
internal sealed class BundleStatuses(SimulatedChain chain, BundleBook book, SimulatorOptions options)
{
    private const ulong LandedBlocks = 300;
    private const ulong InflightMs = 300_000;

    /// <summary>The result of getBundleStatuses.</summary>
    public void WriteStatuses(EngineRegion region, List<string> ids, Utf8JsonWriter json)
    {
        lock (chain.Gate)
        {
            var known = ids.Select(id => Landed(region, id)).ToList();
            var shape = region.Switches.NotFound;
            if (known.TrueForAll(bundle => bundle is null) && shape == NotFoundShape.NullResult)
            {
                json.WriteNullValue();
                return;
            }
            Begin(region, json);
            if (known.TrueForAll(bundle => bundle is null) && shape == NotFoundShape.NullValue)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteStartArray();
                foreach (var bundle in known)
                {
                    if (bundle is not null) WriteStatus(region, bundle, json);
                    else if (shape != NotFoundShape.EmptyValue) json.WriteNullValue();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
    }

    /// <summary>The result of getInflightBundleStatuses.</summary>
    public void WriteInflight(EngineRegion region, List<string> ids, Utf8JsonWriter json)
    {
        lock (chain.Gate)
        {
            Begin(region, json);
            json.WriteStartArray();
            foreach (var id in ids)
            {
                var (status, landed) = Inflight(region, id);
                json.WriteStartObject();
                json.WriteString("bundle_id", id);
                json.WriteString("status", status);
                if (landed is { } slot) json.WriteNumber("landed_slot", slot.Value);
                else json.WriteNull("landed_slot");
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>The slot as of which a region answers.</summary>
    private Slot AsOf(EngineRegion region)
    {
        var lag = (ulong)Math.Max(0, region.Switches.StatusLagSlots);
        var tip = chain.Blocks.Tip.Slot.Value;
        return new Slot(tip > lag ? tip - lag : 0);
    }

    private EngineBundle? Landed(EngineRegion region, string id) =>
        book.Find(id) is { Stage: BundleStage.Landed or BundleStage.Finalized } bundle
        && bundle.LandedIn <= AsOf(region) && bundle.LandedIn.Value + LandedBlocks >= chain.Blocks.Tip.Slot.Value
            ? bundle
            : null;

    private (string Status, Slot? Landed) Inflight(EngineRegion region, string id)
    {
        var age = book.Find(id) is { } found ? chain.Blocks.Open.Slot.Value - found.ReceivedIn.Value : 0;
        if (region.Switches.IsAlwaysInvalid || book.Find(id) is not { } bundle
            || bundle.ReceivedIn > AsOf(region).Plus(1) || bundle.Stage == BundleStage.Discarded
            || age * (ulong)(options.TickMs * options.TicksPerSlot) > InflightMs)
        {
            return ("Invalid", null);
        }
        if (bundle.ChangedIn > AsOf(region)) return ("Pending", null);
        return bundle.Stage switch
        {
            BundleStage.Landed or BundleStage.Finalized => ("Landed", bundle.LandedIn),
            BundleStage.Failed => ("Failed", null),
            _ => ("Pending", null),
        };
    }

    private void WriteStatus(EngineRegion region, EngineBundle bundle, Utf8JsonWriter json)
    {
        var isFinal = bundle.LandedIn <= chain.Blocks.Finalized;
        var isConfirmed = bundle.LandedIn <= chain.Blocks.Confirmed;
        json.WriteStartObject();
        json.WriteString("bundle_id", bundle.Id);
        json.WriteStartArray("transactions");
        foreach (var transaction in bundle.Transactions) json.WriteStringValue($"{transaction.Signature}");
        json.WriteEndArray();
        json.WriteNumber("slot", bundle.LandedIn.Value);
        json.WriteString(
            region.Switches.UsesCamelCase ? "confirmationStatus" : "confirmation_status",
            isFinal ? "finalized" : isConfirmed ? "confirmed" : "processed");
        json.WritePropertyName("err");
        json.WriteRawValue(region.Switches.Err switch
        {
            ErrShape.Null => "null",
            ErrShape.Text => "\"null\"",
            _ => """{"Ok":null}""",
        });
        json.WriteEndObject();
    }

    private void Begin(EngineRegion region, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("context");
        json.WriteNumber("slot", AsOf(region).Value);
        json.WriteEndObject();
        json.WritePropertyName("value");
    }
}
