using Mev.Adapters.Solana.Probes;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Probes;

/// <summary>What is shown of endpoints: their versions, how far they are, and none of their keys.</summary>
public sealed class ProbeTextTests
{
    [Theory]
    [InlineData("""{"package":"mev-simulator"}""", "mev-simulator")]
    [InlineData("""{"version":{"package":"geyser","version":"1.2"},"extra":{"hostname":"x"}}""", "geyser 1.2")]
    [InlineData("""{"version":"3.0"}""", "3.0")]
    [InlineData("2.1.0\n(client)", "2.1.0 (client)")]
    [InlineData("[1]", "[1]")]
    public void A_version_is_read_out_of_what_servers_tell(string told, string shown) =>
        Assert.Equal(shown, ProbeText.Version(told));

    [Fact]
    public void A_failure_is_one_short_line_without_any_part_of_the_address_that_may_be_a_key()
    {
        var endpoint = new Uri("https://someone:pass%20word@node.example/v2/tok%2Fen/?api-key=secret1&x=y#frag9");
        var text = ProbeText.Of(
            "someone, pass word and pass%20word at node.example\nwith tok/en, tok%2Fen, secret1 and #frag9", endpoint);
        Assert.Equal("***, *** and *** at node.example with ***, ***, *** and ***", text);
        Assert.True(ProbeText.Of(new string('a', 10_000), endpoint).Length < 200);
    }

    [Fact]
    public void How_far_it_is_behind_needs_both_slots_and_is_never_less_than_nothing()
    {
        var probe = new EndpointProbe { Name = "one", Address = "there", Slot = new Slot(100) };
        Assert.Null(probe.LagSlots);
        Assert.Equal(7UL, (probe with { Reference = new Slot(107) }).LagSlots);
        Assert.Equal(0UL, (probe with { Reference = new Slot(93) }).LagSlots);
        Assert.Null((probe with { Slot = null, Reference = new Slot(93) }).LagSlots);
    }
}
