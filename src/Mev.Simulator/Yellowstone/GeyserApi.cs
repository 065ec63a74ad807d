using Grpc.Core;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Yellowstone;

/// <summary>The service of the account stream.</summary>
internal sealed class GeyserApi(
    SimulatedChain chain, Subscribers subscribers, StreamSwitches switches, SimulatorOptions options, TimeProvider time)
    : Geyser.GeyserBase
{
    public override async Task Subscribe(
        IAsyncStreamReader<SubscribeRequest> requestStream, IServerStreamWriter<SubscribeUpdate> responseStream,
        ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)) return;
        var subscriber = subscribers.Add(requestStream.Current);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var asking = Task.WhenAll(
            ReadRequests(requestStream, subscriber, ended.Token), SendPings(subscriber, ended.Token));
        try
        {
            await foreach (var (update, isLast) in subscriber.Messages(ended.Token))
            {
                responseStream.WriteOptions = isLast ? null : new WriteOptions(WriteFlags.BufferHint);
                await responseStream.WriteAsync(update, ended.Token);
            }
        }
        catch (Exception e) when (context.CancellationToken.IsCancellationRequested
            && e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // the subscriber left
        }
        finally
        {
            subscribers.Remove(subscriber);
            await ended.CancelAsync();
            await asking;
        }
    }

    public override Task<SubscribeReplayInfoResponse> SubscribeReplayInfo(
        SubscribeReplayInfoRequest request, ServerCallContext context)
    {
        var answer = new SubscribeReplayInfoResponse();
        if (subscribers.FirstHeld is { } first) answer.FirstAvailable = first.Value;
        return Task.FromResult(answer);
    }

    public override Task<PongResponse> Ping(PingRequest request, ServerCallContext context) =>
        Task.FromResult(new PongResponse { Count = request.Count });

    public override Task<GetLatestBlockhashResponse> GetLatestBlockhash(
        GetLatestBlockhashRequest request, ServerCallContext context)
    {
        lock (chain.Gate)
        {
            var block = chain.Blocks.At(StepOf(request.Commitment));
            return Task.FromResult(new GetLatestBlockhashResponse
            {
                Slot = block.Slot.Value,
                Blockhash = block.Hash.ToString(),
                LastValidBlockHeight = block.Height + ChainBlocks.ValidBlocks,
            });
        }
    }

    public override Task<GetBlockHeightResponse> GetBlockHeight(
        GetBlockHeightRequest request, ServerCallContext context)
    {
        lock (chain.Gate)
        {
            return Task.FromResult(new GetBlockHeightResponse
            {
                BlockHeight = chain.Blocks.At(StepOf(request.Commitment)).Height,
            });
        }
    }

    public override Task<GetSlotResponse> GetSlot(GetSlotRequest request, ServerCallContext context)
    {
        lock (chain.Gate)
        {
            return Task.FromResult(new GetSlotResponse
            {
                Slot = chain.Blocks.At(StepOf(request.Commitment)).Slot.Value,
            });
        }
    }

    public override Task<IsBlockhashValidResponse> IsBlockhashValid(
        IsBlockhashValidRequest request, ServerCallContext context)
    {
        if (!Blockhash.TryParse(request.Blockhash, out var hash)) throw Address.Bad("no blockhash");
        lock (chain.Gate)
        {
            var known = chain.Blocks.At(StepOf(request.Commitment));
            return Task.FromResult(new IsBlockhashValidResponse
            {
                Slot = known.Slot.Value,
                Valid = chain.Blocks.FindRecent(hash) is { } block && block.Slot <= known.Slot,
            });
        }
    }

    public override Task<GetVersionResponse> GetVersion(GetVersionRequest request, ServerCallContext context) =>
        Task.FromResult(new GetVersionResponse { Version = "{\"package\":\"mev-simulator\"}" });

    // A request with a ping is answered with its pong and leaves the filters as they are.
    private async Task ReadRequests(
        IAsyncStreamReader<SubscribeRequest> requests, Subscriber subscriber, CancellationToken cancellationToken)
    {
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                var request = requests.Current;
                if (request.Ping is not { } ping) subscribers.Replace(subscriber, request);
                else if (!switches.IsSilent)
                    subscriber.Send(new SubscribeUpdate { Pong = new SubscribeUpdatePong { Id = ping.Id } });
            }
        }
        catch (RpcException refusal)
        {
            subscriber.End(refusal.StatusCode, refusal.Status.Detail);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            subscriber.End(StatusCode.Cancelled, "the subscriber left");
        }
    }

    private async Task SendPings(Subscriber subscriber, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.PingInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                if (!switches.IsSilent) subscriber.Send(new SubscribeUpdate { Ping = new SubscribeUpdatePing() });
        }
        catch (OperationCanceledException)
        {
            // the stream has ended
        }
    }

    private static SlotStep StepOf(CommitmentLevel commitment) => commitment switch
    {
        CommitmentLevel.Confirmed => SlotStep.Confirmed,
        CommitmentLevel.Finalized => SlotStep.Finalized,
        _ => SlotStep.Processed,
    };
}
