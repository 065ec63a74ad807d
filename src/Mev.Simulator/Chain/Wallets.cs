using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>Accounts of the system program that pay for transactions.</summary>
internal static class Wallets
{
    /// <summary>Traders whose orders make the flow.</summary>
    public const int TraderCount = 64;

    private const ulong FirstLamports = 1_000_000_000_000; // 1,000 SOL
    private const ulong RentExempt = 890_880; // of an account without bytes

    /// <summary>Address of a trader.</summary>
    public static Pubkey Trader(ulong seed, int number) => GeneratedAddress.Of(seed, "trader", number);

    /// <summary>The traders' accounts as the chain begins.</summary>
    public static IEnumerable<ChainAccount> Traders(ulong seed) => Enumerable.Range(0, TraderCount)
        .Select(number => new ChainAccount(Trader(seed, number), default, FirstLamports, default));

    /// <summary>Takes the fee from the payer; false when it would have to fall below what it must keep.</summary>
    public static bool TryPay(TransactionEffects effects, ChainTransaction transaction)
    {
        var fee = (ulong)transaction.Fee.Value;
        if (effects.Find(transaction.Payer) is not { } payer || payer.Lamports < fee + RentExempt) return false;
        effects.Write(payer with { Lamports = payer.Lamports - fee });
        return true;
    }
}
