using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing;

/// <summary>
/// One form of a swap for a given input: its data are the name, the input, the least output and fixed bytes, and its
/// accounts have fixed places. Anything else that the program could do is not of this form.
/// </summary>
internal sealed record SwapForm
{
    public required Pubkey Program { get; init; }

    /// <summary>First bytes of the data.</summary>
    public required ImmutableArray<byte> Name { get; init; }

    /// <summary>Last bytes of the data. Default none.</summary>
    public ImmutableArray<byte> Rest { get; init; } = [];

    public required int AccountsMin { get; init; }

    public required int AccountsMax { get; init; }

    public required int Pool { get; init; }

    public required int User { get; init; }

    public required int UserIn { get; init; }

    public required int UserOut { get; init; }

    /// <summary>The pool's token accounts, of A and of B unless <see cref="AreVaultsInOut"/>.</summary>
    public required (int First, int Second) Vaults { get; init; }

    /// <summary>The first vault receives and the second one pays, whatever the direction. Default false.</summary>
    public bool AreVaultsInOut { get; init; }

    /// <summary>Who signs for the vaults. Default none: the pool itself.</summary>
    public int? Authority { get; init; }

    /// <summary>
    /// Parts of the pool (arrays, bitmaps): which of them a swap passes depends on where the price was. Default none.
    /// </summary>
    public Range Parts { get; init; } = ^0..;

    /// <summary>Accounts that must be exactly these. Default none.</summary>
    public ImmutableArray<(int Place, Pubkey Key)> Fixed { get; init; } = [];

    /// <summary>The swap; none when the instruction is not of this form.</summary>
    public DecodedSwap? Read(Instruction instruction)
    {
        var data = instruction.Data.Span;
        var accounts = instruction.Accounts;
        if (instruction.Program != Program || accounts.Length < AccountsMin || accounts.Length > AccountsMax)
            return null;
        if (data.Length != Name.Length + 2 * sizeof(ulong) + Rest.Length) return null;
        if (!data.StartsWith(Name.AsSpan()) || !data.EndsWith(Rest.AsSpan())) return null;
        foreach (var (place, key) in Fixed)
            if (accounts[place].Key != key) return null;
        if (!accounts[User].IsSigner) return null;
        var amounts = data[Name.Length..];
        return new DecodedSwap(
            accounts[Pool].Key, accounts[User].Key, accounts[UserIn].Key, accounts[UserOut].Key,
            new TokenAmount(BinaryPrimitives.ReadUInt64LittleEndian(amounts)),
            new TokenAmount(BinaryPrimitives.ReadUInt64LittleEndian(amounts[sizeof(ulong)..])));
    }
}
