namespace Mev.Fault.Tests.Runs;

/// <summary>How long the tests are: <c>MEV_SOAK=1</c> makes them long.</summary>
internal static class Soak
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("MEV_SOAK") == "1";

    /// <summary>A seed that differs from run to run in a soak, else always the same.</summary>
    public static ulong Seed { get; } = IsOn
        ? (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()
        : 20_260_101;

    public static int Times(int normally, int inSoak) => IsOn ? inSoak : normally;
}
