using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>Reads a feed into an assembler, as the pump does, and tells when something has come.</summary>
internal sealed class FeedRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _open = new(1, 1);
    private readonly List<AssembledPool> _drained = [];
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;

    private FeedRun(YellowstoneFeed feed, YellowstoneCounts counts) => (Feed, Counts) = (feed, counts);

    public YellowstoneFeed Feed { get; }

    public YellowstoneCounts Counts { get; }

    public PoolAssembler Assembler { get; } = new(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);

    /// <summary>Kinds of what came, runs of writes and of slot statuses left out.</summary>
    public List<FeedEventKind> Told { get; } = [];

    public Slot Processed { get; private set; }

    public FeedCursor Cursor { get; private set; }

    public int Batches { get; private set; }

    /// <summary>After every gap no pool could be quoted until the snapshot was whole.</summary>
    public bool WereGapsHeld { get; private set; } = true;

    /// <summary>Where the chain is; asked after each batch.</summary>
    public Func<Slot>? Head { get; set; }

    /// <summary>Most slots that the feed was behind it with a pool that could be quoted.</summary>
    public ulong QuotedBehindMax { get; private set; }

    public bool IsComplete
    {
        get
        {
            lock (_gate) return Told.LastOrDefault() == FeedEventKind.SnapshotComplete;
        }
    }

    public static FeedRun Start(YellowstoneFeed feed, YellowstoneCounts counts)
    {
        var run = new FeedRun(feed, counts);
        run._reading = Task.Run(run.Read);
        return run;
    }

    /// <summary>Waits until it holds; fails when the reader ends or nothing comes for long.</summary>
    public async Task Until(Func<FeedRun, bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (holds(this)) return;
                moved = _moved.Task;
            }
            var ended = await Task.WhenAny(moved, _reading).WaitAsync(patience.Token);
            if (ended == _reading) await _reading;
        }
    }

    /// <summary>Waits until something comes, so long at most.</summary>
    public async Task Moved(TimeSpan most)
    {
        Task moved;
        lock (_gate) moved = _moved.Task;
        await Task.WhenAny(moved, _reading, Task.Delay(most, TimeProvider.System));
        if (_reading.IsCompleted) await _reading;
    }

    /// <summary>Holds the reader before its next batch until <see cref="Resume"/>.</summary>
    public Task Pause() => _open.WaitAsync();

    public void Resume() => _open.Release();

    /// <summary>Looks at the assembler while nothing is taken.</summary>
    public T Look<T>(Func<PoolAssembler, T> look)
    {
        lock (_gate) return look(Assembler);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _reading;
        }
        catch (OperationCanceledException)
        {
            // as asked
        }
        _stop.Dispose();
    }

    private async Task Read()
    {
        await foreach (var batch in Feed.Read(_stop.Token))
        {
            await _open.WaitAsync(_stop.Token);
            lock (_gate)
            {
                Take(batch);
                var moved = _moved;
                _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                moved.SetResult();
            }
            _open.Release();
        }
    }

    private static bool IsHeldBack(AssembledPool pool) => pool.Condition != PoolCondition.None;

    private void Take(in FeedBatch batch)
    {
        Assert.True(batch.Cursor.Position > Cursor.Position && batch.Cursor.Slot >= Cursor.Slot);
        Assert.False(batch.Events.IsEmpty);
        Assembler.Take(batch);
        Assembler.Drain(_drained);
        (Cursor, Batches) = (batch.Cursor, Batches + 1);
        foreach (var item in batch.Events.Span)
        {
            if (item is { Kind: FeedEventKind.SlotStatus, Status: SlotStatus.Processed } && item.Slot > Processed)
                Processed = item.Slot;
            if (item.Kind is FeedEventKind.Gap or FeedEventKind.SnapshotComplete) Told.Add(item.Kind);
        }
        if (Head?.Invoke() is { } head && head > Processed && !Assembler.Pools.All(IsHeldBack))
            QuotedBehindMax = Math.Max(QuotedBehindMax, head.Value - Processed.Value);
        if (Told.LastOrDefault() == FeedEventKind.Gap)
            WereGapsHeld &= Assembler.PoolCount > 0 && Assembler.Pools.All(IsHeldBack);
    }
}
