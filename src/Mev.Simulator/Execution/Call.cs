using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>One instruction of a transaction being executed.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Place">Which of its instructions.</param>
/// <param name="Instruction">The instruction.</param>
/// <param name="Effects">What the transaction has done so far.</param>
internal readonly record struct Call(
    ChainTransaction Transaction, int Place, Instruction Instruction, TransactionEffects Effects)
{
    /// <summary>Uses compute units and succeeds.</summary>
    public ChainError? Use(uint units)
    {
        Effects.Use(units);
        return null;
    }

    /// <summary>The runtime ends it.</summary>
    public ChainError Fails(InstructionFailure failure) => new(Place, failure);

    /// <summary>The program ends it with its own number.</summary>
    public ChainError Fails(uint code) => ChainError.Custom(Place, code);

    /// <summary>The transaction is signed by the account.</summary>
    public bool IsSigned(Pubkey key)
    {
        foreach (var account in Transaction.Accounts)
            if (account.Key == key && account.IsSigner) return true;
        return false;
    }

    /// <summary>The instruction may write an account.</summary>
    public bool MayWrite(Pubkey key)
    {
        foreach (var account in Instruction.Accounts)
            if (account.Key == key && account.IsWritable) return true;
        return false;
    }

    /// <summary>Tells of an instruction that this one called; its accounts are among the transaction's.</summary>
    public void Tell(Pubkey program, byte[] data, params ReadOnlySpan<Pubkey> accounts)
    {
        var places = new byte[accounts.Length];
        for (var i = 0; i < places.Length; i++) places[i] = PlaceOf(accounts[i]);
        Effects.Call(Place, new CompiledInstruction(PlaceOf(program), places, data));
    }

    private byte PlaceOf(Pubkey key)
    {
        var accounts = Transaction.Accounts;
        for (var i = 0; i < accounts.Length; i++)
            if (accounts[i].Key == key) return (byte)i;
        return 0;
    }
}
