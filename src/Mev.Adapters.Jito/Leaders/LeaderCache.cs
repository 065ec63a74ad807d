using Mev.Adapters.Jito.Wire;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Leaders;

/// <summary>
/// Which leaders take bundles where, slot by slot, as the engine told it last, and the slot now: filled in the
/// background, read without a wait. Past the horizon or too old it is no leader: a tip to one that is not connected
/// buys nothing. From any thread.
/// </summary>
internal sealed class LeaderCache(JitoOptions options, TimeProvider time)
{
    private static readonly TimeSpan SlotTime = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private readonly List<string> _regions = [.. options.Regions.Select(region => region.Name)];
    private Seen? _seen;
    private Schedule? _schedule;

    private sealed record Seen(Slot Slot, long At, bool IsOfFeed);

    private sealed record Schedule(ulong[] Slots, (string Leader, string Region)[] Leaders, long At);

    /// <summary>The slot now, by the newest that was seen and the time since; none before the first.</summary>
    public Slot? Slot => Volatile.Read(ref _seen) is { } seen ? SlotNow(seen) : null;

    /// <summary>Nobody told of a slot for so long that the engine is to be asked.</summary>
    public bool IsSlotOld =>
        Volatile.Read(ref _seen) is not { } seen || time.GetElapsedTime(seen.At) > options.LeaderInterval;

    /// <summary>
    /// The feed is at a slot; whether that was news. It is nearer than an engine that is asked now and then.
    /// </summary>
    public bool Saw(Slot slot)
    {
        lock (_lock)
        {
            if (_seen is { IsOfFeed: true } seen && slot <= seen.Slot) return false;
            Take(slot, isOfFeed: true);
            return true;
        }
    }

    /// <summary>The engine says that it is at a slot: counts where the feed says nothing.</summary>
    public void Take(NextScheduledLeaderResponse told)
    {
        lock (_lock)
            if (IsSlotOld && told.CurrentSlot < ulong.MaxValue / 2) Take(new Slot(told.CurrentSlot), isOfFeed: false);
    }

    /// <summary>Takes the leaders of our regions; names that are none are left out.</summary>
    public void Take(ConnectedLeadersRegionedResponse told)
    {
        var known = _regions
            .Where(told.ConnectedValidators.ContainsKey)
            .SelectMany(region => told.ConnectedValidators[region].ConnectedValidators
                .Where(leader => Pubkey.TryParse(leader.Key, out _))
                .SelectMany(leader => leader.Value.Slots.Select(slot => (slot, leader.Key, region))))
            .ToList();
        var slots = known.Select(one => one.slot).ToArray();
        var leaders = known.Select(one => (one.Key, one.region)).ToArray();
        Array.Sort(slots, leaders);
        Volatile.Write(ref _schedule, new Schedule(slots, leaders, time.GetTimestamp()));
    }

    /// <summary>Where a bundle goes now.</summary>
    public LeaderChoice Choose()
    {
        if (Volatile.Read(ref _seen) is not { } seen || Volatile.Read(ref _schedule) is not { } schedule)
            return Otherwise("", "no leader is known");
        if (IsOld(seen.At) || IsOld(schedule.At)) return Otherwise("", "what is known is old");
        var slot = SlotNow(seen).Value;
        var at = Array.BinarySearch(schedule.Slots, slot);
        if (at < 0) at = ~at;
        if (at == schedule.Slots.Length) return Otherwise("", "no leader of the configured regions is ahead");
        var (leader, region) = schedule.Leaders[at];
        var ahead = schedule.Slots[at] - slot;
        return ahead > (ulong)options.LeaderHorizonSlots
            ? Otherwise(leader, $"the next leader is {ahead} slots ahead")
            : new LeaderChoice(region, leader, "");
    }

    private void Take(Slot slot, bool isOfFeed) =>
        Volatile.Write(ref _seen, new Seen(slot, time.GetTimestamp(), isOfFeed));

    private bool IsOld(long at) => time.GetElapsedTime(at) > options.LeaderAgeMax;

    private LeaderChoice Otherwise(string leader, string why) => new(options.Global?.Name, leader, why);

    private Slot SlotNow(Seen seen) =>
        new(seen.Slot.Value + (ulong)(time.GetElapsedTime(seen.At).Ticks / SlotTime.Ticks));
}
