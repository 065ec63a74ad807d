using System.Net;
using System.Text;

namespace Mev.Grains.Shards;

/// <summary>
/// Which silo a market shard belongs to, by highest random weight: each silo has a weight for each shard, whoever else
/// is there, and the heaviest owns it. So every silo finds the same owners without asking, and where one comes or goes
/// no shard moves but those that it gets or had.
/// </summary>
internal static class RendezvousHash
{
    /// <summary>The place in the list of the shard's owner; the order of the list does not matter.</summary>
    /// <param name="shard">The shard's number.</param>
    /// <param name="silos">Where silos are found: a restart on the same address is the same silo. At least one.</param>
    public static int Owner(int shard, IReadOnlyList<IPEndPoint> silos)
    {
        ArgumentOutOfRangeException.ThrowIfZero(silos.Count);
        var owner = 0;
        var (heaviest, name) = (0UL, "");
        for (var i = 0; i < silos.Count; i++)
        {
            var candidate = silos[i].ToString();
            var weight = Weight(shard, candidate);
            var isHeavier = weight > heaviest
                || (weight == heaviest && string.CompareOrdinal(candidate, name) > 0); // two alike: by name
            if (isHeavier) (owner, heaviest, name) = (i, weight, candidate);
        }
        return owner;
    }

    /// <summary>FNV-1a of the name, spread together with the shard; no other process may get another weight.</summary>
    private static ulong Weight(int shard, string silo)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in Encoding.UTF8.GetBytes(silo)) hash = unchecked((hash ^ letter) * 1_099_511_628_211UL);
        return Spread(hash ^ Spread((ulong)shard + 1));
    }

    /// <summary>The finalizer of MurmurHash3: each bit of the input reaches each of the output.</summary>
    private static ulong Spread(ulong value)
    {
        value = unchecked((value ^ (value >> 33)) * 0xFF51AFD7ED558CCDUL);
        value = unchecked((value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53UL);
        return value ^ (value >> 33);
    }
}
