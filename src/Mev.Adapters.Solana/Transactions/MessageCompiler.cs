using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// Compiles instructions into a message: orders the keys, takes what it can from lookup tables, replaces keys by their
/// places. A pure function, and byte for byte what other libraries make of the same input.
/// </summary>
public static class MessageCompiler
{
    /// <summary>A message in which every key is static.</summary>
    /// <exception cref="ArgumentException">More keys than places.</exception>
    public static TransactionMessage Legacy(
        Pubkey payer, Blockhash blockhash, IReadOnlyList<Instruction> instructions) =>
        Compile(MessageVersion.Legacy, Keys(payer, instructions), blockhash, instructions, []);

    /// <summary>
    /// A message of version 0. Signers, invoked programs and <paramref name="keptStatic"/> are never looked up; of the
    /// rest, each table in the given order gives the writable keys that it holds, then the read-only ones. A table that
    /// gives nothing is left out.
    /// </summary>
    /// <exception cref="ArgumentException">More keys than places.</exception>
    public static TransactionMessage V0(
        Pubkey payer, Blockhash blockhash, IReadOnlyList<Instruction> instructions,
        IReadOnlyList<LookupTable> tables, params IReadOnlyCollection<Pubkey> keptStatic)
    {
        var keys = Keys(payer, instructions);
        foreach (var instruction in instructions) keys[instruction.Program].IsKept = true;
        foreach (var kept in keptStatic)
            if (keys.TryGetValue(kept, out var key)) key.IsKept = true;
        var lookups = ImmutableArray.CreateBuilder<Lookup>();
        foreach (var table in tables)
            if (TakeFrom(table, keys) is { } lookup) lookups.Add(lookup);
        return Compile(MessageVersion.V0, keys, blockhash, instructions, lookups.ToImmutable());
    }

    /// <summary>Every key by its first appearance, the program of an instruction before its accounts.</summary>
    private static OrderedDictionary<Pubkey, UsedKey> Keys(Pubkey payer, IReadOnlyList<Instruction> instructions)
    {
        var keys = new OrderedDictionary<Pubkey, UsedKey>();
        Use(keys, AccountReference.WritableSigner(payer));
        foreach (var instruction in instructions)
        {
            Use(keys, AccountReference.ReadOnly(instruction.Program));
            foreach (var account in instruction.Accounts) Use(keys, account);
        }
        return keys;
    }

    private static void Use(OrderedDictionary<Pubkey, UsedKey> keys, AccountReference account)
    {
        if (!keys.TryGetValue(account.Key, out var key)) keys.Add(account.Key, key = new UsedKey(account.Key));
        key.IsSigner |= account.IsSigner;
        key.IsWritable |= account.IsWritable;
    }

    private static Lookup? TakeFrom(LookupTable table, OrderedDictionary<Pubkey, UsedKey> keys)
    {
        var (writable, readOnly) = (new List<UsedKey>(), new List<UsedKey>());
        foreach (var key in keys.Values)
        {
            if (key.IsStatic && !key.IsSigner && !key.IsKept && table.PlaceOf(key.Key) is not null)
                (key.IsWritable ? writable : readOnly).Add(key);
        }
        if (writable.Count + readOnly.Count == 0) return null;
        foreach (var key in writable.Concat(readOnly)) key.IsStatic = false;
        return new Lookup(table, writable, readOnly);
    }

    private static TransactionMessage Compile(
        MessageVersion version, OrderedDictionary<Pubkey, UsedKey> keys, Blockhash blockhash,
        IReadOnlyList<Instruction> instructions, ImmutableArray<Lookup> lookups)
    {
        if (keys.Count > TransactionMessage.KeysMax)
            throw new ArgumentException($"{keys.Count} keys", nameof(instructions));
        var statics = keys.Values.Where(key => key.IsStatic).OrderBy(key => key.Class).ToList(); // a stable order
        var places = statics
            .Concat(lookups.SelectMany(lookup => lookup.Writable))
            .Concat(lookups.SelectMany(lookup => lookup.ReadOnly))
            .Index().ToDictionary(entry => entry.Item.Key, entry => (byte)entry.Index);
        return new TransactionMessage
        {
            Version = version,
            Header = new MessageHeader(
                (byte)statics.Count(key => key.IsSigner),
                (byte)statics.Count(key => key is { IsSigner: true, IsWritable: false }),
                (byte)statics.Count(key => key is { IsSigner: false, IsWritable: false })),
            StaticKeys = [.. statics.Select(key => key.Key)],
            RecentBlockhash = blockhash,
            Instructions = [.. instructions.Select(instruction => new CompiledInstruction(
                places[instruction.Program],
                instruction.Accounts.Select(account => places[account.Key]).ToArray(),
                instruction.Data))],
            Lookups = [.. lookups.Select(lookup => lookup.Compiled)],
        };
    }

    private sealed class UsedKey(Pubkey key)
    {
        public Pubkey Key => key;

        public bool IsSigner { get; set; }

        public bool IsWritable { get; set; }

        /// <summary>Never looked up.</summary>
        public bool IsKept { get; set; }

        /// <summary>No table gave it.</summary>
        public bool IsStatic { get; set; } = true;

        public int Class => (IsSigner ? 0 : 2) + (IsWritable ? 0 : 1);
    }

    private sealed record Lookup(LookupTable Table, List<UsedKey> Writable, List<UsedKey> ReadOnly)
    {
        public AddressLookup Compiled => new(Table.Key, Places(Writable), Places(ReadOnly));

        private byte[] Places(List<UsedKey> keys) => [.. keys.Select(key => (byte)(Table.PlaceOf(key.Key)
            ?? throw new InvalidOperationException($"{key.Key} was not taken from {Table.Key}")))];
    }
}
