using Google.Protobuf;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;

namespace Mev.Gateway.Decisions;

/// <summary>Bytes of records as text, whatever their length: a damaged record is shown too.</summary>
internal static class RecordText
{
    private const int IdBytes = 16;

    public static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    public static string Address(ByteString bytes) =>
        bytes.Length == Pubkey.Length ? new Pubkey(bytes.Span).ToString() : Hex(bytes);

    public static string Id(ByteString bytes) =>
        bytes.Length == IdBytes ? DecisionId.From(bytes.Span).ToString() : Hex(bytes);
}
