namespace Mev.Journal.Stores;

/// <summary>Copies of a decision store that lies in a file, for questions outside this process.</summary>
public interface IStoreCopies
{
    /// <summary>
    /// A whole and unchanging copy of the store as it stands between two batches, which ends with the stream. Copies
    /// are made one at a time.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It cannot be read, or there is no room for a copy.</exception>
    ValueTask<Stream> Copy(CancellationToken cancellationToken = default);
}
