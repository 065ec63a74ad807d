using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using static Mev.Adapters.Solana.Transactions.AccountReference;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>A swap on Raydium CLMM by <c>swap_v2</c>. In and out are the swap's, not the pool's.</summary>
public sealed record RaydiumClmmSwapAccounts : ISwapAccounts
{
    private static readonly byte[] Name = InstructionBytes.Discriminator("swap_v2");

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

    /// <summary>Further bits of where tick arrays are; only for swaps that reach beyond the pool's own.</summary>
    public Pubkey? BitmapExtension { get; init; }

    /// <summary>Tick arrays in the order in which the price passes them.</summary>
    public required ImmutableArray<Pubkey> TickArrays { get; init; }

    /// <summary>
    /// The price, as a root in Q64.64, at which the swap ends; 0 for none. Default 0: a cycle's hop takes all or fails.
    /// </summary>
    public UInt128 SqrtPriceLimit { get; init; }

    /// <inheritdoc/>
    public required Pubkey User { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserIn { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserOut { get; init; }

    /// <inheritdoc/>
    public ComputeUse Use => ComputeUse.RaydiumClmm;

    /// <inheritdoc/>
    public Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin) =>
        Of(amountIn, amountOutMin, isExactIn: true);

    /// <summary>Receives exactly <paramref name="amountOut"/>; fails above <paramref name="amountInMax"/>.</summary>
    public Instruction ExactOut(TokenAmount amountInMax, TokenAmount amountOut) =>
        Of(amountOut, amountInMax, isExactIn: false);

    private Instruction Of(TokenAmount amount, TokenAmount threshold, bool isExactIn)
    {
        Span<byte> rest = stackalloc byte[17];
        BinaryPrimitives.WriteUInt128LittleEndian(rest, SqrtPriceLimit);
        rest[16] = isExactIn ? (byte)1 : (byte)0;
        AccountReference[] extension = BitmapExtension is { } key ? [Writable(key)] : [];
        return new Instruction
        {
            Program = Programs.RaydiumClmm,
            Accounts = [
                Signer(User), ReadOnly(Config), Writable(Pool), Writable(UserIn), Writable(UserOut), Writable(VaultIn),
                Writable(VaultOut), Writable(Observation), ReadOnly(Programs.Token), ReadOnly(Programs.Token2022),
                ReadOnly(Programs.Memo), ReadOnly(MintIn), ReadOnly(MintOut), .. extension,
                .. TickArrays.Select(Writable)],
            Data = InstructionBytes.Of(Name, [amount.Units, threshold.Units], rest),
        };
    }
}
