using System.Net.Sockets;
using Mev.Domain.Feed;
using Mev.Grains.Feed;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Mev.Storage.Redis;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>How the process ends: its code, and a message instead of a stack for what has a remedy.</summary>
internal sealed class HostEnd(FeedProgress feed, IReadOnlyList<BackgroundService> services)
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>A part of the host failed.</summary>
    public const int Failed = 1;

    /// <summary>An option or argument is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The journal, another file or a port is not available.</summary>
    public const int Unavailable = 5;

    /// <summary>
    /// The feed cannot be read to its end, or is not the one of the journal: another start meets the same.
    /// </summary>
    public const int FeedUnusable = 6;

    private const string WebServer = "Microsoft.AspNetCore.Server.Kestrel.Core";

    /// <summary>The code by what has ended so far: the feed's failure, and any service that ended by a fault.</summary>
    public int Code
    {
        get
        {
            if (feed.Current.Failure is { } failure) return CodeOf(failure);
            return services.Any(service => service.ExecuteTask is { IsFaulted: true }) ? Failed : Done;
        }
    }

    /// <summary>Of a host whose services are still there; the code can be read when they no longer are.</summary>
    public static HostEnd Of(IServiceProvider services) => new(
        services.GetRequiredService<FeedProgress>(),
        [.. services.GetServices<IHostedService>().OfType<BackgroundService>()]);

    /// <summary>Runs the host and turns what has a remedy into a message and a code.</summary>
    public static async Task<int> Guarded(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OptionsValidationException failure)
        {
            return Say(Usage, failure.Failures);
        }
        catch (AggregateException several) when (several.InnerExceptions.All(one => one is OptionsValidationException))
        {
            return Say(
                Usage, several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures)
                    .Distinct()); // options that others depend on are met more than once
        }
        catch (Exception failure) when (HasRemedy(failure))
        {
            return Say(CodeOf(failure), failure.Message);
        }
        catch (Exception failure) when (IsPortTaken(failure))
        {
            return Say(
                Unavailable,
                $"a port is taken: {failure.Message} Is another host running? Choose others with --Urls "
                + "http://127.0.0.1:8081 --Host:SiloPort 11112 --Host:GatewayPort 30001.");
        }
        catch (Exception failure) when (failure.Source == WebServer)
        {
            return Say(Usage, $"Urls or Kestrel: {failure.Message}"); // what it does not take of its own sections
        }
    }

    /// <summary>Whether the message says all that is needed: what, and what to do about it.</summary>
    public static bool HasRemedy(Exception failure) => CodeOf(failure) != Failed;

    /// <summary>Writes messages to the error output and answers the code.</summary>
    public static int Say(int code, params IEnumerable<string> messages)
    {
        foreach (var message in messages) Console.Error.WriteLine($"Mev.DevHost: {message.ReplaceLineEndings(" ")}");
        return code;
    }

    private static int CodeOf(Exception failure) => failure switch
    {
        OptionsValidationException => Usage,
        JournalUnavailableException or JournalBehindException or SqliteUnavailableException
            or RedisUnavailableException => Unavailable,
        FeedException => FeedUnusable,
        _ => Failed,
    };

    private static bool IsPortTaken(Exception? failure) => failure switch
    {
        null => false,
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => true,
        AggregateException several => several.InnerExceptions.Any(IsPortTaken),
        _ => IsPortTaken(failure.InnerException),
    };
}
