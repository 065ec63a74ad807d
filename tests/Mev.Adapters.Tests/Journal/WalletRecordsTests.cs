using CsCheck;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Wallets;
using Mev.Journal;
using Mev.Journal.Wallets;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Adapters.Tests.Journal;

/// <summary>A wallet goes on without records that it cannot read, and says which.</summary>
public sealed class WalletRecordsTests
{
    private static readonly Pubkey Wallet = new(Digest.Of("wallet"u8).ToArray());
    private static readonly Lamports Fee = new(5);

    private static readonly (RecordType Type, AuditRecord Body)[] Whole =
        [(RecordType.Intent, Intent()), (RecordType.Attempt, Attempt()), (RecordType.Outcome, Landed())];

    private static readonly Gen<(int Record, int Length, (int Place, byte Bits)[] Flips)> Damage = Gen.Select(
        Gen.Int[0, 2],
        Gen.OneOf(Gen.Int[0, 300], Gen.Const(int.MaxValue)),
        Gen.Select(Gen.Int[0, 300], Gen.Byte).Array[0, 6]);

    [Fact]
    public void Intent_attempt_and_outcome_reserve_sign_and_pay()
    {
        var ledger = new WalletLedger();
        foreach (var (type, body) in Whole) Assert.True(TryTake(type, body.ToByteArray(), ref ledger));
        Assert.Equal(new Lamports(85), ledger.SpentToday);
        Assert.Single(Assert.Single(ledger.Open).Value.Signatures);
    }

    [Fact]
    public void A_correction_is_booked_and_the_same_outcome_again_is_not()
    {
        var ledger = new WalletLedger();
        foreach (var (type, body) in Whole) TryTake(type, body.ToByteArray(), ref ledger);
        var gone = Landed();
        (gone.Outcome.Kind, gone.Outcome.Cause) = ((uint)BundleOutcomeKind.Expired, (uint)OutcomeCause.Dropped);

        Assert.True(TryTake(RecordType.Outcome, gone.ToByteArray(), ref ledger)); // no correction: the first counts
        Assert.Equal((new Lamports(85), 1), (ledger.SpentToday, ledger.Open.Count));

        gone.Outcome.Corrects = new Corrected { Offset = 3, Kind = (uint)BundleOutcomeKind.Landed };
        Assert.True(TryTake(RecordType.Outcome, gone.ToByteArray(), ref ledger));
        Assert.Equal((Lamports.Zero, 0), (ledger.SpentToday, ledger.Open.Count));
    }

    [Fact]
    public void What_another_strategys_intent_came_to_frees_nothing()
    {
        var ledger = new WalletLedger();
        foreach (var (type, body) in Whole.Take(2)) TryTake(type, body.ToByteArray(), ref ledger);
        var (before, taken) = (ledger, Landed());
        (taken.Outcome.Kind, taken.Outcome.Cause) = ((uint)BundleOutcomeKind.Refused, (uint)OutcomeCause.NotSent);
        taken.Outcome.Strategy = "arb-2";

        Assert.True(TryTake(RecordType.Outcome, taken.ToByteArray(), ref ledger));
        Assert.Same(before, ledger);

        taken.Outcome.Strategy = "arb-1";
        Assert.True(TryTake(RecordType.Outcome, taken.ToByteArray(), ref ledger));
        Assert.Empty(ledger.Open);
    }

    /// <summary>Each partition tells its days in order; read one after the other they begin again.</summary>
    [Fact]
    public void What_a_later_partition_tells_of_an_earlier_day_costs_the_newest_day_nothing()
    {
        var today = new WalletLedger().On(2);
        foreach (var (type, body) in Whole) TryTake(type, body.ToByteArray(), ref today);
        Assert.Equal((2L, Lamports.Zero), (today.Day, today.SpentToday));
        Assert.Single(today.Open);

        var gone = Landed();
        (gone.Outcome.Kind, gone.Outcome.Cause) = ((uint)BundleOutcomeKind.Expired, (uint)OutcomeCause.Dropped);
        gone.Outcome.Corrects = new Corrected { Offset = 3, Kind = (uint)BundleOutcomeKind.Landed };
        TryTake(RecordType.Outcome, gone.ToByteArray(), ref today);
        Assert.Equal((2L, Lamports.Zero), (today.Day, today.SpentToday));

        var live = new WalletLedger().On(2).Reserve(WalletRecords.Reservation(Intent().Decision, Fee)!)
            .Settle(Mev.Journal.Audit.OutcomeRecords.Read(Landed().Outcome));
        Assert.Equal(new Lamports(85), live.SpentToday); // a clock that runs backwards gives no cap back
    }

    [Fact]
    public void A_damaged_record_is_told_and_changes_nothing()
    {
        (int Record, Action<AuditRecord> Harm)[] harms =
        [
            (0, body => body.Decision.Core.OpportunityId = ByteString.Empty),
            (0, body => body.Decision.Core.Tip = long.MaxValue),
            (0, body => body.Decision.Core.Hops[0].AmountIn = ulong.MaxValue),
            (1, body => body.Attempt.OpportunityId = ByteString.CopyFrom(1, 2)),
            (2, body => body.Outcome.TipPaid = long.MaxValue),
            (2, body => body.Outcome.TipPaid = -1),
            (2, body => body.Outcome.OpportunityId = ByteString.Empty),
        ];
        foreach (var (record, harm) in harms)
        {
            var ledger = new WalletLedger();
            for (var i = 0; i < record; i++) TryTake(Whole[i].Type, Whole[i].Body.ToByteArray(), ref ledger);
            var (before, body) = (ledger, Whole[record].Body.Clone());
            harm(body);
            Assert.False(TryTake(Whole[record].Type, body.ToByteArray(), ref ledger));
            Assert.Same(before, ledger);
        }
        var cut = new WalletLedger();
        Assert.False(TryTake(RecordType.Intent, Whole[0].Body.ToByteArray()[..^3], ref cut));
    }

    [Fact]
    public void Truncated_and_changed_records_never_throw() => Damage.Array[1, 30].Sample(
        damages =>
        {
            var ledger = new WalletLedger();
            foreach (var (record, length, flips) in damages)
            {
                var bytes = Whole[record].Body.ToByteArray();
                foreach (var (place, bits) in flips) bytes[place % bytes.Length] ^= bits;
                TryTake(Whole[record].Type, bytes[..Math.Min(length, bytes.Length)], ref ledger);
            }
            Assert.True(ledger.Cost >= Lamports.Zero && ledger.AmountIn.Units <= long.MaxValue);
        },
        iter: 5_000);

    private static bool TryTake(RecordType type, byte[] bytes, ref WalletLedger ledger) =>
        WalletRecords.TryTake(
            LogRecords.Of(0, new LogEntry(type, 1, default, bytes)), Wallet, Fee, ref ledger);

    private static AuditRecord Intent() => new()
    {
        Decision = new Decision
        {
            Strategy = "arb-1",
            Core = new DecisionCore
            {
                OpportunityId = Bytes(Digest.Length),
                Action = (uint)DecisionAction.Submit,
                Hops = { new Contracts.V1.HopAmounts { AmountIn = 1_000, Pool = Bytes(Pubkey.Length) } },
                Tip = 80,
                Choice = new Choice { Arm = 1 },
                MessageHash = Bytes(Digest.Length),
                Moment = new Contracts.V1.ChainMoment
                {
                    LastValidBlockHeight = 7,
                    Wallet = ByteString.CopyFrom(Wallet.ToArray()),
                },
            },
        },
    };

    private static AuditRecord Attempt() => new()
    {
        Attempt = new Attempt
        {
            OpportunityId = Bytes(Digest.Length),
            Signatures = { Bytes(TransactionSignature.Length) },
        },
    };

    private static AuditRecord Landed() => new()
    {
        Outcome = new Outcome
        {
            OpportunityId = Bytes(Digest.Length),
            Strategy = "arb-1",
            Kind = (uint)BundleOutcomeKind.Landed,
            Cause = (uint)OutcomeCause.Landed,
            Slot = 301,
            TipPaid = 80,
            ObservedMs = 86_400_000,
        },
    };

    private static ByteString Bytes(int length) =>
        ByteString.CopyFrom([.. Enumerable.Range(0, length).Select(i => (byte)i)]);
}
