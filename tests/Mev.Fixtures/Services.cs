using Xunit;

namespace Mev.Fixtures;

/// <summary>Programs of the machine that some tests run.</summary>
public static class Services
{
    /// <summary>
    /// One is missing: the test is skipped and says which; with <c>MEV_REQUIRE_SERVICES=1</c> it fails.
    /// </summary>
    /// <param name="what">The program or package.</param>
    public static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("MEV_REQUIRE_SERVICES") == "1")
            Assert.Fail($"service missing: {what}, and MEV_REQUIRE_SERVICES=1");
        Assert.Skip($"service missing: {what}");
    }
}
