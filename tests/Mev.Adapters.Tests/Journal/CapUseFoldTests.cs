using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Journal;
using Mev.Journal.Strategies;
using Decision = Mev.Contracts.V1.Decision;
using RuleCheck = Mev.Contracts.V1.RuleCheck;

namespace Mev.Adapters.Tests.Journal;

/// <summary>What a strategy's records say of its caps, whatever times stand in them.</summary>
public sealed class CapUseFoldTests
{
    private const string Id = "arb-1";
    private const long Midnight = 20_000 * 86_400;
    private const ulong SlotsOfHour = 9_000;

    private readonly StrategyFold _fold = new(new StrategyParameters { Id = Id });

    /// <summary>At a full cap nothing is submitted any more, so what else is decided has to move the day.</summary>
    [Fact]
    public void One_record_with_a_time_far_ahead_closes_the_cap_until_the_next_day_and_not_for_ever()
    {
        Decide(DecisionAction.Submit, hours: 1, amount: 7);
        Assert.Equal(7UL, Used(hours: 2));
        Decide(DecisionAction.Submit, hours: 1, amount: 2, falseHours: 24 * 400);
        Assert.Equal(9UL, Used(hours: 2)); // it emptied nothing
        Decide(DecisionAction.Block, hours: 3);
        Assert.Equal(9UL, Used(hours: 23));
        Assert.Equal(0UL, Used(hours: 25));
        Decide(DecisionAction.Submit, hours: 26, amount: 1);
        Assert.Equal(1UL, Used(hours: 27));
    }

    private ulong Used(int hours) =>
        _fold.Use.Of(new CapSubject(CapScope.Strategy), new ChainClock(SlotAt(hours), Midnight + 3_600L * hours)).DayIn;

    private void Decide(DecisionAction action, int hours, long amount = 0, int falseHours = 0)
    {
        var core = new DecisionCore
        {
            OpportunityId = ByteString.CopyFrom(Digest.Of(BitConverter.GetBytes(_fold.NextOffset)).ToArray()),
            Action = (uint)action,
            Value = 1_000_000,
            Choice = new Choice(),
            ChainUnixTime = Midnight + 3_600L * (hours + falseHours),
            ChainSlot = SlotAt(hours).Value,
            RandomKey = RandomKeyOfFirstEpoch,
            Hops = { new HopAmounts { Pool = ByteString.CopyFrom(new byte[32]) } },
            Message = ByteString.CopyFrom([1]),
            MessageHash = ByteString.CopyFrom(new byte[32]),
        };
        if (amount > 0)
        {
            core.Checks.Add(new RuleCheck
            {
                Rule = (uint)LimitRule.DayAmountIn,
                Limit = 1_000,
                Observed = amount,
                Passed = true,
                Scope = (uint)CapScope.Strategy,
            });
        }
        var body = new AuditRecord
        {
            Decision = new Decision
            {
                DecisionId = ByteString.CopyFrom(new byte[16]),
                Strategy = Id,
                Cursor = new FeedCursor { Position = (ulong)_fold.NextOffset + 1, Slot = SlotAt(hours).Value },
                Core = core,
            },
        };
        var type = action == DecisionAction.Submit ? RecordType.Intent : RecordType.Block;
        Assert.True(_fold.Take(LogRecords.Of(_fold.NextOffset, new LogEntry(type, 1, default, body.ToByteArray()))));
    }

    private static Slot SlotAt(int hours) => new(300_000_000UL + SlotsOfHour * (ulong)hours);

    private static ulong RandomKeyOfFirstEpoch => Domain.Learning.RandomKey.Of(Id, 1).Value;
}
