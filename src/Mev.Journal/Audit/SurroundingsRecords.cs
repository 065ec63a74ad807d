using Google.Protobuf;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Journal.Audit;

/// <summary>
/// Writes and reads what a decision knew of the market; the derived numbers beside it are computed again.
/// </summary>
public static class SurroundingsRecords
{
    /// <summary>The inputs alone; what is derived is computed again.</summary>
    public static Contracts.V1.Surroundings Write(in Surroundings surroundings) => new()
    {
        Congestion = surroundings.Congestion,
        IsYoung = surroundings.IsYoung,
        SlotPosition = surroundings.SlotPosition,
        PoolFraction = surroundings.PoolFraction,
        MarketFraction = surroundings.MarketFraction,
        ModelId = surroundings.Model is { } model ? ByteString.CopyFrom(model.ToArray()) : ByteString.Empty,
        ModelOffset = surroundings.Offset,
    };

    /// <summary>The inputs of a record; null where it has none, or numbers that cannot be.</summary>
    public static Surroundings? Read(Contracts.V1.Surroundings? record)
    {
        if (record is null || record.ModelId.Length is not (0 or Digest.Length)) return null;
        var surroundings = new Surroundings
        {
            Congestion = record.Congestion,
            IsYoung = record.IsYoung,
            SlotPosition = record.SlotPosition,
            PoolFraction = record.PoolFraction,
            MarketFraction = record.MarketFraction,
            Offset = record.ModelOffset,
            Model = record.ModelId.IsEmpty ? null : new Digest(record.ModelId.Span),
        };
        return surroundings.IsPossible ? surroundings : null;
    }
}
