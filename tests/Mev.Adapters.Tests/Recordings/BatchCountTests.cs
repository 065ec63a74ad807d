using Mev.Adapters.Solana.Recordings;

namespace Mev.Adapters.Tests.Recordings;

public sealed class BatchCountTests
{
    [Fact]
    public async Task Who_asks_never_waits_for_the_count()
    {
        using var held = new ManualResetEventSlim();
        var started = new TaskCompletionSource();
        var count = new BatchCount(() =>
        {
            started.SetResult();
            held.Wait(TestContext.Current.CancellationToken);
            return 7;
        });

        Assert.Null(count.Value);
        await started.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Null(count.Value);
        held.Set();
        while (count.Value is null) await Task.Yield();
        Assert.Equal(7UL, count.Value);
    }
}
