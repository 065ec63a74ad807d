using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Tokens;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>What token accounts and transfers depend on of a mint.</summary>
/// <param name="Key">Its address.</param>
/// <param name="Program">The token program that it is of.</param>
/// <param name="Fees">Its fees on transfers; null where it has no such extension.</param>
internal sealed record ChainMint(Pubkey Key, Pubkey Program, TransferFeeSchedule? Fees)
{
    /// <summary>Of every mint of the generator.</summary>
    public const byte Decimals = 9;

    /// <summary>A mint by its account; one that the chain does not have is of SPL Token.</summary>
    public static ChainMint Of(Pubkey key, ChainAccount? account)
    {
        if (account is null || account.Owner != Programs.Token2022) return new ChainMint(key, Programs.Token, null);
        var bytes = new PoolAccount(key);
        bytes.Set(account.ToWrite());
        var hasFees = TokenMint.Read(bytes, out var fees) == PoolDefect.None && HasFees(bytes.Data);
        return new ChainMint(key, Programs.Token2022, hasFees ? fees : null);
    }

    /// <summary>A mint of the generator.</summary>
    public static ChainMint Of(GeneratedMint mint) => new(mint.Key, mint.Program, mint.Fees);

    /// <summary>The associated token account of a wallet.</summary>
    public Pubkey AccountOf(Pubkey wallet) => AssociatedToken.Address(wallet, Key, Program);

    /// <summary>A transfer in an epoch, with the fee that the receiver's account withholds.</summary>
    public TokenTransfer Transfer(ulong amount, ulong epoch) => new(this, amount, Fees?.At(epoch).Of(amount) ?? 0);

    private static bool HasFees(ReadOnlySpan<byte> data)
    {
        var extensions = new TokenExtensions(data);
        while (extensions.MoveNext())
            if (extensions.Type == TokenExtensionType.TransferFeeConfig) return true;
        return false;
    }
}
