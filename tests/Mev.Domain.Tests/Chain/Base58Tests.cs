using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Domain.Tests.Chain;

public sealed class Base58Tests
{
    [Theory]
    [InlineData("So11111111111111111111111111111111111111112")]
    [InlineData("11111111111111111111111111111111")]
    public void An_address_prints_as_it_was_read(string text) =>
        Assert.Equal(text, Pubkey.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("So1111111111111111111111111111111111111111O")]
    [InlineData("So111111111111111111111111111111111111111123333")]
    public void Text_that_is_no_address_is_refused(string text) => Assert.False(Pubkey.TryParse(text, out _));

    [Fact]
    public void Every_recorded_pair_agrees_in_both_directions()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(TestData.Need("tx", "primitives.json")));
        var pairs = json.RootElement.GetProperty("base58").EnumerateArray().ToList();
        Assert.NotEmpty(pairs);
        Span<byte> buffer = stackalloc byte[128];
        foreach (var pair in pairs)
        {
            var bytes = Convert.FromHexString(pair.GetProperty("hex").GetString()!);
            var text = pair.GetProperty("base58").GetString()!;
            if (bytes.Length <= 92) Assert.Equal(text, Base58.Encode(bytes));
            if (text.Length > Base58.DigitsMax) continue;
            Assert.True(Base58.TryDecode(text, buffer, out var written));
            Assert.Equal(bytes, buffer[..written].ToArray());
        }
        foreach (var bad in json.RootElement.GetProperty("base58Invalid").EnumerateArray())
            Assert.False(Base58.TryDecode(bad.GetProperty("input").GetString()!, buffer, out _));
    }
}
