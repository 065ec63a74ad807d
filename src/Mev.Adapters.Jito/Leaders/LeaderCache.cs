using Mev.Adapters.Jito.Wire;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Leaders;

/// <summary>
/// Who leads next and where, as of the last answer: filled in the background, read without a wait. Past the horizon,
/// in another region or too old, it is no leader: a tip to one that is not connected buys nothing.
/// </summary>
internal sealed class LeaderCache(JitoOptions options, TimeProvider time)
{
    private const ulong SlotsPerLeader = 4; // consecutive slots of one leader (Solana's leader schedule)
    private static readonly TimeSpan SlotTime = TimeSpan.FromMilliseconds(400);

    private sealed record Answer(ulong Slot, ulong LeaderSlot, string Leader, string Region, long At);

    private Answer? _answer;

    /// <summary>The slot now, by the last answer and the time since; none before the first.</summary>
    public Slot? Slot => Volatile.Read(ref _answer) is { } answer ? new Slot(SlotNow(answer)) : null;

    /// <summary>Takes an answer in; one that contradicts itself is as good as none.</summary>
    public void Take(NextScheduledLeaderResponse told)
    {
        var isTrue = told.NextLeaderSlot >= told.CurrentSlot && told.CurrentSlot < ulong.MaxValue / 2
            && Pubkey.TryParse(told.NextLeaderIdentity, out _);
        Volatile.Write(ref _answer, isTrue
            ? new Answer(
                told.CurrentSlot, told.NextLeaderSlot, told.NextLeaderIdentity,
                EngineErrors.Cut(told.NextLeaderRegion), time.GetTimestamp())
            : null);
    }

    /// <summary>Where a bundle goes now.</summary>
    public LeaderChoice Choose()
    {
        var answer = Volatile.Read(ref _answer);
        if (answer is null) return Otherwise("", "no leader is known");
        if (time.GetElapsedTime(answer.At) > options.LeaderAgeMax) return Otherwise("", "what is known is old");
        var slot = SlotNow(answer);
        if (slot >= answer.LeaderSlot && slot - answer.LeaderSlot >= SlotsPerLeader)
            return Otherwise("", "the leader's slots are over");
        if (slot < answer.LeaderSlot && answer.LeaderSlot - slot > (ulong)options.LeaderHorizonSlots)
            return Otherwise(answer.Leader, $"the next leader is {answer.LeaderSlot - slot} slots ahead");
        return options.Regions.Any(region => region.Name == answer.Region)
            ? new LeaderChoice(answer.Region, answer.Leader, "")
            : Otherwise(answer.Leader, $"the leader's region '{answer.Region}' is not configured");
    }

    private LeaderChoice Otherwise(string leader, string why) =>
        new(options.Global?.Name, leader, why);

    private ulong SlotNow(Answer answer) =>
        answer.Slot + (ulong)(time.GetElapsedTime(answer.At).Ticks / SlotTime.Ticks);
}
