using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Bundles;

public sealed class TipAccountTests
{
    [Theory]
    [InlineData(0, 255, "96gYZGLnJYVFmbjzopPSU6QiEV5fGqZNyN9nmNhvrZU5")]
    [InlineData(1, 254, "HFqU5x63VTqvQss8hp11i4wVV8bD44PvwucfZ2bU7gRe")]
    [InlineData(2, 255, "Cw8CFyM9FkoMi7K7Crf6HNQqf4uEMzpKw6QNghXLvLkY")]
    [InlineData(3, 255, "ADaUMid9yfUytqMBgopwjb2DTLSokTSzL1zt6iGPaS49")]
    [InlineData(4, 252, "DfXygSm4jCyNCybVYYK6DwvWqjKee8pbDmJGcLWNDXjh")]
    [InlineData(5, 255, "ADuUkR4vqLUMWXxW9gh6D6L8pMSawimctcNZ5pGwDcEt")]
    [InlineData(6, 252, "DttWaMuVvTiduZRnguLF7jNxTgiMBZ1hyAumKUiL2KRL")]
    [InlineData(7, 255, "3AVi9Tg9Uo68tJfuvoKvqKNWKkC5wPdSSdeBnizKZ6jT")]
    public void Each_is_the_address_that_the_program_has_for_its_name(int number, byte bump, string address)
    {
        Assert.Equal(new ProgramAddress(Pubkey.Parse(address), bump), TipAccounts.Derive($"TIP_ACCOUNT_{number}"));
        Assert.Equal(Pubkey.Parse(address), TipAccounts.All[number]);
        Assert.True(TipAccounts.Contains(Pubkey.Parse(address)));
    }

    [Fact]
    public void The_settings_are_no_tip_account()
    {
        var config = Pubkey.Parse("HgzT81VF1xZ3FT9Eq1pHhea7Wcfq2bv4tWTP3VvJ8Y9D");
        Assert.Equal(new ProgramAddress(config, 254), TipAccounts.Derive("CONFIG_ACCOUNT"));
        Assert.Equal(config, TipAccounts.Config);
        Assert.False(TipAccounts.Contains(config));
    }

    [Fact]
    public void The_program_is_that_of_its_bytes() => Assert.Equal(
        "06aa09548b50476ad462f91f89a3015033264fc9abd5270020a9d142334742fb",
        Convert.ToHexStringLower(Programs.TipPayment.ToArray()));

    [Fact]
    public void A_decision_draws_one_of_them_and_a_retry_the_same()
    {
        var key = RandomKey.Of("strategy", epoch: 1);
        var drawn = Enumerable.Range(0, 200).Select(i => TipAccounts.Drawn(new DrawStream(key, (ulong)i))).ToList();
        Assert.Equal(TipAccounts.Count, drawn.Distinct().Count());
        Assert.All(drawn.Index(), entry =>
            Assert.Equal(entry.Item, TipAccounts.Drawn(new DrawStream(key, (ulong)entry.Index))));
    }

    [Fact]
    public void What_an_engine_reports_is_compared_as_a_set()
    {
        Assert.True(TipAccounts.Matches(TipAccounts.All.Reverse()));
        Assert.True(TipAccounts.Matches([.. TipAccounts.All, TipAccounts.All[0]]));
        Assert.False(TipAccounts.Matches(TipAccounts.All.Skip(1)));
        Assert.False(TipAccounts.Matches([.. TipAccounts.All, TipAccounts.Config]));
        Assert.False(TipAccounts.Matches([]));
    }
}
