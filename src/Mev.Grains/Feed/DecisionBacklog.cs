using System.Threading.Channels;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Feed;

/// <summary>
/// What conflating drains found and nobody decided upon yet. While one round stands in the journal's commit, later
/// drains go on and gather into the next round. Full, it lets the drains wait, and the mailboxes conflate meanwhile.
/// </summary>
internal sealed class DecisionBacklog
{
    /// <summary>Drains that gather at most.</summary>
    public const int DrainsMax = 256;

    private const int OpportunitiesMax = 4_096; // in one round: some megabytes of records

    private readonly List<OpportunityBatch> _gathered = [];
    private readonly Channel<OpportunityBatch> _drains = Channel.CreateBounded<OpportunityBatch>(
        new BoundedChannelOptions(DrainsMax) { SingleReader = true, SingleWriter = true });
    private long _waits;
    private long _foundAgain;

    /// <summary>Drains that found it full and waited.</summary>
    public long Waits => Volatile.Read(ref _waits);

    /// <summary>Opportunities that several drains of one round found: decided once.</summary>
    public long FoundAgain => Volatile.Read(ref _foundAgain);

    /// <summary>Adds what a drain found, after what earlier ones found.</summary>
    public ValueTask Add(OpportunityBatch drain, CancellationToken cancellationToken)
    {
        if (_drains.Writer.TryWrite(drain)) return ValueTask.CompletedTask;
        _waits++;
        return _drains.Writer.WriteAsync(drain, cancellationToken);
    }

    /// <summary>No more drains: <see cref="DecideAll"/> ends once it is through.</summary>
    public void Complete() => _drains.Writer.Complete();

    /// <summary>Decides round by round, each with what has gathered.</summary>
    public async Task DecideAll(DecisionRounds rounds, CancellationToken cancellationToken)
    {
        while (await Next(cancellationToken) is { } round)
        {
            await rounds.Decide(round, cancellationToken);
            DecidableBatch.Release(round);
        }
    }

    /// <summary>Waits for the next round: what has gathered, in one; null when there are no more drains.</summary>
    public async ValueTask<OpportunityBatch?> Next(CancellationToken cancellationToken)
    {
        if (!await _drains.Reader.WaitToReadAsync(cancellationToken)) return null;
        _gathered.Clear();
        var opportunities = 0;
        while (opportunities < OpportunitiesMax && _drains.Reader.TryRead(out var drain))
        {
            _gathered.Add(drain);
            opportunities += drain.Opportunities.Length;
        }
        var round = DecidableBatch.Merge(_gathered[^1].Cursor, _gathered);
        Volatile.Write(ref _foundAgain, _foundAgain + opportunities - round.Opportunities.Length);
        return round;
    }
}
