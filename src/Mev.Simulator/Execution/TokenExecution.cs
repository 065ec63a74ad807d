using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>
/// Associated token accounts are created, wrapped SOL is counted and token accounts are closed, as wallets need it.
/// </summary>
internal static class TokenExecution
{
    private const uint CreateUnits = 20_000; // cautious, of a creation with its calls
    private const uint TokenUnits = 3_000;
    private const byte CloseTag = 9;
    private const byte SyncNativeTag = 17;
    private const uint NonZeroBalance = 11; // the program's own error: tokens are left
    private const uint WithheldFees = 35; // that of Token-2022: fees are left

    /// <summary>Executes one.</summary>
    public static ChainError? Run(Call call)
    {
        if (call.Instruction.Program == Programs.AssociatedToken) return Create(call);
        var data = call.Instruction.Data.Span;
        call.Effects.Use(TokenUnits);
        return data switch
        {
            [SyncNativeTag] => Sync(call),
            [CloseTag] => Close(call),
            _ => call.Fails(InstructionFailure.InvalidInstructionData),
        };
    }

    private static ChainError? Create(Call call)
    {
        var accounts = call.Instruction.Accounts;
        if (accounts.Length != 6 || call.Instruction.Data.Span is not [1])
            return call.Fails(InstructionFailure.InvalidInstructionData);
        var (payer, wallet, mint, program) = (accounts[0], accounts[2].Key, accounts[3].Key, accounts[5].Key);
        var address = AssociatedToken.Address(wallet, mint, program);
        var known = call.Effects.MintOf(mint);
        if (accounts[1].Key != address || program != known.Program)
            return call.Fails(InstructionFailure.InvalidAccountData);
        call.Effects.Use(CreateUnits);
        if (call.Effects.Find(address) is not null) return null;
        var made = TokenAccount.New(address, known, wallet, amount: 0);
        if (!payer.IsSigner || call.Effects.Find(payer.Key) is not { } funds || funds.Lamports < made.Lamports)
            return call.Fails(code: 1);
        call.Effects.Write(funds with { Lamports = funds.Lamports - made.Lamports });
        call.Effects.Write(made);
        return null;
    }

    // What was sent to it as lamports counts as tokens from now on.
    private static ChainError? Sync(Call call)
    {
        if (call.Instruction.Accounts is not [{ } first] || call.Effects.Find(first.Key) is not { } account
            || !TokenAccount.IsOne(account) || !TokenAccount.IsNative(account))
        {
            return call.Fails(InstructionFailure.InvalidAccountData);
        }
        var rent = (ulong)Rent.Mainnet.Minimum(account.Data.Length).Value;
        call.Effects.Write(TokenAccount.With(account, account.Lamports - rent) with { Lamports = account.Lamports });
        return null;
    }

    private static ChainError? Close(Call call)
    {
        if (call.Instruction.Accounts is not [{ } first, { } receiver, { } owner]
            || call.Effects.Find(first.Key) is not { } account || !TokenAccount.IsOne(account)
            || account.Owner != call.Instruction.Program)
        {
            return call.Fails(InstructionFailure.InvalidAccountData);
        }
        if (TokenAccount.Owner(account) != owner.Key || !owner.IsSigner)
            return call.Fails(InstructionFailure.MissingRequiredSignature);
        if (!TokenAccount.IsNative(account) && TokenAccount.Amount(account) > 0) return call.Fails(NonZeroBalance);
        if (TokenAccount.Withheld(account) > 0) return call.Fails(WithheldFees);
        var to = call.Effects.Find(receiver.Key) ?? new ChainAccount(receiver.Key, Programs.System, 0, default);
        call.Effects.Write(account with { Lamports = 0, Data = default });
        call.Effects.Write(to with { Lamports = to.Lamports + account.Lamports });
        return null;
    }
}
