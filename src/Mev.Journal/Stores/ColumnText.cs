using Google.Protobuf;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;

namespace Mev.Journal.Stores;

/// <summary>Values of records as the columns hold them, whatever their length or number.</summary>
internal static class ColumnText
{
    private const int IdBytes = 16;

    public static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    public static string Address(ByteString bytes) =>
        bytes.Length == Pubkey.Length ? new Pubkey(bytes.Span).ToString() : Hex(bytes);

    public static Guid? Id(ByteString bytes) =>
        bytes.Length == IdBytes ? DecisionId.From(bytes.Span).Value : null;

    /// <summary>An enum's name; of a number without one the number.</summary>
    public static string Name<TEnum>(long number)
        where TEnum : struct, Enum => ((TEnum)Enum.ToObject(typeof(TEnum), number)).ToString();

    /// <summary>A count that a column of 64 bits with a sign can hold.</summary>
    public static long Count(ulong value) => value > long.MaxValue ? long.MaxValue : (long)value;
}
