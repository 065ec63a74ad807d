using System.Globalization;

namespace Mev.Fixtures;

/// <summary>How long the tests are: <c>MEV_SOAK=1</c> makes them long.</summary>
public static class Soak
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("MEV_SOAK") == "1";

    /// <summary>
    /// <c>MEV_SEED</c> where it is set; else one that differs from run to run in a soak, and always the same otherwise.
    /// Printed by the tests that use it.
    /// </summary>
    public static ulong Seed { get; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("MEV_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : IsOn ? (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() : 20_260_101;

    public static int Times(int normally, int inSoak) => IsOn ? inSoak : normally;
}
