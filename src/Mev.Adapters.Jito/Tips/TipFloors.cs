using Mev.Domain.Bundles;

namespace Mev.Adapters.Jito.Tips;

/// <summary>The newest published tips, and whether they still hold.</summary>
internal sealed class TipFloors(JitoOptions options, TimeProvider time, TipsObserved? observed = null)
{
    private sealed record Known(TipFloor Floor, long At);

    private Known? _known;

    /// <summary>The newest tips; null before the first. Old ones stay, marked by <see cref="IsStale"/>.</summary>
    public TipFloor? Newest => Volatile.Read(ref _known)?.Floor;

    /// <summary>They were measured too long ago, or nothing is known.</summary>
    public bool IsStale => Volatile.Read(ref _known) is not { } known
        || time.GetElapsedTime(known.At) > options.TipFloorAgeMax
        || time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(known.Floor.AtMs) > options.TipFloorAgeMax;

    /// <summary>Takes tips in, unless newer ones are known.</summary>
    public bool Take(TipFloor floor)
    {
        while (true)
        {
            var known = Volatile.Read(ref _known);
            if (known is not null && floor.AtMs < known.Floor.AtMs) return false;
            var next = new Known(floor, time.GetTimestamp());
            if (Interlocked.CompareExchange(ref _known, next, known) != known) continue;
            observed?.Invoke(floor);
            return true;
        }
    }
}
