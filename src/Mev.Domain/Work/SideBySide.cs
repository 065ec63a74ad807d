namespace Mev.Grains.Feed;

/// <summary>Work that goes on beside other work and ends it.</summary>
internal static class SideBySide
{
    /// <summary>Completes as the work does; when it fails the others are cancelled first.</summary>
    public static async Task OrCancel(this Task work, CancellationTokenSource others)
    {
        try
        {
            await work;
        }
        catch
        {
            await others.CancelAsync();
            throw;
        }
    }

    /// <summary>Completes as the work does; however it ended, what follows it is cancelled first.</summary>
    public static async Task ThenCancel(this Task work, CancellationTokenSource next)
    {
        try
        {
            await work;
        }
        finally
        {
            await next.CancelAsync();
        }
    }
}
