using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using SlotStatus = Mev.Domain.Feed.SlotStatus;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// One reading of the feed over as many connections as it takes. After a break the server sends again what was missed,
/// or a gap is told and everything is read anew. Used by the reader of the feed only.
/// </summary>
internal sealed partial class YellowstoneSession : IAsyncDisposable
{
    private const int StartupPerBatch = 512; // a tick array has 9,988 bytes

    private static readonly TimeSpan TipInterval = TimeSpan.FromSeconds(5);

    private readonly YellowstoneParts _parts;
    private readonly Subscription _subscription;
    private readonly UpdateReader _reader;
    private readonly PoolLoader _loader;
    private readonly Backoff _backoff;
    private readonly ReplayAnchor _anchor = new();
    private readonly DeadSlots _dead = new();
    private readonly EventBatch _events;
    private readonly TransactionWrites _observed;
    private readonly List<SubscribeUpdate> _messages = [];
    private readonly Dictionary<PoolId, Pool> _newPools = [];
    private readonly Queue<AccountWrite> _startup = new();
    private readonly HashSet<Pubkey> _told = []; // accounts that the reader of the feed believes to exist
    private YellowstoneStream? _stream;
    private CancellationTokenSource? _loadStop;
    private Task<PoolLoad?>? _load;
    private PoolLoad? _loaded;
    private Task<Slot>? _tip;
    private long _tipAsked;
    private Slot _headTold;
    private Slot? _completeAt;
    private bool _mayCut; // the last event was a transaction's write: another one of it may follow
    private bool _needsAll;
    private bool _needsGap;
    private bool _wasComplete;
    private bool _isFullTold;

    public YellowstoneSession(YellowstoneParts parts)
    {
        _parts = parts;
        _subscription = new Subscription(parts.Options, parts.Counts);
        _reader = new UpdateReader(parts.Counts);
        _loader = new PoolLoader(parts.Rpc, _subscription, _reader, parts.Time);
        _observed = new TransactionWrites(parts.Observations.Writer, parts.Counts);
        _backoff = new Backoff(parts.Options.ReconnectDelay, parts.Options.ReconnectDelayMax, parts.Chance);
        // Less than a batch a microsecond, so that a later run begins above every earlier one.
        _events = new EventBatch((ulong)Math.Max(0, parts.Time.UnixNs() / 1_000) + 1);
    }

    /// <summary>The next batch; connects as often as it takes.</summary>
    public async ValueTask<FeedBatch> Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _events.Clear();
            if (TellStartup()) return Take(_parts.Time.UnixNs());
            if (_stream is null && await Connect(cancellationToken).ConfigureAwait(false) is not null)
            {
                if (_anchor.IsSought) TellHead(); // before the old slots that are sent again
                if (_events.Count > 0) return Take(_parts.Time.UnixNs()); // that, and the gap
            }
            if (_stream is not { } stream) continue;
            var most = _parts.Options.BatchMessagesMax;
            if (!await stream.Buffer.Take(_messages, most, cancellationToken).ConfigureAwait(false))
            {
                await Break(stream.End).ConfigureAwait(false);
                continue;
            }
            if ((ReadMessages() ?? LookAfterLoads()) is { } failure) await StartOver(failure).ConfigureAwait(false);
            AskTip(cancellationToken);
            if (_events.Count > 0) return Take(stream.Buffer.ArrivedNs);
        }
    }

    public ValueTask DisposeAsync() => new(Close());

    private FeedBatch Take(long arrivedNs)
    {
        TellHead();
        _parts.Lag.Took(_reader.Tip, _events.Slot);
        return _events.Take(arrivedNs);
    }

    /// <summary>How far the chain is, each time that is known anew.</summary>
    private void TellHead()
    {
        if (_reader.Tip == _headTold) return;
        _headTold = _reader.Tip;
        _events.Add(FeedEvent.ChainHead(_headTold));
    }

    /// <summary>Reads what was taken; why everything has to be read anew after it, null when it has not.</summary>
    private string? ReadMessages()
    {
        const string AnotherNode = "the server is another node than before";
        foreach (var message in _messages)
        {
            if (message.CreatedAt is { } created) _parts.Lag.Arrived(created);
            if (message.UpdateOneofCase == SubscribeUpdate.UpdateOneofOneofCase.Transaction)
            {
                ReadTransaction(message.Transaction);
                continue;
            }
            var isRead = _reader.TryRead(message, out var read);
            Observe(message, read);
            if (!isRead) continue;
            if (read.Kind == FeedEventKind.AccountWrite && !TakeWrite(read.Write)) return AnotherNode;
            var isEnd = read.Kind == FeedEventKind.SlotStatus
                && read.Status is (SlotStatus.Processed or SlotStatus.Confirmed);
            if (isEnd && !_anchor.TakeEndOf(read.Slot)) return AnotherNode;
            _mayCut = read.Kind == FeedEventKind.AccountWrite && read.Write.HasTransaction;
            _events.Add(read);
            if (read.Kind == FeedEventKind.SlotStatus && !_dead.Take(read))
                return $"slot {read.Slot} is confirmed, which was told to be dead";
        }
        return null;
    }

    /// <summary>What it says of transactions, where somebody wants to know.</summary>
    private void Observe(SubscribeUpdate message, in FeedEvent read)
    {
        if (!_parts.Observations.IsRead) return;
        if (read.Kind == FeedEventKind.AccountWrite)
        {
            _observed.Take(read.Write);
        }
        else if (message.UpdateOneofCase == SubscribeUpdate.UpdateOneofOneofCase.Slot
            && _reader.IsPlausible(message.Slot.Slot))
        {
            _observed.Take(message.Slot);
        }
    }

    private bool TakeWrite(in AccountWrite write)
    {
        var wasSought = _anchor.IsSought;
        if (!_anchor.Take(write)) return false;
        if (wasSought && !_anchor.IsSought) Recognise();
        if (!write.IsClosed) _told.Add(write.Key);
        if (PoolDecoder.ProtocolOf(write) == Protocol.Unknown) return true;
        var id = new PoolId(write.Key);
        var isNew = !_subscription.Has(id) && !_newPools.ContainsKey(id);
        if (isNew && PoolLoader.NewPool(write) is { } pool) _newPools.Add(id, pool);
        return true;
    }

    /// <summary>The node is the one of before the break: nothing was missed.</summary>
    private void Recognise()
    {
        _parts.Counts.Replays++;
        _backoff.Reset();
    }

    private void ReadTransaction(SubscribeUpdateTransaction update)
    {
        _parts.Counts.Messages++;
        var defect = _reader.IsPlausible(update.Slot)
            ? TransactionReader.Read(update, out var read)
            : Refuse(out read);
        if (defect != WireDefect.None) _parts.Counts.Refuse(defect);
        else if (read is not null && _parts.Observations.IsRead) _observed.Take(read);

        static WireDefect Refuse(out ObservedTransaction? read)
        {
            read = null;
            return WireDefect.ImplausibleSlot;
        }
    }

    /// <summary>Begins and ends reads from the node; why one failed, null when none did.</summary>
    private string? LookAfterLoads()
    {
        if (_load is { IsCompleted: true } load)
        {
            _load = null;
            if (!load.IsCompletedSuccessfully) return load.Exception?.InnerException?.Message ?? "cancelled";
            _loaded = load.Result;
        }
        // A startup value between the writes of a transaction would end it in the middle.
        if (_loaded is { } loaded && _reader.Processed >= loaded.Slot && !_mayCut) Tell(loaded);
        if (_load is null && _loaded is null && _stream is { } stream && _reader.Processed.Value > 0)
            BeginLoad(stream);
        return null;
    }

    private void BeginLoad(YellowstoneStream stream)
    {
        if (!_needsAll && _newPools.Count == 0) return;
        _loadStop ??= new CancellationTokenSource();
        _load = _needsAll
            ? _loader.LoadAll(stream, _reader.Tip, _loadStop.Token)
            : _loader.LoadNew(stream, [.. _newPools.Values], _loadStop.Token);
        if (!_needsAll) _newPools.Clear();
        _needsAll = false;
    }

    /// <summary>The stream has passed the slot of what was read: it can be told.</summary>
    private void Tell(PoolLoad loaded)
    {
        _loaded = null;
        _parts.Counts.Snapshots++;
        if (loaded.Whole is { } asOf)
        {
            var exist = loaded.Accounts.Select(account => account.Key).ToHashSet();
            foreach (var key in _told.Where(key => !exist.Contains(key))) _startup.Enqueue(Closed(key, asOf));
            _completeAt = loaded.Slot;
        }
        foreach (var account in loaded.Accounts) _startup.Enqueue(account);
        SayFull();
    }

    /// <summary>What found no room in the request is said once.</summary>
    private void SayFull()
    {
        if (_isFullTold || !_subscription.IsFull) return;
        _isFullTold = true;
        LogFull(_parts.Log, _parts.Options.WatchedAccountsMax, _parts.Options.RequestBytesMax);
    }

    private bool TellStartup()
    {
        while (_events.Count < StartupPerBatch && _startup.TryDequeue(out var write))
        {
            if (!write.IsClosed) _told.Add(write.Key);
            _events.Add(FeedEvent.Of(write));
        }
        if (_startup.Count == 0 && _completeAt is { } slot)
        {
            (_completeAt, _wasComplete) = (null, true);
            _backoff.Reset();
            _events.Add(FeedEvent.SnapshotComplete(slot));
            LogComplete(_parts.Log, _told.Count, slot);
        }
        return _events.Count > 0;
    }

    private static AccountWrite Closed(Pubkey key, Slot slot) => new()
    {
        Key = key,
        Owner = default,
        Lamports = 0,
        Slot = slot,
        WriteVersion = 0,
        IsStartup = true,
        Data = default,
    };
}
