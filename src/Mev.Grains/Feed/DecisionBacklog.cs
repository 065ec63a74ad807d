using System.Threading.Channels;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Feed;

/// <summary>
/// What conflating drains found and nobody decided upon yet. While one round stands in the journal's commit, later
/// drains go on and gather into the next round. Full, it lets the drains wait, and the mailboxes conflate meanwhile.
/// </summary>
internal sealed class DecisionBacklog
{
    private const int DrainsMax = 256;
    private const int OpportunitiesMax = 4_096; // in one round: some megabytes of records

    private readonly Channel<OpportunityBatch> _drains = Channel.CreateBounded<OpportunityBatch>(
        new BoundedChannelOptions(DrainsMax) { SingleReader = true, SingleWriter = true });

    /// <summary>Adds what a drain found, after what earlier ones found.</summary>
    public ValueTask Add(OpportunityBatch drain, CancellationToken cancellationToken) =>
        _drains.Writer.WriteAsync(drain, cancellationToken);

    /// <summary>No more drains: <see cref="DecideAll"/> ends once it is through.</summary>
    public void Complete() => _drains.Writer.Complete();

    /// <summary>Decides round by round, each with what has gathered.</summary>
    public async Task DecideAll(DecisionRounds rounds, CancellationToken cancellationToken)
    {
        var gathered = new List<OpportunityBatch>();
        while (await _drains.Reader.WaitToReadAsync(cancellationToken))
        {
            gathered.Clear();
            var opportunities = 0;
            while (opportunities < OpportunitiesMax && _drains.Reader.TryRead(out var drain))
            {
                gathered.Add(drain);
                opportunities += drain.Opportunities.Length;
            }
            var round = DecidableBatch.Merge(gathered[^1].Cursor, gathered);
            await rounds.Decide(round, cancellationToken);
            DecidableBatch.Release(round);
        }
    }
}
