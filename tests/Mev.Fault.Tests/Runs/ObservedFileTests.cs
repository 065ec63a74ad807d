using Mev.Fault.Host;

namespace Mev.Fault.Tests.Runs;

public sealed class ObservedFileTests
{
    [Fact]
    public void A_line_that_a_kill_cut_is_taken_away_before_the_next_one()
    {
        using var folder = new RunFolder();
        File.WriteAllText(folder.File("lines.txt"), "whole\nmev.audit ");
        using (var file = new ObservedFile(folder.File("lines.txt"))) file.Add("next");

        Assert.Equal(["whole", "next"], folder.Lines("lines.txt"));
    }
}
