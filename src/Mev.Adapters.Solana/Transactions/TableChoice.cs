using System.Collections.Immutable;
using System.Numerics;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// Which lookup tables a message takes from, and in which order: again and again the one that shortens it most, of
/// equals the first given, until none shortens it. A pure function of the instructions and the tables.
/// </summary>
public static class TableChoice
{
    private const int BytesOfTable = Pubkey.Length + 2; // its key and how many of either kind
    private const int BytesSaved = Pubkey.Length - 1; // a place instead of an address
    private const int KeysMax = 64; // of a message that may lock no more accounts

    /// <summary>The tables to compile with.</summary>
    /// <param name="payer">Who pays, and is static like every signer.</param>
    /// <param name="instructions">What is to be compiled.</param>
    /// <param name="tables">Tables as they are usable.</param>
    /// <param name="keptStatic">Keys that are never looked up.</param>
    public static ImmutableArray<LookupTable> Of(
        Pubkey payer, IReadOnlyList<Instruction> instructions, ImmutableArray<LookupTable> tables,
        params IReadOnlyCollection<Pubkey> keptStatic)
    {
        if (tables.IsEmpty) return [];
        var keys = Wanted(payer, instructions, keptStatic);
        var held = new ulong[tables.Length]; // of each table, which of the keys it has
        foreach (var (number, table) in tables.Index())
        {
            for (var place = 0; place < keys.Count; place++)
                if (table.PlaceOf(keys[place]) is not null) held[number] |= 1UL << place;
        }
        var chosen = ImmutableArray.CreateBuilder<LookupTable>();
        var left = ulong.MaxValue;
        while (Best(held, left) is { } best)
        {
            chosen.Add(tables[best]);
            left &= ~held[best];
        }
        return chosen.ToImmutable();
    }

    private static int? Best(ulong[] held, ulong left)
    {
        var (best, saved) = (default(int?), 0);
        for (var number = 0; number < held.Length; number++)
        {
            var saves = BitOperations.PopCount(held[number] & left) * BytesSaved - BytesOfTable;
            if (saves > saved) (best, saved) = (number, saves);
        }
        return best;
    }

    /// <summary>Keys that a table could give, in order of first appearance.</summary>
    private static List<Pubkey> Wanted(
        Pubkey payer, IReadOnlyList<Instruction> instructions, IReadOnlyCollection<Pubkey> keptStatic)
    {
        HashSet<Pubkey> seen = [payer, .. keptStatic];
        foreach (var instruction in instructions)
        {
            seen.Add(instruction.Program);
            foreach (var account in instruction.Accounts)
                if (account.IsSigner) seen.Add(account.Key);
        }
        var keys = new List<Pubkey>();
        foreach (var instruction in instructions)
        {
            foreach (var account in instruction.Accounts)
                if (keys.Count < KeysMax && seen.Add(account.Key)) keys.Add(account.Key);
        }
        return keys;
    }
}
