using System.Buffers.Binary;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Simulator.Execution;

namespace Mev.Simulator.Chain;

/// <summary>The reserves of the generator's DLMM pairs: no quote reads them, so no pool holds them.</summary>
internal static class PairReserves
{
    /// <summary>Both, with what the bins hold; none of a pool of another kind.</summary>
    public static IEnumerable<ChainAccount> Of(GeneratedPool generated)
    {
        if (generated.Pool is not MeteoraDlmmPool pool) return [];
        var (plan, pair) = (generated.Plan, pool.Accounts[0].Data.ToArray());
        return
        [
            Of(plan.A, new Pubkey(pair.AsSpan(DlmmAccounts.ReserveX)), pool, BinLayout.AmountX),
            Of(plan.B, new Pubkey(pair.AsSpan(DlmmAccounts.ReserveX + Pubkey.Length)), pool, BinLayout.AmountY),
        ];
    }

    private static ChainAccount Of(GeneratedMint mint, Pubkey key, MeteoraDlmmPool pool, int offset)
    {
        var amount = 0UL;
        foreach (var account in pool.Accounts)
        {
            if (!MeteoraDlmmLayout.IsArray(account.Data)) continue;
            for (var bin = 0; bin < MeteoraDlmmLayout.BinsPerArray; bin++)
            {
                amount += BinaryPrimitives.ReadUInt64LittleEndian(
                    account.Data[(MeteoraDlmmLayout.Bins + bin * BinLayout.Length + offset)..]);
            }
        }
        return TokenAccount.New(key, ChainMint.Of(mint), pool.Id.Address, amount);
    }
}
