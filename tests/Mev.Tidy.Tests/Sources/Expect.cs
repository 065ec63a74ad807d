namespace Mev.Tidy.Tests.Sources;

/// <summary>What the rules assert.</summary>
internal static class Expect
{
    /// <summary>Fails with every finding on a line of its own.</summary>
    public static void NoFindings(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, $"{all.Count} findings\n{string.Join('\n', all)}");
    }
}
