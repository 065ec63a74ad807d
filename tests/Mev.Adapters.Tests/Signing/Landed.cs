using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing;

/// <summary>A transaction that passed, read anew from its bytes for the checker: signers, swaps, payments.</summary>
internal sealed record Landed
{
    public required int Bundle { get; init; }

    public required ulong Slot { get; init; }

    public required TransactionMessage Message { get; init; }

    public required ImmutableArray<Instruction> Instructions { get; init; }

    public IEnumerable<Pubkey> Signers => Message.StaticKeys.Take(Message.Header.Signers);

    public bool HasOwn => Signers.Any(signer => SignedScene.Wallets.Any(wallet => wallet.Address == signer));

    public bool HasForeign => Signers.Any(signer => SignedScene.Wallets.All(wallet => wallet.Address != signer));

    /// <summary>Swaps in order: whose, where, what goes in, how much goes in and comes out at least.</summary>
    public IEnumerable<(bool IsOwn, Pubkey Pool, Pubkey MintIn, Pubkey MintOut, ulong In, ulong Out)> Swaps =>
        from one in Instructions
        where one.Program == Programs.RaydiumAmmV4
        let owner = one.Accounts[16].Key
        select (
            SignedScene.Wallets.Any(wallet => wallet.Address == owner), one.Accounts[1].Key,
            SignedScene.MintOf[one.Accounts[14].Key], SignedScene.MintOf[one.Accounts[15].Key],
            BinaryPrimitives.ReadUInt64LittleEndian(one.Data.Span[1..]),
            BinaryPrimitives.ReadUInt64LittleEndian(one.Data.Span[9..]));

    public IEnumerable<(Pubkey From, Pubkey To, ulong Amount)> Payments =>
        from one in Instructions
        where one.Program == Programs.System
        select (one.Accounts[0].Key, one.Accounts[1].Key, BinaryPrimitives.ReadUInt64LittleEndian(one.Data.Span[4..]));

    public static Landed Of(BundlePart part, int bundle, ulong slot)
    {
        var bytes = part.IsObserved ? Transaction.Read(part.Bytes.Span, out _)!.Message : part.Bytes;
        var message = MessageBytes.Read(bytes.Span, out _)!;
        return new Landed
        {
            Bundle = bundle,
            Slot = slot,
            Message = message,
            Instructions = MessageInstructions.Of(message, [])!.Value,
        };
    }
}
