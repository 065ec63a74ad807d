using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using static Mev.Adapters.Solana.Transactions.AccountReference;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>
/// A swap on PumpSwap: a sale of base (A to B) or a purchase of base (B to A). The 23 accounts of a purchase equal
/// those of a recorded transaction.
/// </summary>
public sealed record PumpSwapAccounts : ISwapAccounts
{
    private static readonly Pubkey FeeProgram = Pubkey.Parse("pfeeUxB6jkeY1Hxd7CsFCAjcbHA9rWtchMGdZ6VojVZ");
    private static readonly byte[] BuyName = InstructionBytes.Discriminator("buy");
    private static readonly byte[] BuyExactQuoteInName = InstructionBytes.Discriminator("buy_exact_quote_in");
    private static readonly byte[] SellName = InstructionBytes.Discriminator("sell");
    private static readonly Pubkey GlobalConfig = Own("global_config");
    private static readonly Pubkey EventAuthority = Own("__event_authority");
    private static readonly Pubkey GlobalVolume = Own("global_volume_accumulator");

    private static readonly Pubkey FeeConfig =
        ProgramAddress.Find(FeeProgram, "fee_config"u8.ToArray(), Programs.PumpSwap.ToArray()).Address;

    /// <summary>The pool.</summary>
    public required Pubkey Pool { get; init; }

    /// <summary>Mint A.</summary>
    public required Pubkey BaseMint { get; init; }

    /// <summary>Mint B.</summary>
    public required Pubkey QuoteMint { get; init; }

    /// <summary>The pool's base.</summary>
    public required Pubkey BaseVault { get; init; }

    /// <summary>The pool's quote.</summary>
    public required Pubkey QuoteVault { get; init; }

    /// <summary>Token program of the base mint.</summary>
    public required Pubkey BaseProgram { get; init; }

    /// <summary>Token program of the quote mint.</summary>
    public required Pubkey QuoteProgram { get; init; }

    /// <summary>One of the global config's fee recipients.</summary>
    public required Pubkey ProtocolRecipient { get; init; }

    /// <summary>Who created the coin, the zero key when nobody is named.</summary>
    public required Pubkey CoinCreator { get; init; }

    /// <summary>The user's base.</summary>
    public required Pubkey UserBase { get; init; }

    /// <summary>The user's quote.</summary>
    public required Pubkey UserQuote { get; init; }

    /// <summary>Which side goes in: base is A.</summary>
    public required SwapDirection Direction { get; init; }

    /// <summary>The argument of purchases whether the user's volume is counted. Default none: it is left out.</summary>
    public bool? IsVolumeCounted { get; init; }

    /// <summary>Accounts asked for since 2026; none before.</summary>
    public PumpSwapTail? Tail { get; init; }

    /// <inheritdoc/>
    public required Pubkey User { get; init; }

    /// <inheritdoc/>
    public Pubkey UserIn => Direction == SwapDirection.AToB ? UserBase : UserQuote;

    /// <inheritdoc/>
    public Pubkey UserOut => Direction == SwapDirection.AToB ? UserQuote : UserBase;

    /// <inheritdoc/>
    public ComputeUse Use => ComputeUse.PumpSwap;

    /// <summary>A sale of exactly that much base, or a purchase for exactly that much quote.</summary>
    public Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin) =>
        Of(Direction == SwapDirection.AToB ? SellName : BuyExactQuoteInName, amountIn, amountOutMin);

    /// <summary>A purchase of exactly that much base; the program sells no other way than exactly in.</summary>
    /// <exception cref="InvalidOperationException">The direction is a sale.</exception>
    public Instruction ExactOut(TokenAmount amountInMax, TokenAmount amountOut) => Direction == SwapDirection.BToA
        ? Of(BuyName, amountOut, amountInMax)
        : throw new InvalidOperationException("PumpSwap has no sale for an exact amount of quote");

    private Instruction Of(byte[] name, TokenAmount first, TokenAmount second)
    {
        var creatorVault = Own("creator_vault", CoinCreator);
        AccountReference[] volume = Direction == SwapDirection.BToA
            ? [ReadOnly(GlobalVolume), Writable(Own("user_volume_accumulator", User))]
            : [];
        return new Instruction
        {
            Program = Programs.PumpSwap,
            Accounts = [
                Writable(Pool), WritableSigner(User), ReadOnly(GlobalConfig), ReadOnly(BaseMint), ReadOnly(QuoteMint),
                Writable(UserBase), Writable(UserQuote), Writable(BaseVault), Writable(QuoteVault),
                ReadOnly(ProtocolRecipient), Writable(QuoteAccount(ProtocolRecipient)), ReadOnly(BaseProgram),
                ReadOnly(QuoteProgram), ReadOnly(Programs.System), ReadOnly(Programs.AssociatedToken),
                ReadOnly(EventAuthority), ReadOnly(Programs.PumpSwap), Writable(QuoteAccount(creatorVault)),
                ReadOnly(creatorVault), .. volume, ReadOnly(FeeConfig), ReadOnly(FeeProgram), .. TailAccounts()],
            Data = InstructionBytes.Of(name, [first.Units, second.Units], VolumeFlag()),
        };
    }

    private byte[] VolumeFlag() => Direction == SwapDirection.BToA && IsVolumeCounted is { } isCounted
        ? [isCounted ? (byte)1 : (byte)0]
        : [];

    private ImmutableArray<AccountReference> TailAccounts()
    {
        if (Tail is not { } tail) return [];
        var accounts = ImmutableArray.CreateBuilder<AccountReference>();
        if (tail.IsCashback)
        {
            var volume = Own("user_volume_accumulator", User);
            accounts.Add(Writable(QuoteAccount(volume)));
            if (Direction == SwapDirection.AToB) accounts.Add(Writable(volume));
        }
        if (!CoinCreator.IsZero) accounts.Add(ReadOnly(Own("pool-v2", BaseMint)));
        accounts.Add(ReadOnly(tail.BuybackRecipient));
        accounts.Add(Writable(QuoteAccount(tail.BuybackRecipient)));
        return accounts.ToImmutable();
    }

    private Pubkey QuoteAccount(Pubkey owner) => AssociatedToken.Address(owner, QuoteMint, QuoteProgram);

    private static Pubkey Own(string name, params ReadOnlySpan<Pubkey> keys)
    {
        byte[][] seeds = [System.Text.Encoding.ASCII.GetBytes(name), .. keys.ToArray().Select(key => key.ToArray())];
        return ProgramAddress.Find(Programs.PumpSwap, seeds).Address;
    }
}
