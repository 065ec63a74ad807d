using System.Collections.Immutable;
using System.Globalization;
using Mev.Adapters.Solana.Probes;

namespace Mev.Cli.Probes;

/// <summary>What all endpoints answer, and whether that will do.</summary>
internal sealed class ProbeReport(ImmutableArray<EndpointProbe> endpoints, ulong lagSlotsMax)
{
    /// <summary>How the command ends: the first thing that is wrong.</summary>
    public int Code => endpoints.Any(endpoint => !endpoint.Answers) ? ExitCode.Unavailable
        : endpoints.Any(endpoint => Trouble(endpoint).Length > 0) ? ExitCode.VerificationFailed
        : ExitCode.Done;

    public void Print(Output output)
    {
        if (output.IsJson)
        {
            output.JsonLine(new { isHealthy = Code == ExitCode.Done, endpoints = endpoints.Select(Json) });
            return;
        }
        output.Table(
            ["endpoint", "address", "state", "version", ">slot", ">lag", ">round trip", "tip accounts"],
            endpoints.Select(endpoint => new[]
            {
                endpoint.Name, endpoint.Address, Trouble(endpoint) is { Length: > 0 } trouble ? trouble : "answers",
                endpoint.Version, $"{endpoint.Slot}", Lag(endpoint), RoundTrip(endpoint), Tips(endpoint),
            }));
    }

    private object Json(EndpointProbe endpoint) => new
    {
        name = endpoint.Name,
        address = endpoint.Address,
        answers = endpoint.Answers,
        trouble = Trouble(endpoint),
        version = endpoint.Version,
        slot = endpoint.Slot?.Value,
        lagSlots = endpoint.LagSlots,
        roundTripMs = endpoint.RoundTrip?.TotalMilliseconds,
        hasDerivedTipAccounts = endpoint.HasDerivedTipAccounts,
    };

    private string Trouble(EndpointProbe endpoint)
    {
        if (!endpoint.Answers) return $"FAILED: {endpoint.Failure}";
        if (endpoint.HasDerivedTipAccounts == false) return "OTHER TIP ACCOUNTS: nothing is signed for this engine";
        return endpoint.LagSlots > lagSlotsMax ? $"BEHIND by more than {lagSlotsMax} slots" : "";
    }

    private static string Lag(EndpointProbe endpoint) => endpoint.LagSlots is { } lag ? $"{lag}" : "";

    private static string RoundTrip(EndpointProbe endpoint) => endpoint.RoundTrip is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms")
        : "";

    private static string Tips(EndpointProbe endpoint) => endpoint.HasDerivedTipAccounts switch
    {
        true => "the derived ones",
        false => "others",
        _ => "",
    };
}
