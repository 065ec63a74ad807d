using System.Threading.Channels;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Feed;

/// <summary>
/// What conflating drains found and nobody decided upon yet. While one round stands in the journal's commit, later
/// drains go on and gather into the next round, which has all of them. Full, it lets the drains wait, and the mailboxes
/// conflate meanwhile.
/// </summary>
internal sealed class DecisionBacklog(IOptions<FeedPumpOptions> options)
{
    /// <summary>Drains that gather at most.</summary>
    public const int DrainsMax = 256;

    private readonly NewestChances _newest = new(options.Value.WaitSlotsMax);
    private readonly List<OpportunityBatch> _gathered = [];
    private readonly Channel<OpportunityBatch> _drains = Channel.CreateBounded<OpportunityBatch>(
        new BoundedChannelOptions(DrainsMax) { SingleWriter = true });
    private long _waits;

    /// <summary>Opportunities that several drains of one round found: decided once.</summary>
    public long FoundAgain => _newest.FoundAgain;

    /// <summary>Slots that the oldest drain of the waiting ones waits for its round; 0 when none waits.</summary>
    /// <param name="now">How far the feed was taken.</param>
    public long OldestSlots(Slot now) => _drains.Reader.TryPeek(out var oldest) ? now.Since(oldest.Cursor.Slot) : 0;

    /// <summary>The bounded places with their counts as of now.</summary>
    public IEnumerable<LimitCount> Limits() =>
    [
        new("decisions.backlog", DrainsMax, AtLimit.Wait, Volatile.Read(ref _waits)),
        .. _newest.Limits(),
    ];

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

    /// <summary>The round of one drain alone: nothing else was gathered or has waited.</summary>
    public OpportunityBatch Alone(OpportunityBatch drain) =>
        DecidableBatch.Merge(drain.Cursor, [drain], _newest.Of([drain], drain.Cursor.Slot));

    /// <summary>Waits for the next round: what has gathered, in one; null when there are no more drains.</summary>
    public async ValueTask<OpportunityBatch?> Next(CancellationToken cancellationToken)
    {
        if (!await _drains.Reader.WaitToReadAsync(cancellationToken)) return null;
        _gathered.Clear();
        while (_gathered.Count < DrainsMax && _drains.Reader.TryRead(out var drain)) _gathered.Add(drain);
        var cursor = _gathered[^1].Cursor;
        return DecidableBatch.Merge(cursor, _gathered, _newest.Of(_gathered, cursor.Slot));
    }
}
