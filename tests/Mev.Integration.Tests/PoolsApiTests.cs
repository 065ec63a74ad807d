using Mev.Fixtures;
using Mev.Gateway.Pools;
using Mev.Grains.Abstractions.Feed;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mev.Integration.Tests;

/// <summary>What a request for a pool asks of the silo.</summary>
public sealed class PoolsApiTests
{
    [Fact]
    public async Task An_address_that_no_cycle_uses_is_not_found_and_no_grain_is_made_for_it()
    {
        var asked = new List<Type>();
        var feed = Fakes.Of<IFeedGrain>((_, _) => Fakes.Awaited(false)); // has no pool
        var grains = Fakes.Of<IGrainFactory>((method, _) =>
        {
            asked.Add(method.ReturnType);
            return feed;
        });

        var answer = await PoolsApi.Find(grains, "11111111111111111111111111111111");

        Assert.Equal(404, Assert.IsType<ProblemHttpResult>(answer.Result).StatusCode);
        Assert.Equal([typeof(IFeedGrain)], asked);
    }
}
