using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>Lookup tables as messages may use them, read once for each value of their accounts.</summary>
internal sealed class ChainTables
{
    private readonly Dictionary<Pubkey, Known> _known = [];

    /// <summary>What a message may use of a table in a slot; null when there is none.</summary>
    public LookupTable? Find(ChainAccount? account, Slot slot)
    {
        if (account is null || account.Owner != Programs.AddressLookupTable) return null;
        if (!_known.TryGetValue(account.Key, out var known) || known.Account != account)
            _known[account.Key] = known = Known.Of(account);
        var isWhole = known.Table is { DeactivatedIn: null } table && slot > table.LastExtendedIn;
        return isWhole ? known.Whole : known.Table?.UsableIn(slot);
    }

    private sealed record Known(ChainAccount Account, LookupTableAccount? Table, LookupTable? Whole)
    {
        public static Known Of(ChainAccount account)
        {
            var table = LookupTableAccount.Read(account.Key, account.Data.Span);
            var whole = table is { Addresses.IsEmpty: false } ? new LookupTable(table.Key, table.Addresses) : null;
            return new Known(account, table, whole);
        }
    }
}
