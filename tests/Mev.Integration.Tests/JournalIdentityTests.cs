namespace Mev.Integration.Tests;

/// <summary>A journal belongs to one feed and one number of partitions; the host goes on with no other.</summary>
public sealed class JournalIdentityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("identity-");

    [Theory]
    [InlineData("--Generator:Seed", "12", "generator seed 11,", "generator seed 12,")]
    [InlineData("--Generator:SwapSigma", "1.1", "sigma 1.2,", "sigma 1.1,")]
    [InlineData("--Trading:StrategyPartitions", "3", "was 1 when the journal was begun", "is 3 now")]
    public async Task A_journal_of_something_else_stops_the_start_with_both_and_the_remedy(
        string option, string value, string former, string present)
    {
        Assert.Equal(0, (await Run()).Code);

        var other = await Run(option, value);

        Assert.Equal(2, other.Code);
        Assert.All([former, present, "Journal:Path", "State:Path"], part => Assert.Contains(part, other.Errors));
        Assert.DoesNotContain(" at Mev.", other.All);
        Assert.DoesNotContain("complete", other.Output);
    }

    [Fact]
    public async Task More_transactions_of_the_same_market_go_on_where_fewer_ended()
    {
        Assert.Equal(0, (await Run()).Code);

        var more = await Run("--Generator:Transactions", "90");

        Assert.True(more.Code == 0, more.All);
        Assert.Contains("Taking up again", more.Output);
    }

    private Task<Programs.Finished> Run(params string[] settings) => Programs.Run(
        HostProcess.Program,
        _folder.FullName,
        [
            .. HostProcess.Ports(Programs.FreePorts(3)), .. HostProcess.Generator(60), "--exit-at-end", .. settings,
        ]);

    public void Dispose() => _folder.Delete(recursive: true);
}
