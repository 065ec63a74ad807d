using System.Buffers.Binary;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>The system program: transfers of lamports, accounts under a name, nonce accounts.</summary>
internal static class SystemExecution
{
    private const uint NegativeResult = 1; // the program's own error: more than the account holds

    /// <summary>Executes one.</summary>
    public static ChainError? Run(Call call)
    {
        var accounts = call.Instruction.Accounts;
        var data = call.Instruction.Data.Span;
        call.Effects.Use(SystemProgram.Units);
        var tag = data.Length < sizeof(uint) ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(data);
        if (tag == SystemProgram.AdvanceNonceTag) return NonceExecution.RunAdvance(call);
        if (tag == SystemProgram.CreateWithSeedTag) return NonceExecution.RunCreate(call);
        if (tag == SystemProgram.InitializeNonceTag) return NonceExecution.RunInitialise(call);
        if (!SystemProgram.TryReadTransfer(data, out var amount))
            return call.Fails(InstructionFailure.InvalidInstructionData);
        if (accounts.Length < 2) return call.Fails(InstructionFailure.MissingAccount);
        var (from, to) = (accounts[0], accounts[1]);
        if (!from.IsSigner) return call.Fails(InstructionFailure.MissingRequiredSignature);
        if (!from.IsWritable || !to.IsWritable) return call.Fails(InstructionFailure.ReadonlyDataModified);
        return Move(call, from.Key, to.Key, amount);
    }

    private static ChainError? Move(Call call, Pubkey from, Pubkey to, ulong amount)
    {
        if (call.Effects.Find(from) is not { Data.IsEmpty: true } payer || payer.Lamports < amount)
            return call.Fails(NegativeResult);
        call.Effects.Write(payer with { Lamports = payer.Lamports - amount });
        var receiver = call.Effects.Find(to) ?? new ChainAccount(to, Programs.System, 0, default);
        call.Effects.Write(receiver with { Lamports = receiver.Lamports + amount });
        // Neither may be left with less than rent asks for, as the runtime checks after the last instruction.
        return IsKept(call.Effects.Find(from)) && IsKept(call.Effects.Find(to)) ? null : call.Fails(NegativeResult);
    }

    private static bool IsKept(ChainAccount? account) => account is null || account.Lamports == 0
        || account.Lamports >= (ulong)Rent.Mainnet.Minimum(account.Data.Length).Value;
}
