using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// What the signers of a transaction sign: keys, a recent blockhash and instructions (Solana's public documentation of
/// the transaction format). <see cref="MessageBytes"/> writes and reads it.
/// </summary>
public sealed record TransactionMessage
{
    /// <summary>Keys and looked up addresses at most: their places are bytes.</summary>
    public const int KeysMax = 256;

    /// <summary>The form.</summary>
    public required MessageVersion Version { get; init; }

    /// <summary>How the static keys are parted.</summary>
    public required MessageHeader Header { get; init; }

    /// <summary>The keys in the message itself; the first pays.</summary>
    public required ImmutableArray<Pubkey> StaticKeys { get; init; }

    /// <summary>Its birth; of a durable nonce, the value stored there.</summary>
    public required Blockhash RecentBlockhash { get; init; }

    /// <summary>The calls, in order.</summary>
    public required ImmutableArray<CompiledInstruction> Instructions { get; init; }

    /// <summary>Addresses taken out of tables; none in a legacy message.</summary>
    public required ImmutableArray<AddressLookup> Lookups { get; init; }

    /// <summary>Who pays the fee.</summary>
    public Pubkey Payer => StaticKeys[0];

    /// <summary>Static keys and looked up addresses.</summary>
    public int AccountsCount => StaticKeys.Length + Lookups.Sum(lookup => lookup.Count);

    /// <summary>Why it could not be executed as it is; none for what is well formed.</summary>
    public TransactionDefect Defect()
    {
        if (!Header.Fits(StaticKeys.Length)) return TransactionDefect.Header;
        if (Lookups.Any(lookup => lookup.Count == 0)) return TransactionDefect.EmptyLookup;
        var isRepeated = StaticKeys.Distinct().Count() < StaticKeys.Length
            || Lookups.DistinctBy(lookup => lookup.Table).Count() < Lookups.Length;
        if (isRepeated) return TransactionDefect.Repeated;
        var accounts = AccountsCount;
        if (accounts > KeysMax) return TransactionDefect.TooManyAccounts;
        foreach (var instruction in Instructions)
        {
            if (instruction.Program == 0 || instruction.Program >= StaticKeys.Length) return TransactionDefect.Place;
            foreach (var place in instruction.Accounts.Span)
                if (place >= accounts) return TransactionDefect.Place;
        }
        return TransactionDefect.None;
    }
}
