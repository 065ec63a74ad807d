using Google.Protobuf;
using Grpc.Core;
using Mev.Adapters.Jito.Wire;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>The engine's gRPC service for searchers, on the ports of its regions alone.</summary>
internal sealed class SearcherApi(
    SimulatedChain chain, BundleEngine engine, EngineRegions regions, EngineLeaders leaders, RequestBuckets buckets,
    ResultStreams results, EngineTokens tokens, EngineTranscript transcript, TimeProvider time)
    : SearcherService.SearcherServiceBase
{
    private const int ScheduleSlots = 400;

    public override async Task<SendBundleResponse> SendBundle(SendBundleRequest request, ServerCallContext context)
    {
        var (region, source) = Enter(request, context);
        var isDiscarded = region.Switches.DiscardsAfterBreach && buckets.IsInBreach(source, region);
        var packets = request.Bundle?.Packets
            .Select(packet => (ReadOnlyMemory<byte>?)packet.Data.Memory).Take(EnginePackets.EntriesMax).ToList();
        try
        {
            var bundle = engine.Receive(region, packets ?? [], isDiscarded);
            if (region.Switches.RepliesAfterTick) await bundle.Ticked.Task.WaitAsync(context.CancellationToken);
            return await Reply(context, region, new SendBundleResponse { Uuid = EngineMethods.IdOf(region, bundle) });
        }
        catch (EngineRefusal refusal)
        {
            throw refusal.ToRpc();
        }
    }

    public override async Task SubscribeBundleResults(
        SubscribeBundleResultsRequest request, IServerStreamWriter<BundleResult> responseStream,
        ServerCallContext context)
    {
        var (region, source) = Enter(request, context);
        var channel = results.Open(region, source);
        try
        {
            await context.WriteResponseHeadersAsync([]);
            await foreach (var result in channel.Reader.ReadAllAsync(context.CancellationToken))
                await responseStream.WriteAsync(result, context.CancellationToken);
        }
        catch (Exception e) when (context.CancellationToken.IsCancellationRequested
            && e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // the subscriber left
        }
        finally
        {
            results.Close(channel);
        }
    }

    public override Task<NextScheduledLeaderResponse> GetNextScheduledLeader(
        NextScheduledLeaderRequest request, ServerCallContext context)
    {
        var (region, _) = Enter(request, context);
        lock (chain.Gate)
        {
            var slot = chain.Blocks.Open.Slot;
            var isAsked = request.Regions.Count == 0
                ? (Func<EngineRegion, bool>)(asked => asked == region)
                : asked => request.Regions.Contains(asked.Name);
            if (leaders.Next(slot, ScheduleSlots, isAsked) is not { } next)
                throw new RpcException(new Status(StatusCode.NotFound, "no connected leader up soon"));
            return Reply(context, region, new NextScheduledLeaderResponse
            {
                CurrentSlot = slot.Value,
                NextLeaderSlot = next.Slot.Value,
                NextLeaderIdentity = next.Leader.ToString(),
                NextLeaderRegion = next.Region.Name,
            });
        }
    }

    public override Task<ConnectedLeadersResponse> GetConnectedLeaders(
        ConnectedLeadersRequest request, ServerCallContext context)
    {
        var (region, _) = Enter(request, context);
        return Reply(context, region, ConnectedTo(region));
    }

    public override Task<ConnectedLeadersRegionedResponse> GetConnectedLeadersRegioned(
        ConnectedLeadersRegionedRequest request, ServerCallContext context)
    {
        var (region, _) = Enter(request, context);
        var answer = new ConnectedLeadersRegionedResponse();
        var asked = request.Regions.Count == 0 ? [region.Name] : request.Regions.Distinct().ToList();
        foreach (var name in asked)
            if (regions.Find(name) is { } known) answer.ConnectedValidators.Add(name, ConnectedTo(known));
        return Reply(context, region, answer);
    }

    public override Task<GetTipAccountsResponse> GetTipAccounts(
        GetTipAccountsRequest request, ServerCallContext context)
    {
        var (region, _) = Enter(request, context);
        var answer = new GetTipAccountsResponse();
        answer.Accounts.AddRange(EngineMethods.TipAccountsOf(region).Select(account => account.ToString()));
        return Reply(context, region, answer);
    }

    public override Task<GetRegionsResponse> GetRegions(GetRegionsRequest request, ServerCallContext context)
    {
        var (region, _) = Enter(request, context);
        var answer = new GetRegionsResponse { CurrentRegion = region.Name };
        answer.AvailableRegions.AddRange(regions.All.Select(known => known.Name));
        return Reply(context, region, answer);
    }

    private (EngineRegion Region, string Source) Enter(IMessage request, ServerCallContext context)
    {
        var region = EngineCalls.RegionOf(context);
        transcript.Receive(region, context.Method, request.ToByteArray());
        EngineCalls.CheckSwitches(region);
        var source = RequestBuckets.SourceOf(
            context.GetHttpContext().Connection.RemoteIpAddress, tokens.IdentityOf(context));
        try
        {
            buckets.Take(source, region);
        }
        catch (EngineRefusal refusal)
        {
            throw refusal.ToRpc();
        }
        return (region, source);
    }

    private ConnectedLeadersResponse ConnectedTo(EngineRegion region)
    {
        var answer = new ConnectedLeadersResponse();
        Dictionary<Pubkey, List<ulong>> scheduled;
        lock (chain.Gate) scheduled = leaders.Scheduled(chain.Blocks.Open.Slot, ScheduleSlots, region);
        foreach (var (leader, slots) in scheduled)
        {
            var list = new SlotList();
            list.Slots.AddRange(slots);
            answer.ConnectedValidators.Add(leader.ToString(), list);
        }
        return answer;
    }

    private async Task<T> Reply<T>(ServerCallContext context, EngineRegion region, T answer)
    {
        var switches = region.Switches;
        if (switches.ReplyDelay > TimeSpan.Zero) await Task.Delay(switches.ReplyDelay, time, context.CancellationToken);
        if (switches.DropsReplies || switches.CutsReplies) context.GetHttpContext().Abort();
        return answer;
    }
}
