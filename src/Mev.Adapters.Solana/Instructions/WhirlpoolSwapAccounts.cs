using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using static Mev.Adapters.Solana.Transactions.AccountReference;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>A swap on an Orca Whirlpool, in either form.</summary>
public sealed record WhirlpoolSwapAccounts : ISwapAccounts
{
    private static readonly byte[] SwapName = InstructionBytes.Discriminator("swap");
    private static readonly byte[] SwapV2Name = InstructionBytes.Discriminator("swap_v2");

    /// <summary>Tick arrays that one instruction passes.</summary>
    public const int Arrays = 3;

    /// <summary>Which instruction.</summary>
    public required WhirlpoolForm Form { get; init; }

    /// <summary>The pool.</summary>
    public required Pubkey Pool { get; init; }

    /// <summary>Side A.</summary>
    public required WhirlpoolToken TokenA { get; init; }

    /// <summary>Side B.</summary>
    public required WhirlpoolToken TokenB { get; init; }

    /// <summary>
    /// Three tick arrays in the order in which the price passes them; those not reached may be missing on the chain.
    /// </summary>
    public required ImmutableArray<Pubkey> TickArrays { get; init; }

    /// <summary>Which side goes in.</summary>
    public required SwapDirection Direction { get; init; }

    /// <summary>
    /// The price, as a root in Q64.64, at which the swap ends; 0 for none. Default 0: a cycle's hop takes all or fails.
    /// </summary>
    public UInt128 SqrtPriceLimit { get; init; }

    /// <summary>
    /// The pool writes its oracle: pools with adaptive fees do. Only <c>swap</c> can spare the lock; default false.
    /// </summary>
    public bool HasAdaptiveFee { get; init; }

    /// <inheritdoc/>
    public required Pubkey User { get; init; }

    /// <inheritdoc/>
    public Pubkey UserIn => Direction == SwapDirection.AToB ? TokenA.User : TokenB.User;

    /// <inheritdoc/>
    public Pubkey UserOut => Direction == SwapDirection.AToB ? TokenB.User : TokenA.User;

    /// <inheritdoc/>
    public ComputeUse Use => ComputeUse.Whirlpool;

    /// <summary>The pool's oracle where the caller has derived it before. Default none: it is derived.</summary>
    public Pubkey? OracleKey { get; init; }

    /// <summary>The pool's oracle, which exists for pools with adaptive fees alone, and is passed always.</summary>
    public Pubkey Oracle => OracleKey ?? OracleOf(Pool);

    /// <summary>The oracle of a pool, derived.</summary>
    public static Pubkey OracleOf(Pubkey pool) =>
        ProgramAddress.Find(Programs.Whirlpool, "oracle"u8.ToArray(), pool.ToArray()).Address;

    /// <inheritdoc/>
    public Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin) =>
        Of(amountIn, amountOutMin, isExactIn: true);

    /// <summary>Receives exactly <paramref name="amountOut"/>; fails above <paramref name="amountInMax"/>.</summary>
    public Instruction ExactOut(TokenAmount amountInMax, TokenAmount amountOut) =>
        Of(amountOut, amountInMax, isExactIn: false);

    private Instruction Of(TokenAmount amount, TokenAmount threshold, bool isExactIn)
    {
        var isFirst = Form == WhirlpoolForm.Swap;
        Span<byte> rest = stackalloc byte[19]; // limit u128, two flags, and no remaining accounts in swap_v2
        BinaryPrimitives.WriteUInt128LittleEndian(rest, SqrtPriceLimit);
        rest[16] = isExactIn ? (byte)1 : (byte)0;
        rest[17] = Direction == SwapDirection.AToB ? (byte)1 : (byte)0;
        return new Instruction
        {
            Program = Programs.Whirlpool,
            Accounts = isFirst ? SwapAccounts() : SwapV2Accounts(),
            Data = InstructionBytes.Of(
                isFirst ? SwapName : SwapV2Name, [amount.Units, threshold.Units], isFirst ? rest[..18] : rest),
        };
    }

    private ImmutableArray<AccountReference> SwapAccounts() => [
        ReadOnly(TokenA.Program), Signer(User), Writable(Pool), Writable(TokenA.User), Writable(TokenA.Vault),
        Writable(TokenB.User), Writable(TokenB.Vault), .. TickArrays.Select(Writable),
        HasAdaptiveFee ? Writable(Oracle) : ReadOnly(Oracle)];

    private ImmutableArray<AccountReference> SwapV2Accounts() => [
        ReadOnly(TokenA.Program), ReadOnly(TokenB.Program), ReadOnly(Programs.Memo), Signer(User), Writable(Pool),
        ReadOnly(TokenA.Mint), ReadOnly(TokenB.Mint), Writable(TokenA.User), Writable(TokenA.Vault),
        Writable(TokenB.User), Writable(TokenB.Vault), .. TickArrays.Select(Writable), Writable(Oracle)];
}
