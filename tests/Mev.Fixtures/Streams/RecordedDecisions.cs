using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Fixtures.Streams;

/// <summary>Records of decisions for logs that nobody replays.</summary>
public static class RecordedDecisions
{
    /// <summary>A skip with so many bytes of a message that nobody reads.</summary>
    public static LogEntry Skip(int number, int messageBytes = 0)
    {
        var id = Digest.Of(BitConverter.GetBytes(number));
        var record = new AuditRecord
        {
            WriterSeq = (ulong)number,
            Partition = 1,
            Decision = new Decision
            {
                DecisionId = ByteString.CopyFrom(id.ToArray().AsSpan(0, 16)),
                Strategy = number % 2 == 0 ? "arb-1" : "arb-2",
                DecidedNs = number,
                Core = new DecisionCore
                {
                    OpportunityId = ByteString.CopyFrom(id.ToArray()),
                    CycleHash = ByteString.CopyFrom(id.ToArray()),
                    Slot = 300_000_000 + (ulong)number,
                    Value = 12_345,
                    Action = 2,
                    Reason = 3,
                    PolicyHash = ByteString.CopyFrom(id.ToArray()),
                    PosteriorId = ByteString.CopyFrom(id.ToArray()),
                    ParametersHash = ByteString.CopyFrom(id.ToArray()),
                    Message = ByteString.CopyFrom(new byte[messageBytes]),
                    Choice = new Choice { Arm = -1 },
                },
            },
        };
        return new LogEntry(RecordType.Skip, number, id, record.ToByteArray());
    }
}
