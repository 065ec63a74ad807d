using System.Buffers.Binary;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

/// <summary>One resolved decision: what was played and what was observed.</summary>
internal readonly record struct Resolved(int Arm, BundleOutcomeKind Kind, OutcomeCause Cause);

/// <summary>
/// Says from the outcomes alone what the baseline's bytes have to be, by counting and without the sampler's code.
/// </summary>
internal static class PosteriorChecker
{
    private static readonly (BundleOutcomeKind, OutcomeCause)[] FedLosses =
    [
        (BundleOutcomeKind.Refused, OutcomeCause.Outbid), (BundleOutcomeKind.Expired, OutcomeCause.Outbid),
        (BundleOutcomeKind.Refused, OutcomeCause.Late), (BundleOutcomeKind.Expired, OutcomeCause.Late),
        (BundleOutcomeKind.Refused, OutcomeCause.ValueGuard), (BundleOutcomeKind.Expired, OutcomeCause.Dropped),
    ];

    public static bool IsFoldOf(ISampler sampler, IReadOnlyCollection<Resolved> outcomes) =>
        sampler.CanonicalBytes().AsSpan().SequenceEqual(Recount(outcomes));

    public static byte[] Recount(IReadOnlyCollection<Resolved> outcomes)
    {
        var bytes = new byte[2 + 38 * 16];
        bytes[0] = 1;
        for (var arm = 0; arm < 38; arm++)
        {
            var played = outcomes.Where(o => o.Arm == arm).ToList();
            var wins = played.Count(o => o.Kind == BundleOutcomeKind.Landed
                && o.Cause is OutcomeCause.Landed or OutcomeCause.Unbundled);
            var losses = played.Count(o => FedLosses.Contains((o.Kind, o.Cause)));
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(2 + 16 * arm), 1 + wins);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(10 + 16 * arm), 1 + losses);
        }
        return bytes;
    }
}
