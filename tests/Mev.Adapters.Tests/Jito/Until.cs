namespace Mev.Adapters.Tests.Jito;

/// <summary>Waits for what another thread brings about.</summary>
internal static class Until
{
    public static async Task Holds(Func<bool> condition)
    {
        for (var i = 0; i < 2_000 && !condition(); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        Assert.True(condition());
    }
}
