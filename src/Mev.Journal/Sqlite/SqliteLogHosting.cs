using Mev.Domain.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mev.Journal.Sqlite;

/// <summary>Puts the embedded journal into a host.</summary>
public static class SqliteLogHosting
{
    private const string DurabilityKey = "DurabilityRule";
    private const string TestEnvironment = "Test";

    /// <summary>
    /// Adds <see cref="SqliteLog"/> as the host's <see cref="IPartitionedLog"/> and <see cref="IJournalIndex"/>.
    /// Options come from <paramref name="section"/> and are checked at start; the file is opened when first asked for.
    /// </summary>
    public static IServiceCollection AddSqliteLog(this IServiceCollection services, IConfigurationSection section)
    {
        var options = services.AddOptions<SqliteLogOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SqliteLogOptions>, SqliteLogOptionsValidator>();
        if (section.GetSection(DurabilityKey) is { Value: not null } rule)
            options.PostConfigure<IHostEnvironment>((o, environment) => o.Durability = Allowed(rule, environment));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SqliteLog>();
        services.AddSingleton<IPartitionedLog>(Log);
        services.AddSingleton<IJournalIndex>(Log);
        services.AddSingleton<LimitSource>(provider => Log(provider).Limits);
        return services;
    }

    private static SqliteLog Log(IServiceProvider provider) => (SqliteLog)provider.GetService(typeof(SqliteLog))!;

    // Acknowledging before the commit is a mutation that shows what the fault tests are worth.
    private static DurabilityRule Allowed(IConfigurationSection rule, IHostEnvironment environment)
    {
        if (environment.EnvironmentName == TestEnvironment && Enum.TryParse<DurabilityRule>(rule.Value, out var parsed)
            && Enum.IsDefined(parsed))
        {
            return parsed;
        }
        throw new OptionsValidationException(
            nameof(SqliteLogOptions),
            typeof(SqliteLogOptions),
            [$"{rule.Path} '{rule.Value}' is for tests: only the environment '{TestEnvironment}' may set it."]);
    }
}
