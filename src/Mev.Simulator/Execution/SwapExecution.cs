using System.Buffers.Binary;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
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
    private const uint FeeDiffers = 32; // Token-2022's own: the fee is not what the mint asks for
    private const byte TransferTag = 3;
    private const byte TransferCheckedTag = 12;

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
        if (effects.AccountsOf(pool, direction, swap.User) is not { } accounts)
            return call.Fails(InstructionFailure.InvalidAccountData);
        var asked = accounts.ExactIn(swap.AmountIn, swap.AmountOutMin).Accounts.AsSpan();
        if (PassedAccounts.Defect(call, pool, asked, form) is { } defect) return call.Fails(defect);
        var parts = PassedAccounts.PartsOf(call.Instruction.Accounts.AsSpan(), asked.Length, form);
        var missing = PassedArrays.Refusal(
            pool, direction, swap.AmountIn, effects.Clock, PassedAccounts.PartsOf(asked, asked.Length, form), parts);
        if (missing != QuoteError.None) return call.Fails(Refused + (uint)missing);
        var vaults = VaultsOf(call, form, direction);
        var (version, before) = (effects.WriteVersion, effects.Find(vaults.Out));
        var (mintIn, mintOut) = (effects.MintOf(TokenAccount.Mint(from)), effects.MintOf(TokenAccount.Mint(to)));
        // Without a fee on transfers what enters is what leaves, and some vaults pay others too.
        var hasFee = mintOut.Fees is not null;
        var reserveOut = hasFee ? ReserveOut(call, pool, direction, swap.AmountIn, parts) : null;
        var quote = effects.Swap(pool.Id, direction, swap.AmountIn);
        if (!quote.IsOk) return call.Fails(Refused + (uint)quote.Error);
        effects.Use((uint)accounts.Use.Units(quote.TicksCrossed));
        if (quote.AmountIn.Units > TokenAccount.Amount(from)) return call.Fails(InsufficientFunds);
        if (quote.AmountOut.CompareTo(swap.AmountOutMin) < 0) return call.Fails(BelowLeastOutput);
        if (effects.Written.Any(account => account.WriteVersion > version && !call.MayWrite(account.Key)))
            return call.Fails(InstructionFailure.ReadonlyDataModified);
        var gross = hasFee ? reserveOut ?? Paid(effects, before, version) : null;
        var paid = mintIn.Transfer(quote.AmountIn.Units, effects.Clock.Epoch);
        var received = mintOut.Transfer(gross ?? quote.AmountOut.Units, effects.Clock.Epoch);
        if (received.Net != quote.AmountOut.Units) return call.Fails(FeeDiffers);
        MoveVaults(effects, vaults, (paid, received), version);
        Move(call, swap, (from, to), (paid, received));
        var authority = form.Authority is { } place ? call.Instruction.Accounts[place].Key : swap.Pool;
        Tell(call, paid, swap.UserIn, vaults.In, swap.User);
        Tell(call, received, vaults.Out, swap.UserOut, authority);
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

    /// <summary>
    /// What leaves a vault that is no account of its pool, the fee on the transfer included; null where the vault is.
    /// </summary>
    private static ulong? ReserveOut(
        Call call, Pool pool, SwapDirection direction, TokenAmount amountIn, ReadOnlySpan<AccountReference> parts)
    {
        if (pool is not MeteoraDlmmPool pair) return null;
        var swap = pair.Swap(direction, amountIn, isExactIn: true, call.Effects.Clock, PassedArrays.Keys(parts));
        return swap.Error == QuoteError.None ? swap.ReserveOut : null;
    }

    /// <summary>What left a vault that the pool's own mathematics wrote; null where it did not.</summary>
    private static ulong? Paid(TransactionEffects effects, ChainAccount? before, ulong version) =>
        before is not null && effects.Find(before.Key) is { } after && after.WriteVersion > version
            ? TokenAccount.Amount(before) - TokenAccount.Amount(after)
            : null;

    // Vaults on which no quote depends are no part of the pool's bytes: where the chain has them, they move here.
    private static void MoveVaults(
        TransactionEffects effects, (Pubkey In, Pubkey Out) vaults, (TokenTransfer In, TokenTransfer Out) moved,
        ulong version)
    {
        if (Untouched(effects, vaults.In, version) is { } receives)
            effects.Write(TokenAccount.Receive(receives, moved.In));
        if (Untouched(effects, vaults.Out, version) is { } pays && TokenAccount.Amount(pays) >= moved.Out.Amount)
            effects.Write(TokenAccount.Pay(pays, moved.Out));
    }

    private static ChainAccount? Untouched(TransactionEffects effects, Pubkey vault, ulong version) =>
        effects.Find(vault) is { } account && TokenAccount.IsOne(account) && account.WriteVersion <= version
            ? account
            : null;

    private static void Move(
        Call call, DecodedSwap swap, (ChainAccount From, ChainAccount To) users,
        (TokenTransfer In, TokenTransfer Out) moved)
    {
        var paid = TokenAccount.Pay(users.From, moved.In);
        call.Effects.Write(paid);
        var to = swap.UserIn == swap.UserOut ? paid : users.To;
        call.Effects.Write(TokenAccount.Receive(to, moved.Out));
    }

    // A program moves tokens of Token-2022 by the instruction that names mint and decimals.
    private static void Tell(Call call, TokenTransfer moved, Pubkey source, Pubkey target, Pubkey authority)
    {
        var isChecked = moved.Mint.Program == Programs.Token2022;
        var data = new byte[1 + sizeof(ulong) + (isChecked ? 1 : 0)];
        data[0] = isChecked ? TransferCheckedTag : TransferTag;
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(1), moved.Amount);
        if (isChecked) data[^1] = ChainMint.Decimals;
        if (isChecked) call.Tell(moved.Mint.Program, data, source, moved.Mint.Key, target, authority);
        else call.Tell(moved.Mint.Program, data, source, target, authority);
    }
}
