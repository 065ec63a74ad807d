using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>
/// Whether a swap passes what the pool's program asks for: vaults, settings, observations, oracles, mints and programs
/// are those that the pool names, in their places, and arrays are the pool's own; whether they are those that the swap
/// walks is told by <see cref="PassedArrays"/>. The user's token accounts are checked by who moves them.
/// </summary>
internal static class PassedAccounts
{
    /// <summary>
    /// What the program ends the swap with that would pass <paramref name="asked"/>; null when it may go on.
    /// </summary>
    public static InstructionFailure? Defect(
        Call call, Pool pool, ReadOnlySpan<AccountReference> asked, SwapForm form)
    {
        var passed = call.Instruction.Accounts.AsSpan();
        var (from, end) = (form.Parts.Start.GetOffset(asked.Length), form.Parts.End.GetOffset(asked.Length));
        var after = passed.Length - (asked.Length - end); // where what follows the parts stands
        if (after < from) return InstructionFailure.InvalidAccountData;
        for (var place = 0; place < asked.Length; place++)
        {
            if (place >= from && place < end) continue;
            var own = passed[place < from ? place : place - end + after];
            if (own.Key != asked[place].Key && place != form.UserIn && place != form.UserOut)
                return InstructionFailure.InvalidAccountData;
            if (asked[place].IsWritable && !own.IsWritable) return InstructionFailure.ReadonlyDataModified;
        }
        foreach (var part in PartsOf(passed, asked.Length, form))
            if (!IsPart(call, pool, part.Key)) return InstructionFailure.InvalidAccountData;
        return null;
    }

    /// <summary>The parts among the accounts of a swap that has passed the check above.</summary>
    public static ReadOnlySpan<AccountReference> PartsOf(
        ReadOnlySpan<AccountReference> accounts, int asked, SwapForm form)
    {
        var (from, end) = (form.Parts.Start.GetOffset(asked), form.Parts.End.GetOffset(asked));
        return accounts[from..(accounts.Length - (asked - end))];
    }

    /// <summary>It names the pool, or is a Whirlpool's array that nobody has made so far.</summary>
    private static bool IsPart(Call call, Pool pool, Pubkey key) => call.Effects.Find(key) is { } account
        ? PoolDecoder.TryGetPoolOf(account.ToWrite(), out var whole) && whole == pool.Id
        : pool.Protocol == Protocol.Whirlpool;
}
