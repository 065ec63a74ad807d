using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>A transaction as it arrives: signed, its accounts and instructions resolved.</summary>
internal sealed record ChainTransaction
{
    /// <summary>The runtime's text where a lookup table is not there, or not usable.</summary>
    public const string Unresolved = "Transaction loads an address table account that doesn't exist";

    /// <summary>One of each signer, in the order of the message.</summary>
    public required ImmutableArray<TransactionSignature> Signatures { get; init; }

    /// <summary>What was signed.</summary>
    public required TransactionMessage Message { get; init; }

    /// <summary>Its accounts: static ones, then looked up ones, writable before read-only.</summary>
    public required ImmutableArray<AccountReference> Accounts { get; init; }

    /// <summary>Its calls, with those accounts.</summary>
    public required ImmutableArray<Instruction> Instructions { get; init; }

    /// <summary>What it may use and pays.</summary>
    public required TransactionBudget Budget { get; init; }

    /// <summary>
    /// Its lookup tables gave its accounts. Of one that they did not give, accounts and instructions are not known.
    /// </summary>
    public bool IsResolved { get; init; } = true;

    /// <summary>Its first signature, which names it.</summary>
    public TransactionSignature Signature => Signatures[0];

    /// <summary>Who pays.</summary>
    public Pubkey Payer => Message.Payer;

    /// <summary>What its payer pays for it, also when it fails.</summary>
    public Lamports Fee => Budget.Fee;

    /// <summary>It names the account.</summary>
    public bool Names(Pubkey key)
    {
        foreach (var account in Accounts)
            if (account.Key == key) return true;
        return false;
    }

    /// <summary>
    /// Resolves a message with the lookup tables as they are usable; null when it uses one that is not there or is
    /// too short.
    /// </summary>
    public static ChainTransaction? Load(
        TransactionMessage message, ImmutableArray<TransactionSignature> signatures, Func<Pubkey, LookupTable?> tables)
    {
        var used = new List<LookupTable>();
        foreach (var lookup in message.Lookups)
            if (tables(lookup.Table) is { } table) used.Add(table);
        if (MessageInstructions.Accounts(message, used) is not { } accounts) return null;
        if (MessageInstructions.Of(message, used) is not { } instructions) return null;
        return new ChainTransaction
        {
            Signatures = signatures,
            Message = message,
            Accounts = accounts,
            Instructions = instructions,
            Budget = TransactionBudget.Of(signatures.Length, instructions),
        };
    }

    /// <summary>As it arrives: with its accounts where the tables give them, unresolved where they do not.</summary>
    public static ChainTransaction? Receive(
        TransactionMessage message, ImmutableArray<TransactionSignature> signatures, Func<Pubkey, LookupTable?> tables)
    {
        if (Load(message, signatures, tables) is { } loaded) return loaded;
        var bare = Load(message with { Lookups = [], Instructions = [] }, signatures, _ => null);
        return bare is null ? null : bare with { Message = message, IsResolved = false };
    }

    /// <summary>A transaction of instructions, paid by one signer, without lookup tables.</summary>
    public static ChainTransaction Of(
        TransactionSignature signature, Pubkey payer, Blockhash blockhash, params Instruction[] instructions) =>
        Load(MessageCompiler.Legacy(payer, blockhash, instructions), [signature], _ => null)
        ?? throw new InvalidOperationException("a message without tables needs none");
}
