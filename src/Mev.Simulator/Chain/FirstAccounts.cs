using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Simulator.Execution;

namespace Mev.Simulator.Chain;

/// <summary>
/// The accounts beside those of pools as the chain begins: traders, tip accounts, lookup tables, reserves of DLMM
/// pairs, funded wallets.
/// </summary>
internal static class FirstAccounts
{
    /// <summary>All of them.</summary>
    /// <exception cref="FormatException">A funded wallet is no address.</exception>
    public static IEnumerable<ChainAccount> Of(GeneratedUniverse universe, ulong seed, SimulatorOptions options)
    {
        var rent = (ulong)Rent.Mainnet.Minimum(dataLength: 0).Value;
        return [
            .. Wallets.Traders(seed),
            .. TipAccounts.All.Select(key => new ChainAccount(key, Programs.TipPayment, rent, default)),
            .. UniverseTables.Of(universe, seed).Select(TableOf),
            .. universe.Pools.SelectMany(PairReserves.Of),
            .. options.FundedWallets.Select(Pubkey.Parse)
                .SelectMany(wallet => Funded(universe, wallet, (ulong)options.FundedLamports)),
        ];
    }

    /// <summary>A lookup table's account, exempt from rent.</summary>
    public static ChainAccount TableOf(LookupTableAccount table)
    {
        var data = table.Write();
        return new ChainAccount(
            table.Key, Programs.AddressLookupTable, (ulong)Rent.Mainnet.Minimum(data.Length).Value, data);
    }

    /// <summary>A wallet with lamports, as many wrapped, and empty token accounts of every other mint.</summary>
    public static IEnumerable<ChainAccount> Funded(GeneratedUniverse universe, Pubkey wallet, ulong lamports)
    {
        var mints = universe.AllMints.Select(ChainMint.Of);
        return mints.Select(mint => TokenAccount.New(
                mint.AccountOf(wallet), mint, wallet, mint.Key == Mints.Wsol ? lamports : 0))
            .Prepend(new ChainAccount(wallet, Programs.System, lamports, default));
    }
}
