using Google.Protobuf;
using Mev.Contracts.V1;

namespace Mev.Journal.Replay;

/// <summary>
/// Cuts a nested message out of a record as it was written: hashes are of the stored bytes, never of a second encoding.
/// </summary>
public static class NestedBytes
{
    /// <summary>The bytes of a decision record's core; null when the record holds none.</summary>
    public static byte[]? OfCore(ReadOnlySpan<byte> record)
    {
        var decision = Field(record.ToArray(), AuditRecord.DecisionFieldNumber);
        return decision is null ? null : Field(decision, Decision.CoreFieldNumber);
    }

    private static byte[]? Field(byte[] message, int number)
    {
        try
        {
            var input = new CodedInputStream(message);
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                var isWanted = WireFormat.GetTagFieldNumber(tag) == number
                    && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;
                if (isWanted) return input.ReadBytes().ToByteArray();
                input.SkipLastField();
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // cut or altered: there is no such field
        }
        return null;
    }
}
