using Mev.Simulator;

namespace Mev.Adapters.Tests.Simulator;

public sealed class SimulatorHelpTests
{
    [Fact]
    public void Help_lists_every_option_with_its_default_and_meaning()
    {
        Assert.True(SimulatorHelp.IsAsked(["--help"]));
        Assert.False(SimulatorHelp.IsAsked(["--Simulator:Speed", "2"]));
        var lines = SimulatorHelp.Text().Split(Environment.NewLine);
        foreach (var key in new[]
        {
            "Simulator:FundedWallets", "Simulator:Speed 1", "BlockEngine:Rivals Documented",
            "BlockEngine:GrpcPort 12000", "Generator:Seed 1",
        })
        {
            var place = Array.IndexOf(lines, $"  --{key}");
            Assert.True(place > 0, key);
            Assert.Contains("Default", lines[place + 1], StringComparison.Ordinal);
        }
    }
}
