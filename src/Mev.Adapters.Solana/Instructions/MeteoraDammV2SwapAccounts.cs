using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using static Mev.Adapters.Solana.Transactions.AccountReference;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>A swap on Meteora DAMM v2 by <c>swap</c>; the program finds the direction by the user's accounts.</summary>
public sealed record MeteoraDammV2SwapAccounts : ISwapAccounts
{
    private static readonly byte[] Name = InstructionBytes.Discriminator("swap");

    /// <summary>Signs for the vaults of every pool.</summary>
    public static Pubkey Authority { get; } =
        ProgramAddress.Find(Programs.MeteoraDammV2, "pool_authority"u8.ToArray()).Address;

    /// <summary>Signs the events of every pool.</summary>
    public static Pubkey EventAuthority { get; } =
        ProgramAddress.Find(Programs.MeteoraDammV2, "__event_authority"u8.ToArray()).Address;

    /// <summary>The pool.</summary>
    public required Pubkey Pool { get; init; }

    /// <summary>Its tokens A.</summary>
    public required Pubkey VaultA { get; init; }

    /// <summary>Its tokens B.</summary>
    public required Pubkey VaultB { get; init; }

    /// <summary>Mint A.</summary>
    public required Pubkey MintA { get; init; }

    /// <summary>Mint B.</summary>
    public required Pubkey MintB { get; init; }

    /// <summary>Token program of mint A.</summary>
    public required Pubkey ProgramA { get; init; }

    /// <summary>Token program of mint B.</summary>
    public required Pubkey ProgramB { get; init; }

    /// <inheritdoc/>
    public required Pubkey User { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserIn { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserOut { get; init; }

    /// <inheritdoc/>
    public ComputeUse Use => ComputeUse.MeteoraDammV2;

    /// <inheritdoc/>
    public Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin) => new()
    {
        Program = Programs.MeteoraDammV2,
        Accounts = [
            ReadOnly(Authority), Writable(Pool), Writable(UserIn), Writable(UserOut), Writable(VaultA),
            Writable(VaultB), ReadOnly(MintA), ReadOnly(MintB), Signer(User), ReadOnly(ProgramA), ReadOnly(ProgramB),
            ReadOnly(Programs.MeteoraDammV2), // in place of who referred the swap: nobody
            ReadOnly(EventAuthority), ReadOnly(Programs.MeteoraDammV2)],
        Data = InstructionBytes.Of(Name, amountIn.Units, amountOutMin.Units),
    };
}
