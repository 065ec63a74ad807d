using System.Reflection;

namespace Mev.DevHost;

/// <summary>What this process was built from.</summary>
internal static class BuildIdentity
{
    /// <summary>
    /// The commit that the SDK put behind the '+' of the informational version; empty outside a checkout.
    /// </summary>
    public static string GitCommit { get; } = typeof(BuildIdentity).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
        .InformationalVersion.Split('+').ElementAtOrDefault(1)
        ?? "";

    /// <summary>The image's digest, when the deployment tells it.</summary>
    public static string ImageDigest { get; } = Environment.GetEnvironmentVariable("MEV_IMAGE_DIGEST") ?? "";
}
