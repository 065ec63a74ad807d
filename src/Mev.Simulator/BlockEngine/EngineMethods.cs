using System.Text.Json;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Simulator.Rpc;

namespace Mev.Simulator.BlockEngine;

/// <summary>The methods of the engine's JSON-RPC.</summary>
internal sealed class EngineMethods(BundleEngine engine, BundleStatuses statuses, RequestBuckets buckets)
{
    /// <summary>Ids of one status request at most.</summary>
    public const int IdsMax = 5;

    /// <summary>The result of a method, and the bundle that it was about where it was sent.</summary>
    /// <exception cref="EngineRefusal">It has none.</exception>
    public EngineReply Answer(EngineRequest request, string method, RpcParameters parameters)
    {
        var region = request.Region;
        switch (method)
        {
            case "sendBundle":
                return SendBundle(request, EnginePackets.Read(parameters, parameters[0]));
            case "sendTransaction":
                return SendTransaction(request, parameters);
            case "getBundleStatuses":
                return new EngineReply(json => statuses.WriteStatuses(region, parameters.Texts(0, IdsMax), json));
            case "getInflightBundleStatuses":
                return new EngineReply(json => statuses.WriteInflight(region, parameters.Texts(0, IdsMax), json));
            case "getTipAccounts":
                return new EngineReply(json => WriteTipAccounts(region, json));
            default:
                throw new EngineRefusal(
                    400, RpcRefusal.NoMethod, Grpc.Core.StatusCode.Unimplemented, "Method not found");
        }
    }

    /// <summary>The tip accounts that a region tells.</summary>
    public static IEnumerable<Pubkey> TipAccountsOf(EngineRegion region) => region.Switches.TellsWrongTipAccounts
        ? [.. TipAccounts.All[1..], TipAccounts.Config]
        : TipAccounts.All;

    /// <summary>The id that a region tells.</summary>
    public static string IdOf(EngineRegion region, EngineBundle bundle) => region.Switches.TellsWrongId
        ? EngineBundle.IdOf(bundle.Transactions.Select(transaction => transaction.Signature).Append(default))
        : bundle.Id;

    private EngineReply SendBundle(EngineRequest request, List<ReadOnlyMemory<byte>?> packets)
    {
        var bundle = engine.Receive(request.Region, packets, IsDiscarded(request));
        return new EngineReply(json => json.WriteStringValue(IdOf(request.Region, bundle))) { Bundle = bundle };
    }

    private EngineReply SendTransaction(EngineRequest request, RpcParameters parameters)
    {
        var packet = EnginePackets.ReadOne(parameters, parameters[0]);
        if (!request.IsBundleOnly)
        {
            var alone = engine.ReceiveAlone(packet);
            return new EngineReply(json => json.WriteStringValue($"{alone.Signature}"));
        }
        var bundle = engine.Receive(request.Region, [packet], IsDiscarded(request));
        return new EngineReply(json => json.WriteStringValue($"{bundle.Transactions[0].Signature}"))
        {
            Bundle = bundle,
            TellsIdInHeader = true,
        };
    }

    private bool IsDiscarded(EngineRequest request) =>
        request.Region.Switches.DiscardsAfterBreach && buckets.IsInBreach(request.Source, request.Region);

    private static void WriteTipAccounts(EngineRegion region, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var account in TipAccountsOf(region)) json.WriteStringValue($"{account}");
        json.WriteEndArray();
    }
}
