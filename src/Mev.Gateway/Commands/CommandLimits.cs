using System.Threading.RateLimiting;
using Mev.Control.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mev.Gateway.Commands;

/// <summary>
/// How many commands of one address are taken. A stop waits for a place at most, whoever else posts: before its
/// signature is read nobody knows whose it is.
/// </summary>
internal static class CommandLimits
{
    public const string Commands = "commands";
    public const string Stop = "stop";

    public static IServiceCollection AddCommandLimits(this IServiceCollection services) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = (rejected, _) => new ValueTask(Reject(rejected.HttpContext));
            limiter.AddPolicy(Commands, Partition);
            limiter.AddPolicy(Stop, static _ => RateLimitPartition.GetConcurrencyLimiter(Stop, static _ => new()
            {
                PermitLimit = 64,
                QueueLimit = 512,
            }));
        });

    private static RateLimitPartition<string> Partition(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        return RateLimitPartition.GetTokenBucketLimiter(address, _ => new()
        {
            TokenLimit = options.CommandsBurst,
            TokensPerPeriod = options.CommandsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0, // refused, not kept waiting
        });
    }

    private static Task Reject(HttpContext context)
    {
        var answer = CommandDesk.Refusal(CommandRefusal.RateLimited, "too many requests of one address: wait");
        return CommandsApi.Problem(context, answer).ExecuteAsync(context);
    }
}
