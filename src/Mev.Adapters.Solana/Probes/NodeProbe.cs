using Grpc.Core;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Probes;

/// <summary>
/// Asks the account stream and the node's JSON-RPC whether they are there, what they are and how far. Nothing is
/// written, and no account is asked for.
/// </summary>
/// <param name="stream">Which stream.</param>
/// <param name="rpc">The node.</param>
/// <param name="node">Where the node is.</param>
/// <param name="time">Times requests, and ends them.</param>
public sealed class NodeProbe(YellowstoneOptions stream, RpcClient rpc, RpcOptions node, TimeProvider time)
{
    /// <summary>The newest slot of the node; null when it does not tell.</summary>
    public async Task<Slot?> SlotOfNode(CancellationToken cancellationToken)
    {
        try
        {
            return await rpc.GetSlot(RpcCommitment.Processed, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcRequestException)
        {
            return null;
        }
    }

    /// <summary>The node: its version, its slot, and how far that is behind the stream's.</summary>
    public async Task<EndpointProbe> AskNode(CancellationToken cancellationToken)
    {
        var probe = new EndpointProbe { Name = "rpc", Address = Endpoints.Shown(node.Endpoint) };
        using var channel = new YellowstoneChannel(stream, time);
        try
        {
            var version = await rpc.GetVersion(cancellationToken).ConfigureAwait(false);
            var reference = SlotOfStream(channel, cancellationToken);
            var sent = time.GetTimestamp();
            var slot = await rpc.GetSlot(RpcCommitment.Processed, cancellationToken).ConfigureAwait(false);
            var roundTrip = time.GetElapsedTime(sent);
            return probe with
            {
                Version = ProbeText.Version(version),
                Slot = slot,
                Reference = await reference.ConfigureAwait(false),
                RoundTrip = roundTrip,
            };
        }
        catch (RpcRequestException failure)
        {
            return probe with { Failure = ProbeText.Of(failure.Message, node.Endpoint) };
        }
    }

    /// <summary>
    /// The stream: its version, its slot, how far that is behind the node's, and that it tells of slots to subscribers.
    /// </summary>
    public async Task<EndpointProbe> AskStream(CancellationToken cancellationToken)
    {
        var probe = new EndpointProbe { Name = "yellowstone", Address = Endpoints.Shown(stream.Endpoint) };
        using var channel = new YellowstoneChannel(stream, time);
        using var timeout = new CancellationTokenSource(stream.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var version = await VersionOf(channel, either.Token).ConfigureAwait(false);
            var reference = SlotOfNode(either.Token);
            var sent = time.GetTimestamp();
            var slot = await AskSlot(channel, either.Token).ConfigureAwait(false);
            var roundTrip = time.GetElapsedTime(sent);
            return probe with
            {
                Version = version,
                Slot = slot,
                Reference = await reference.ConfigureAwait(false),
                RoundTrip = roundTrip,
                Failure = await Subscribe(channel, either.Token).ConfigureAwait(false),
            };
        }
        catch (RpcException failure)
        {
            var text = $"{failure.StatusCode}: {failure.Status.Detail}";
            return probe with { Failure = ProbeText.Of(text, stream.Endpoint) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return probe with { Failure = $"no answer in {stream.ConnectTimeout}" };
        }
    }

    private async Task<string> VersionOf(YellowstoneChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await channel.Client.GetVersionAsync(
                new GetVersionRequest(), YellowstoneChannel.Headers(stream), cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return ProbeText.Version(answer.Version);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unimplemented)
        {
            return "";
        }
    }

    private async Task<Slot> AskSlot(YellowstoneChannel channel, CancellationToken cancellationToken)
    {
        var answer = await channel.Client.GetSlotAsync(
            new GetSlotRequest { Commitment = CommitmentLevel.Processed }, YellowstoneChannel.Headers(stream),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return new Slot(answer.Slot);
    }

    private async Task<Slot?> SlotOfStream(YellowstoneChannel channel, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(stream.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await AskSlot(channel, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Why nothing comes to a subscriber; empty when something does.</summary>
    private async Task<string> Subscribe(YellowstoneChannel channel, CancellationToken cancellationToken)
    {
        var request = new SubscribeRequest { Commitment = CommitmentLevel.Processed };
        request.Slots.Add("slots", new SubscribeRequestFilterSlots { InterslotUpdates = true });
        await using var opened = await YellowstoneStream.Open(
            channel.Client, request, stream, new YellowstoneCounts(stream), time, cancellationToken)
            .ConfigureAwait(false);
        var isTold = await opened.Buffer.Take([], 1, cancellationToken).ConfigureAwait(false);
        return isTold ? "" : ProbeText.Of($"the subscription ended: {opened.End}", stream.Endpoint);
    }
}
