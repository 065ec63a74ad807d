using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using static Mev.Adapters.Solana.Transactions.AccountReference;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>A swap on an Orca token-swap pool. In and out are the swap's, not the pool's.</summary>
public sealed record OrcaTokenSwapAccounts : ISwapAccounts
{
    private const byte SwapTag = 1;

    /// <summary>The pool.</summary>
    public required Pubkey Pool { get; init; }

    /// <summary>The vault that receives.</summary>
    public required Pubkey VaultIn { get; init; }

    /// <summary>The vault that pays.</summary>
    public required Pubkey VaultOut { get; init; }

    /// <summary>Mint of the pool's shares, of which the owner's fee is minted.</summary>
    public required Pubkey PoolMint { get; init; }

    /// <summary>The account that receives those.</summary>
    public required Pubkey FeeAccount { get; init; }

    /// <inheritdoc/>
    public required Pubkey User { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserIn { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserOut { get; init; }

    /// <inheritdoc/>
    public ComputeUse Use => ComputeUse.OrcaTokenSwap;

    /// <summary>Signs for the pool's vaults.</summary>
    public Pubkey Authority => ProgramAddress.Find(Programs.OrcaTokenSwap, Pool.ToArray()).Address;

    /// <inheritdoc/>
    public Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin) => new()
    {
        Program = Programs.OrcaTokenSwap,
        Accounts = [
            ReadOnly(Pool), ReadOnly(Authority), Signer(User), Writable(UserIn), Writable(VaultIn), Writable(VaultOut),
            Writable(UserOut), Writable(PoolMint), Writable(FeeAccount), ReadOnly(Programs.Token)],
        Data = InstructionBytes.Of([SwapTag], amountIn.Units, amountOutMin.Units),
    };
}
