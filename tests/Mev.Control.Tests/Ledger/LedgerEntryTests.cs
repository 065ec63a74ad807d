using Mev.Control.Commands;
using Mev.Control.Ledger;
using Mev.Control.Tests.Keys;
using Mev.Domain.Chain;

namespace Mev.Control.Tests.Ledger;

public sealed class LedgerEntryTests
{
    private static readonly Digest Body = Digest.Of("body"u8);
    private static readonly LedgerEntry Started = new(Guid.Empty, Registries.Principal("a"), Body, Registries.NowMs);
    private static readonly LedgerAnswer Answer = new(202, "{}"u8.ToArray());

    [Fact]
    public void A_repeat_waits_and_then_gets_the_answer()
    {
        Assert.Equal(CommandRefusal.IdempotencyInProgress, Started.Check(Started.Principal, Body));
        Assert.Null(Started.Done(Answer).Check(Started.Principal, Body));
        Assert.Same(Answer, Started.Done(Answer).Answer);
    }

    [Fact]
    public void Another_body_or_principal_is_another_command()
    {
        foreach (var entry in new[] { Started, Started.Done(Answer) })
        {
            Assert.Equal(CommandRefusal.IdempotencyKeyReused, entry.Check(Registries.Principal("b"), Body));
            Assert.Equal(CommandRefusal.IdempotencyKeyReused, entry.Check(entry.Principal, Digest.Of("other"u8)));
        }
    }

    [Fact]
    public void The_first_answer_stays() =>
        Assert.Same(Answer, Started.Done(Answer).Done(new LedgerAnswer(500, default)).Answer);

    [Fact]
    public void It_is_kept_for_thirty_days_and_longer_while_it_is_open()
    {
        var end = Registries.NowMs + 30 * Registries.DayMs;

        Assert.False(Started.Done(Answer).IsOver(end));
        Assert.True(Started.Done(Answer).IsOver(end + 1));
        Assert.False(Started.IsOver(end + 1));
    }
}
