using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Fixtures;

namespace Mev.Conformance.Tests;

/// <summary>The vectors of the real programs, where they are.</summary>
public sealed class RecordedVectorsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("orca-whirlpool", 1820)]
    [InlineData("raydium-amm-v4", 949)]
    [InlineData("raydium-cpmm", 1070)]
    [InlineData("orca-token-swap", 380)]
    [InlineData("meteora-damm-v2", 864)]
    [InlineData("pumpswap", 864)]
    [InlineData("meteora-dlmm", 2610)]
    [InlineData("meteora-dlmm-limit-orders", 482)]
    [InlineData("raydium-clmm", 864)]
    public void Every_vector_of_a_protocol_agrees(string protocol, int vectors)
    {
        TestData.Need("vectors", protocol + VectorSet.AccountsSuffix);
        var path = TestData.Need("vectors", protocol + VectorSet.VectorsSuffix);
        var sets = VectorSet.In(Path.GetDirectoryName(path)!).Where(set => set.Name == protocol);
        var report = ConformanceRun.Over(sets);
        output.WriteLine(ReportTable.Of(report));
        Assert.Equal(0, report.MismatchedCount);
        Assert.Equal(vectors, Assert.Single(report.Protocols).MatchedCount);
    }

    [Fact]
    public void The_command_agrees_with_the_whole_folder()
    {
        TestData.Need("vectors", "raydium-amm-v4" + VectorSet.VectorsSuffix);
        var (code, text, errors) = CommandRun.Of("--data", TestData.Solana);
        output.WriteLine(text);
        Assert.Equal(("", ConformanceCommand.Agrees), (errors, code));
    }
}
