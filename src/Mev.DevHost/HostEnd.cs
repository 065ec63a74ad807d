using System.Net.Sockets;
using Mev.Domain.Feed;
using Mev.Journal;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>How the process ends: its code, and a message instead of a stack for what has a remedy.</summary>
internal sealed class HostEnd
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>The feed or something else failed.</summary>
    public const int Failed = 1;

    /// <summary>An option or argument is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The journal or a port is not available.</summary>
    public const int Unavailable = 5;

    /// <summary>The code so far.</summary>
    public int Code { get; set; }

    /// <summary>Runs the host and turns what has a remedy into a message and a code.</summary>
    public static async Task<int> Guarded(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OptionsValidationException failure)
        {
            return Say(Usage, string.Join(Environment.NewLine, failure.Failures));
        }
        catch (JournalUnavailableException failure)
        {
            return Say(Unavailable, failure.Message);
        }
        catch (FeedException failure)
        {
            return Say(Failed, failure.Message);
        }
        catch (Exception failure) when (IsPortTaken(failure))
        {
            return Say(
                Unavailable,
                $"a port is taken: {failure.Message} Is another host running? Choose others with --Urls "
                + "http://127.0.0.1:8081 --Host:SiloPort 11112 --Host:GatewayPort 30001.");
        }
    }

    /// <summary>Writes messages to the error output and answers the code.</summary>
    public static int Say(int code, params IEnumerable<string> messages)
    {
        foreach (var message in messages) Console.Error.WriteLine($"Mev.DevHost: {message}");
        return code;
    }

    private static bool IsPortTaken(Exception? failure) => failure switch
    {
        null => false,
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => true,
        AggregateException several => several.InnerExceptions.Any(IsPortTaken),
        _ => IsPortTaken(failure.InnerException),
    };
}
