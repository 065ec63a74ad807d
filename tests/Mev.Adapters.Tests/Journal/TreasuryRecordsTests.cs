using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Signing;
using TreasuryAttempt = Mev.Domain.Wallets.TreasuryAttempt;

namespace Mev.Adapters.Tests.Journal;

public sealed class TreasuryRecordsTests
{
    private const long DayNs = 86_400_000_000_000;

    [Fact]
    public void An_order_of_a_day_that_leaves_on_the_next_counts_on_the_next()
    {
        var command = Digest.Of("command"u8);
        var order = new TreasuryOrder
        {
            Command = command,
            Message = new byte[] { 1 },
            Approvals = [],
            CostMax = new Lamports(1_000),
        };
        var ledger = Take(new TreasuryLedger(), TreasuryRecords.Of(order), 11 * DayNs - 2_000_000_000);
        Assert.Equal(order.CostMax, ledger.SpentOn(10, except: default));
        var attempt = new TreasuryAttempt(
            TransactionSignature.From(Enumerable.Repeat((byte)1, TransactionSignature.Length).ToArray()), 7);
        ledger = Take(ledger, TreasuryRecords.Of(command, attempt), 11 * DayNs + 2_000_000_000);
        Assert.Equal(order.CostMax, ledger.SpentOn(11, except: default));
        Assert.Equal(Lamports.Zero, ledger.SpentOn(10, except: default));
    }

    private static TreasuryLedger Take(TreasuryLedger ledger, AuditEntry entry, long recordedNs)
    {
        var body = AuditRecord.Parser.ParseFrom(entry.Body.Span);
        body.RecordedNs = recordedNs;
        var bytes = body.ToByteArray();
        return TreasuryRecords.Take(
            ledger, new LogRecord(0, new LogEntry(entry.Type, recordedNs, default, bytes), LeafHash.Of(bytes)));
    }
}
