using Xunit;

namespace Mev.Fixtures;

/// <summary>Waits for what comes by itself.</summary>
public static class Patience
{
    /// <summary>Looks until it is so; fails the test where it does not come in time.</summary>
    /// <param name="isSo">Whether it is.</param>
    /// <param name="what">What is waited for.</param>
    /// <param name="most">How long at most.</param>
    /// <param name="look">Between two looks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task Until(
        Func<Task<bool>> isSo, string what, TimeSpan most, TimeSpan look,
        CancellationToken cancellationToken = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < most, $"not in time: {what}");
            await Task.Delay(look, TimeProvider.System, cancellationToken);
        }
    }
}
