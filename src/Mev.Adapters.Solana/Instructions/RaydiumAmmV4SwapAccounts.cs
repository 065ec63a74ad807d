using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using static Mev.Adapters.Solana.Transactions.AccountReference;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>
/// A swap on Raydium AMM v4 in the form of 17 accounts; the program finds the direction by the user's accounts.
/// </summary>
public sealed record RaydiumAmmV4SwapAccounts : ISwapAccounts
{
    private const byte ExactInTag = 9;
    private const byte ExactOutTag = 11;

    /// <summary>Signs for the vaults of every pool.</summary>
    public static Pubkey Authority { get; } =
        ProgramAddress.Find(Programs.RaydiumAmmV4, "amm authority"u8.ToArray()).Address;

    /// <summary>The pool.</summary>
    public required Pubkey Pool { get; init; }

    /// <summary>Its coins.</summary>
    public required Pubkey CoinVault { get; init; }

    /// <summary>Its pc.</summary>
    public required Pubkey PcVault { get; init; }

    /// <summary>Its market.</summary>
    public required RaydiumAmmV4Market Market { get; init; }

    /// <inheritdoc/>
    public required Pubkey User { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserIn { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserOut { get; init; }

    /// <inheritdoc/>
    public ComputeUse Use => ComputeUse.RaydiumAmmV4;

    /// <inheritdoc/>
    public Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin) =>
        Of(InstructionBytes.Of([ExactInTag], amountIn.Units, amountOutMin.Units));

    /// <summary>Receives exactly <paramref name="amountOut"/>; fails above <paramref name="amountInMax"/>.</summary>
    public Instruction ExactOut(TokenAmount amountInMax, TokenAmount amountOut) =>
        Of(InstructionBytes.Of([ExactOutTag], amountInMax.Units, amountOut.Units));

    private Instruction Of(byte[] data) => new()
    {
        Program = Programs.RaydiumAmmV4,
        Accounts = [
            ReadOnly(Programs.Token), Writable(Pool), ReadOnly(Authority), Writable(Market.OpenOrders),
            Writable(CoinVault), Writable(PcVault), ReadOnly(Market.Program), Writable(Market.Market),
            Writable(Market.Bids), Writable(Market.Asks), Writable(Market.EventQueue), Writable(Market.CoinVault),
            Writable(Market.PcVault), ReadOnly(Market.VaultSigner), Writable(UserIn), Writable(UserOut),
            Signer(User)],
        Data = data,
    };
}
