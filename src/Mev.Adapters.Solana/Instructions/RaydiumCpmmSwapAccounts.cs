using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using static Mev.Adapters.Solana.Transactions.AccountReference;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>A swap on Raydium CPMM. In and out are the swap's, not the pool's.</summary>
public sealed record RaydiumCpmmSwapAccounts : ISwapAccounts
{
    private static readonly byte[] ExactInName = InstructionBytes.Discriminator("swap_base_input");
    private static readonly byte[] ExactOutName = InstructionBytes.Discriminator("swap_base_output");

    /// <summary>Signs for the vaults of every pool.</summary>
    public static Pubkey Authority { get; } =
        ProgramAddress.Find(Programs.RaydiumCpmm, "vault_and_lp_mint_auth_seed"u8.ToArray()).Address;

    /// <summary>The pool.</summary>
    public required Pubkey Pool { get; init; }

    /// <summary>Its rates.</summary>
    public required Pubkey Config { get; init; }

    /// <summary>Its price history.</summary>
    public required Pubkey Observation { get; init; }

    /// <summary>The vault that receives.</summary>
    public required Pubkey VaultIn { get; init; }

    /// <summary>The vault that pays.</summary>
    public required Pubkey VaultOut { get; init; }

    /// <summary>Mint put in.</summary>
    public required Pubkey MintIn { get; init; }

    /// <summary>Mint taken out.</summary>
    public required Pubkey MintOut { get; init; }

    /// <summary>Token program of the mint put in.</summary>
    public required Pubkey ProgramIn { get; init; }

    /// <summary>Token program of the mint taken out.</summary>
    public required Pubkey ProgramOut { get; init; }

    /// <inheritdoc/>
    public required Pubkey User { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserIn { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserOut { get; init; }

    /// <inheritdoc/>
    public ComputeUse Use
    {
        get
        {
            var mints = (ProgramIn == Programs.Token2022 ? 1u : 0u) + (ProgramOut == Programs.Token2022 ? 1u : 0u);
            return new ComputeUse(
                ComputeUse.RaydiumCpmm.Start + mints * ComputeUse.RaydiumCpmmToken2022.Start, Step: 0);
        }
    }

    /// <inheritdoc/>
    public Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin) =>
        Of(InstructionBytes.Of(ExactInName, amountIn.Units, amountOutMin.Units));

    /// <summary>Receives exactly <paramref name="amountOut"/>; fails above <paramref name="amountInMax"/>.</summary>
    public Instruction ExactOut(TokenAmount amountInMax, TokenAmount amountOut) =>
        Of(InstructionBytes.Of(ExactOutName, amountInMax.Units, amountOut.Units));

    private Instruction Of(byte[] data) => new()
    {
        Program = Programs.RaydiumCpmm,
        Accounts = [
            Signer(User), ReadOnly(Authority), ReadOnly(Config), Writable(Pool), Writable(UserIn), Writable(UserOut),
            Writable(VaultIn), Writable(VaultOut), ReadOnly(ProgramIn), ReadOnly(ProgramOut), ReadOnly(MintIn),
            ReadOnly(MintOut), Writable(Observation)],
        Data = data,
    };
}
