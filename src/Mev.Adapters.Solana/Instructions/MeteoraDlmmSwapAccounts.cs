using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using static Mev.Adapters.Solana.Transactions.AccountReference;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>A swap on a Meteora DLMM pair; the program finds the direction by the user's accounts.</summary>
public sealed record MeteoraDlmmSwapAccounts : ISwapAccounts
{
    private static readonly byte[] SwapName = InstructionBytes.Discriminator("swap");
    private static readonly byte[] ExactOutName = InstructionBytes.Discriminator("swap_exact_out");
    private static readonly byte[] Swap2Name = InstructionBytes.Discriminator("swap2");
    private static readonly byte[] ExactOut2Name = InstructionBytes.Discriminator("swap_exact_out2");

    /// <summary>Signs the events of every pair.</summary>
    public static Pubkey EventAuthority { get; } =
        ProgramAddress.Find(Programs.MeteoraDlmm, "__event_authority"u8.ToArray()).Address;

    /// <summary>Which family of instructions.</summary>
    public required MeteoraDlmmForm Form { get; init; }

    /// <summary>The pair.</summary>
    public required Pubkey Pool { get; init; }

    /// <summary>Its tokens X.</summary>
    public required Pubkey ReserveX { get; init; }

    /// <summary>Its tokens Y.</summary>
    public required Pubkey ReserveY { get; init; }

    /// <summary>Mint X.</summary>
    public required Pubkey MintX { get; init; }

    /// <summary>Mint Y.</summary>
    public required Pubkey MintY { get; init; }

    /// <summary>Token program of mint X.</summary>
    public required Pubkey ProgramX { get; init; }

    /// <summary>Token program of mint Y.</summary>
    public required Pubkey ProgramY { get; init; }

    /// <summary>Further bits of where bin arrays are; none for most pairs.</summary>
    public Pubkey? BitmapExtension { get; init; }

    /// <summary>Account of whoever brought the swap, which takes a part of the fee; none.</summary>
    public Pubkey? HostFee { get; init; }

    /// <summary>Bin arrays in the order in which the active bin passes them.</summary>
    public required ImmutableArray<Pubkey> BinArrays { get; init; }

    /// <inheritdoc/>
    public required Pubkey User { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserIn { get; init; }

    /// <inheritdoc/>
    public required Pubkey UserOut { get; init; }

    /// <inheritdoc/>
    public ComputeUse Use => ComputeUse.MeteoraDlmm;

    /// <summary>The pair's oracle.</summary>
    public Pubkey Oracle => ProgramAddress.Find(Programs.MeteoraDlmm, "oracle"u8.ToArray(), Pool.ToArray()).Address;

    private static ReadOnlySpan<byte> NoSlices => [0, 0, 0, 0]; // of further accounts: their count, u32

    private bool IsSwap2 => Form == MeteoraDlmmForm.Swap2;

    /// <inheritdoc/>
    public Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin) =>
        Of(IsSwap2 ? Swap2Name : SwapName, amountIn, amountOutMin);

    /// <summary>Receives exactly <paramref name="amountOut"/>; fails above <paramref name="amountInMax"/>.</summary>
    public Instruction ExactOut(TokenAmount amountInMax, TokenAmount amountOut) =>
        Of(IsSwap2 ? ExactOut2Name : ExactOutName, amountInMax, amountOut);

    private Instruction Of(byte[] name, TokenAmount amountIn, TokenAmount amountOut)
    {
        AccountReference[] memo = IsSwap2 ? [ReadOnly(Programs.Memo)] : [];
        return new Instruction
        {
            Program = Programs.MeteoraDlmm,
            Accounts = [
                Writable(Pool), Optional(BitmapExtension, ReadOnly), Writable(ReserveX), Writable(ReserveY),
                Writable(UserIn), Writable(UserOut), ReadOnly(MintX), ReadOnly(MintY), Writable(Oracle),
                Optional(HostFee, Writable), Signer(User), ReadOnly(ProgramX), ReadOnly(ProgramY), .. memo,
                ReadOnly(EventAuthority), ReadOnly(Programs.MeteoraDlmm), .. BinArrays.Select(Writable)],
            Data = InstructionBytes.Of(name, [amountIn.Units, amountOut.Units], IsSwap2 ? NoSlices : []),
        };
    }

    /// <summary>The program's own key stands for an account that is not there.</summary>
    private static AccountReference Optional(Pubkey? key, Func<Pubkey, AccountReference> use) =>
        key is { } account ? use(account) : ReadOnly(Programs.MeteoraDlmm);
}
