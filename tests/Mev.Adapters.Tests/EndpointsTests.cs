using Mev.Adapters.Solana;

namespace Mev.Adapters.Tests;

public sealed class EndpointsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8899", "http://127.0.0.1:8899")]
    [InlineData("https://node.test/", "https://node.test/")]
    [InlineData("https://node.test:443/v2/a-key", "https://node.test/***")]
    [InlineData("https://node.test/?api-key=a-key", "https://node.test/***")]
    [InlineData("https://user:a-key@node.test:8443", "https://node.test:8443/***")]
    [InlineData("https://node.test/#a-key", "https://node.test/***")]
    public void Of_an_address_people_see_the_server_and_no_key(string endpoint, string shown) =>
        Assert.Equal(shown, Endpoints.Shown(new Uri(endpoint)));
}
