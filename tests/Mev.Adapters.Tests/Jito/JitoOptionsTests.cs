using Mev.Adapters.Jito;
using Mev.Adapters.Solana;
using Mev.Domain.Bundles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Tests.Jito;

public sealed class JitoOptionsTests
{
    private static readonly (string, string)[] Good =
    [
        ("Jito:Regions:0:Name", "tokyo"), ("Jito:Regions:0:Endpoint", "https://engine.example"),
        ("Jito:AuthUuid", "0000"), ("Jito:Protocol", "Grpc"),
    ];

    [Fact]
    public async Task A_host_gets_a_sender_of_the_first_region()
    {
        await using var host = Host(Good);
        var sender = host.GetRequiredService<IBundleSender>();
        Assert.Equal("jito tokyo", sender.Description);
        Assert.Same(host.GetRequiredService<JitoSender>(), sender);
        Assert.Equal("***", host.GetRequiredService<JitoOptions>().AuthUuid!.ToString());
        Assert.Equal(
            ["jito.submissions", "jito.watched", "jito.waiting-send", "jito.decided", "jito.evidence"],
            host.GetServices<Mev.Domain.Limits.LimitSource>().SelectMany(source => source())
                .Select(limit => limit.Name).Where(name => name.StartsWith("jito.")));
    }

    [Theory]
    [InlineData("Jito:Regions:0:Name", "")]
    [InlineData("Jito:Regions:0:Endpoint", "ftp://engine.example")]
    [InlineData("Jito:Regions:0:Endpoint", "http://engine.example")] // the key would leave in the clear
    [InlineData("Jito:Regions:0:GrpcEndpoint", "http://engine.example")]
    [InlineData("Jito:Regions:1:Name", "tokyo")]
    [InlineData("Jito:Global:Name", "tokyo")]
    [InlineData("Jito:Protocol", "Unknown")]
    [InlineData("Jito:SubmitTimeout", "00:01:00")]
    [InlineData("Jito:SubmissionsInFlightMax", "0")]
    [InlineData("Jito:TipStream", "https://tips.example")]
    [InlineData("Jito:ClosedMax", "00:00:00.5")]
    public void What_cannot_be_meant_is_refused_at_start(string key, string value)
    {
        using var host = Host([.. Good, (key, value)]);
        Assert.Throws<OptionsValidationException>(host.GetRequiredService<JitoOptions>);
    }

    [Fact]
    public void No_address_is_compiled_in()
    {
        using var host = Host([]);
        Assert.Throws<OptionsValidationException>(host.GetRequiredService<JitoOptions>);
    }

    private static ServiceProvider Host((string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)).DistinctBy(_ => _.Key))
            .Build();
        foreach (var (key, value) in settings) configuration[key] = value;
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics().AddSingleton(TimeProvider.System);
        services.AddYellowstone(configuration).AddJito(configuration);
        services.AddSingleton<SendPermit>(new SendPermit(_ => true));
        services.AddSingleton<ValueAtSlot>(new ValueAtSlot((_, _) => null));
        return services.BuildServiceProvider();
    }
}
