using System.Buffers.Binary;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Signing;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>
/// A swap: by the exact mathematics of the pool's program, between the user's token accounts and the vaults, where it
/// passes the accounts that the program asks for. Which accounts it writes has to be what it passes as writable.
/// </summary>
internal static class SwapExecution
{
    private const uint InsufficientFunds = 1; // SPL Token's own
    private const uint BelowLeastOutput = 6_000; // programs differ; what counts is that all of it fails
    private const uint Refused = 6_100; // and here the pool's own refusal follows
    private const byte TransferTag = 3;

    /// <summary>Executes one.</summary>
    public static ChainError? Run(Call call, DecodedSwap swap, SwapForm form)
    {
        var effects = call.Effects;
        if (effects.FindPool(new PoolId(swap.Pool)) is not { } pool || effects.Find(swap.Pool) is not { } own)
            return call.Fails(InstructionFailure.InvalidAccountData);
        if (own.Owner != call.Instruction.Program) return call.Fails(InstructionFailure.InvalidAccountData);
        if (User(call, swap.UserIn, swap.User) is not { } from || User(call, swap.UserOut, swap.User) is not { } to)
            return call.Fails(InstructionFailure.InvalidAccountData);
        if (DirectionOf(pool, TokenAccount.Mint(from), TokenAccount.Mint(to)) is not { } direction)
            return call.Fails(InstructionFailure.InvalidAccountData);
        if (PassedAccounts.Defect(call, pool, direction, swap, form) is { } defect) return call.Fails(defect);
        var version = effects.WriteVersion;
        var quote = effects.Swap(pool.Id, direction, swap.AmountIn);
        if (!quote.IsOk) return call.Fails(Refused + (uint)quote.Error);
        effects.Use((uint)ComputeUse.Of(pool.Protocol).Units(quote.TicksCrossed));
        if (quote.AmountIn.Units > TokenAccount.Amount(from)) return call.Fails(InsufficientFunds);
        if (quote.AmountOut.CompareTo(swap.AmountOutMin) < 0) return call.Fails(BelowLeastOutput);
        if (effects.Written.Any(account => account.WriteVersion > version && !call.MayWrite(account.Key)))
            return call.Fails(InstructionFailure.ReadonlyDataModified);
        var vaults = VaultsOf(call, form, direction);
        MoveVaults(effects, vaults, quote, version);
        Move(call, swap, (from, to), quote);
        var authority = form.Authority is { } place ? call.Instruction.Accounts[place].Key : swap.Pool;
        Tell(call, from.Owner, quote.AmountIn, swap.UserIn, vaults.In, swap.User);
        Tell(call, to.Owner, quote.AmountOut, vaults.Out, swap.UserOut, authority);
        return null;
    }

    /// <summary>The user's token account that the swap may change; null for anything else.</summary>
    private static ChainAccount? User(Call call, Pubkey key, Pubkey user) =>
        call.Effects.Find(key) is { } account && TokenAccount.IsOne(account) && TokenAccount.Owner(account) == user
        && call.MayWrite(key)
            ? account
            : null;

    private static SwapDirection? DirectionOf(Pool pool, Pubkey mintIn, Pubkey mintOut)
    {
        if (mintIn == pool.MintA && mintOut == pool.MintB) return SwapDirection.AToB;
        return mintIn == pool.MintB && mintOut == pool.MintA ? SwapDirection.BToA : null;
    }

    private static (Pubkey In, Pubkey Out) VaultsOf(Call call, SwapForm form, SwapDirection direction)
    {
        var accounts = call.Instruction.Accounts;
        var (first, second) = (accounts[form.Vaults.First].Key, accounts[form.Vaults.Second].Key);
        return form.AreVaultsInOut || direction == SwapDirection.AToB ? (first, second) : (second, first);
    }

    // Vaults on which no quote depends are no part of the pool's bytes: where the chain has them, they move here.
    private static void MoveVaults(
        TransactionEffects effects, (Pubkey In, Pubkey Out) vaults, in Quote quote, ulong version)
    {
        if (Untouched(effects, vaults.In, version) is { } receives)
            effects.Write(TokenAccount.With(receives, TokenAccount.Amount(receives) + quote.AmountIn.Units));
        if (Untouched(effects, vaults.Out, version) is { } pays && TokenAccount.Amount(pays) >= quote.AmountOut.Units)
            effects.Write(TokenAccount.With(pays, TokenAccount.Amount(pays) - quote.AmountOut.Units));
    }

    private static ChainAccount? Untouched(TransactionEffects effects, Pubkey vault, ulong version) =>
        effects.Find(vault) is { } account && TokenAccount.IsOne(account) && account.WriteVersion <= version
            ? account
            : null;

    private static void Move(Call call, DecodedSwap swap, (ChainAccount From, ChainAccount To) users, in Quote quote)
    {
        var paid = TokenAccount.With(users.From, TokenAccount.Amount(users.From) - quote.AmountIn.Units);
        call.Effects.Write(paid);
        var to = swap.UserIn == swap.UserOut ? paid : users.To;
        call.Effects.Write(TokenAccount.With(to, TokenAccount.Amount(to) + quote.AmountOut.Units));
    }

    private static void Tell(
        Call call, Pubkey program, TokenAmount amount, Pubkey source, Pubkey target, Pubkey authority)
    {
        var data = new byte[1 + sizeof(ulong)];
        data[0] = TransferTag;
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(1), amount.Units);
        call.Tell(program, data, source, target, authority);
    }
}
