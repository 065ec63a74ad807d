using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Journal;

namespace Mev.Gateway.Decisions;

/// <summary>Bytes of records as text, whatever their length: a damaged record is shown too.</summary>
internal static class RecordText
{
    private const int IdBytes = 16;

    /// <summary>The record's body; null when its bytes cannot be decoded.</summary>
    public static AuditRecord? Parse(LogRecord record)
    {
        try
        {
            return AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    public static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    public static string Address(ByteString bytes) =>
        bytes.Length == Pubkey.Length ? new Pubkey(bytes.Span).ToString() : Hex(bytes);

    public static string Id(ByteString bytes) =>
        bytes.Length == IdBytes ? DecisionId.From(bytes.Span).ToString() : Hex(bytes);
}
