using Mev.Domain.Chain;

namespace Mev.Control.Audits;

/// <summary>
/// Where a record is not the leaf that was signed: whether records were put in or taken out here, with all behind them
/// renumbered. Two that fit again one after the other show it.
/// </summary>
internal static class RecordShift
{
    /// <summary>Records that are looked ahead, so many put in or taken out together are still told.</summary>
    public const int WindowMax = 1_024;

    /// <summary>How many were put in; negative: taken out; 0: neither.</summary>
    public static async ValueTask<int> At(Lookahead<HashedRecord> records, Lookahead<Digest> signed)
    {
        if (!await signed.Has(0) || records.At(0).Hash == signed.At(0)) return 0;
        if (await IsNextInPlace(records, signed)) return 0; // this one alone is another
        for (var count = 1; count <= WindowMax; count++)
        {
            var (areMore, areMoreSigned) = (await records.Has(count), await signed.Has(count));
            if (areMore && records.At(count).Hash == signed.At(0) && await Fits(records, signed, count + 1, 1))
                return count;
            if (areMoreSigned && records.At(0).Hash == signed.At(count) && await Fits(records, signed, 1, count + 1))
                return -count;
            if (!areMore && !areMoreSigned) break;
        }
        return 0;
    }

    private static async ValueTask<bool> IsNextInPlace(Lookahead<HashedRecord> records, Lookahead<Digest> signed) =>
        await records.Has(1) && await signed.Has(1) && records.At(1).Hash == signed.At(1);

    /// <summary>The same leaf in both, or both are at their end.</summary>
    private static async ValueTask<bool> Fits(
        Lookahead<HashedRecord> records, Lookahead<Digest> signed, int record, int leaf) =>
        (await records.Has(record), await signed.Has(leaf)) switch
        {
            (true, true) => records.At(record).Hash == signed.At(leaf),
            (false, false) => true,
            (true, false) => true, // records behind what was signed
            _ => false,
        };
}
