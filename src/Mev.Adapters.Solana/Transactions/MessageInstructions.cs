using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>The way back from a message: its instructions with their keys and what the message says of each.</summary>
public static class MessageInstructions
{
    /// <summary>
    /// The instructions of a well-formed message; null when a table that it uses is not given or is too short.
    /// </summary>
    public static ImmutableArray<Instruction>? Of(TransactionMessage message, IReadOnlyList<LookupTable> tables)
    {
        if (Accounts(message, tables) is not { } accounts) return null;
        return [.. message.Instructions.Select(instruction => new Instruction
        {
            Program = accounts[instruction.Program].Key,
            Accounts = [.. instruction.Accounts.ToArray().Select(place => accounts[place])],
            Data = instruction.Data,
        })];
    }

    /// <summary>Every account of the message by place; null as above.</summary>
    public static ImmutableArray<AccountReference>? Accounts(
        TransactionMessage message, IReadOnlyList<LookupTable> tables)
    {
        var accounts = ImmutableArray.CreateBuilder<AccountReference>(message.AccountsCount);
        foreach (var (place, key) in message.StaticKeys.Index())
        {
            var isWritable = message.Header.IsWritable(place, message.StaticKeys.Length);
            accounts.Add(new AccountReference(key, message.Header.IsSigner(place), isWritable));
        }
        return Add(accounts, message, tables, isWritable: true) && Add(accounts, message, tables, isWritable: false)
            ? accounts.MoveToImmutable()
            : null;
    }

    private static bool Add(
        ImmutableArray<AccountReference>.Builder accounts, TransactionMessage message,
        IReadOnlyList<LookupTable> tables, bool isWritable)
    {
        foreach (var lookup in message.Lookups)
        {
            if (tables.FirstOrDefault(table => table.Key == lookup.Table) is not { } table) return false;
            foreach (var place in (isWritable ? lookup.Writable : lookup.ReadOnly).Span)
            {
                if (place >= table.Addresses.Length) return false;
                accounts.Add(new AccountReference(table.Addresses[place], IsSigner: false, isWritable));
            }
        }
        return true;
    }
}
