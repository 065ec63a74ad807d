using Mev.Domain.Chain;
using Mev.Fault.Host;

namespace Mev.Fault.Tests.Evidence;

/// <summary>A submission as the observer saw it.</summary>
internal sealed record Submission(string Opportunity, string Hash, bool WasDurable, string Message)
{
    /// <summary>The bytes have the hash that was stated.</summary>
    public bool IsWhole => Digest.Of(Convert.FromHexString(Message)).ToString() == Hash;

    public static Submission Parse(string line)
    {
        var parts = line.Split(' ');
        return new Submission(parts[0], parts[1], parts[2] == ObservedSender.Durable, parts[3]);
    }
}
