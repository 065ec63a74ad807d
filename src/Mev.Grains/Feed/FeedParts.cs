using Mev.Domain.Feed;

namespace Mev.Grains.Feed;

/// <summary>Takes a feed part by part, each as a conflating pump shows it to the shards.</summary>
internal sealed class FeedParts(
    IMarketFeed feed, MarketState market, ShardDrains shards, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<FeedBatch> _reader =
        feed.Read(cancellationToken).GetAsyncEnumerator(cancellationToken);

    private int _part = -1; // the next one of the current batch; -1 when it has none
    private bool _isAged = true; // the current batch's time was looked at

    /// <summary>The feed has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Reads the next batch, or shows the next part of the current one; false at the feed's end.</summary>
    public async ValueTask<bool> Next()
    {
        if (_part >= 0)
        {
            _part = market.TakePart(_reader.Current, feed.HasWholeTransactions, _part) ? _part + 1 : -1;
            if (_part < 0) shards.End(_reader.Current.Cursor, market.Clock);
            return true;
        }
        if (!_isAged)
        {
            _isAged = true;
            market.CheckStale(_reader.Current.ArrivedNs);
            return true;
        }
        HasEnded = !await _reader.MoveNextAsync();
        if (HasEnded) return false;
        shards.Begin(_reader.Current.Cursor);
        (_part, _isAged) = (0, feed.HasWholeTransactions); // of a live feed pools go stale by its own time
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _reader.DisposeAsync();
}
