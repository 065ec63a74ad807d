using Mev.Fixtures;
using Mev.Fixtures.Node;

namespace Mev.Control.Tests.Clients;

/// <summary>Independent code: npm <c>structured-headers</c> and <c>http-message-signatures</c>.</summary>
internal static class PublishedClients
{
    public static NodePackages Packages { get; } = new(
        "the published code for signatures",
        Path.Combine(TestData.Repository, "tests", "Mev.Control.Tests", "Clients"),
        "signature-clients");
}
