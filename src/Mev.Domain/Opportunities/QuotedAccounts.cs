using Mev.Domain.Pools;

namespace Mev.Domain.Opportunities;

/// <summary>
/// The account versions, bytes included, that the opportunities of a drain were quoted on. A pool's own copy changes
/// with its next update, so they are kept here until the drain is decided upon: in chunks that then serve other drains,
/// because nearly every decision is a skip, which names hashes alone. What is to stay longer has to be copied.
/// </summary>
/// <param name="chunks">Where the chunks come from and go to.</param>
public sealed class QuotedAccounts(QuotedAccountChunks chunks)
{
    private const int UsesPerChunk = QuotedAccountChunks.UsesPerChunk;
    private const int BytesPerChunk = QuotedAccountChunks.BytesPerChunk;

    private readonly List<AccountUse[]> _useChunks = [];
    private readonly List<byte[]> _byteChunks = [];
    private int _usesTaken;
    private int _bytesTaken;

    /// <summary>Room for the accounts of one opportunity; stands until <see cref="Release"/>.</summary>
    /// <param name="count">How many at most, up to <see cref="OpportunityIds.AccountsMax"/>.</param>
    public Memory<AccountUse> Room(int count)
    {
        if (_useChunks.Count == 0 || _usesTaken + count > UsesPerChunk)
        {
            _useChunks.Add(chunks.Uses.Rent(UsesPerChunk));
            _usesTaken = 0;
        }
        return _useChunks[^1].AsMemory(_usesTaken, count);
    }

    /// <summary>Keeps the first <paramref name="count"/> places of the room that was given last.</summary>
    public void Keep(int count) => _usesTaken += count;

    /// <summary>The version that the account has now.</summary>
    public AccountUse Use(PoolAccount account) => new(
        account.Key, account.Owner, account.Slot, account.WriteVersion, account.Hash,
        account.SharedData ?? Copy(account.Data));

    /// <summary>Gives the memory back: called when nobody reads the opportunities' accounts any more.</summary>
    public void Release()
    {
        foreach (var chunk in _useChunks) chunks.Uses.Return(chunk, clearArray: true);
        foreach (var chunk in _byteChunks) chunks.Bytes.Return(chunk);
        _useChunks.Clear();
        _byteChunks.Clear();
    }

    private ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> data)
    {
        if (_byteChunks.Count == 0 || _bytesTaken + data.Length > BytesPerChunk)
        {
            _byteChunks.Add(chunks.Bytes.Rent(BytesPerChunk));
            _bytesTaken = 0;
        }
        var copy = _byteChunks[^1].AsMemory(_bytesTaken, data.Length);
        data.CopyTo(copy.Span);
        _bytesTaken += data.Length;
        return copy;
    }
}
