using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Makes the batches of a replay: one line ahead, to see where a transaction ends; buffers recycle.</summary>
internal sealed class ReplayBatches(string accounts)
{
    private readonly KeyCache _keys = new();
    private readonly StartupAccounts _startup = new();
    private readonly Stack<ReplayLine> _free = new();
    private readonly List<ReplayLine> _lines = [];
    private readonly HashSet<TransactionSignature> _told = []; // of the slot
    private readonly BatchEvents _events = new();
    private ReplayLine? _next;

    /// <summary>Slot of the batch made last.</summary>
    public Slot Slot => _events.Slot;

    /// <summary>Block time of the batch made last.</summary>
    public long BlockTime { get; private set; }

    /// <summary>Number of the line that the batch made last begins with.</summary>
    public ulong Line { get; private set; }

    /// <summary>The startup batch, in the slot before the first line's.</summary>
    public FeedBatch Start(RecordingLines lines)
    {
        _startup.Read(accounts, _keys);
        _next = Read(lines) ?? throw new FeedException($"{lines.Path} holds no line: get the recording again");
        if (_next.Slot.Value == 0) throw lines.Bad("'slot' is 0");
        var slot = new Slot(_next.Slot.Value - 1);
        return _events.Start(_startup.Writes(slot), slot);
    }

    /// <summary>The batch of the next transaction; false at the end.</summary>
    public bool TryNext(RecordingLines lines, out FeedBatch batch)
    {
        foreach (var line in _lines) _free.Push(line);
        _lines.Clear();
        batch = default;
        if (_next is not { } first) return false;
        while (_next is not null && _next.Signature == first.Signature)
        {
            if (_lines.Count == RecordingFeed.SwapsPerTransactionMax)
                throw lines.Bad($"more than {RecordingFeed.SwapsPerTransactionMax} swaps of one transaction");
            _lines.Add(_next);
            _next = Read(lines);
        }
        (BlockTime, Line) = (first.BlockTime, first.Number);
        _events.Enter(first.Slot, first.BlockTime);
        foreach (var line in _lines) Add(line);
        batch = _events.Take();
        return true;
    }

    private ReplayLine? Read(RecordingLines lines)
    {
        if (!lines.TryRead(out var bytes)) return null;
        var line = _free.TryPop(out var recycled) ? recycled : new ReplayLine();
        line.Parse(bytes, lines, _keys);
        if (_next is not null && line.RefusalAfter(_next) is { } refusal) throw lines.Bad(refusal);
        if (_next?.Slot != line.Slot) _told.Clear();
        if (_next?.Signature != line.Signature && !_told.Add(line.Signature))
            throw lines.Bad("its transaction stands before it already, and another one between them");
        if (_lines.Exists(earlier => earlier.IsRepeatedBy(line))) throw lines.Bad("it repeats a line before it");
        return line;
    }

    private void Add(ReplayLine line)
    {
        _events.Add(FeedEvent.Swap(line.Order, line.Signature));
        for (var i = 0; i < line.UpdateCount; i++)
        {
            var (key, data) = line.Update(i);
            _events.AddLive(new AccountWrite
            {
                Key = key,
                Owner = _startup.Owners.TryGetValue(key, out var owner) ? owner : Programs.Whirlpool,
                Lamports = 1,
                Slot = line.Slot,
                WriteVersion = 0,
                Transaction = line.Signature,
                Data = data,
            });
        }
    }
}
