using System.Buffers.Binary;
using System.Text;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>
/// Nonce accounts, as the public source of the system program has them: made under a name of a wallet, initialised, and
/// advanced by the first instruction of a message that names the stored value in place of a blockhash.
/// </summary>
internal static class NonceExecution
{
    private const uint AlreadyInUse = 0; // the system program's own errors
    private const uint NegativeResult = 1;
    private const uint AddressMismatch = 5;
    private const uint NotExpired = 7;
    private const int SeedLengthAt = sizeof(uint) + Pubkey.Length;
    private const int SeedAt = SeedLengthAt + sizeof(ulong);
    private const int SeedMax = 32;
    private const ulong SpaceMax = 10 * 1024 * 1024;
    private const ulong LamportsPerSignature = 5_000;

    /// <summary>The nonce that a message is built on; null where it is built on none that is usable.</summary>
    public static DurableNonce? Of(ChainTransaction transaction, Func<Pubkey, ChainAccount?> find)
    {
        if (transaction.Instructions is not [{ } first, ..] || !IsAdvance(first)) return null;
        if (Read(find(first.Accounts[0].Key)) is not { } nonce) return null;
        var isUsable = first.Accounts[0].IsWritable && nonce.Value == transaction.Message.RecentBlockhash
            && transaction.Accounts[..transaction.Signatures.Length].Any(signer => signer.Key == nonce.Authority);
        return isUsable ? nonce : null;
    }

    /// <summary>The stored value that a block's hash makes.</summary>
    public static Blockhash ValueOf(Blockhash block) =>
        new(Digest.Of([.. "DURABLE_NONCE"u8, .. block.Hash.ToArray()]));

    /// <summary>The next value, which also stands where the rest of the transaction fails.</summary>
    public static void Advance(TransactionEffects effects, in DurableNonce nonce) =>
        effects.Write(effects.Find(nonce.Key)! with { Data = Bytes(nonce.Authority, effects.LastBlockhash) });

    /// <summary>Executes the instruction that advances one.</summary>
    public static ChainError? RunAdvance(Call call)
    {
        if (!IsAdvance(call.Instruction)) return call.Fails(InstructionFailure.InvalidInstructionData);
        var account = call.Instruction.Accounts[0];
        if (!account.IsWritable) return call.Fails(InstructionFailure.InvalidArgument);
        if (Read(call.Effects.Find(account.Key)) is not { } nonce)
            return call.Fails(InstructionFailure.InvalidAccountData);
        if (!call.IsSigned(nonce.Authority)) return call.Fails(InstructionFailure.MissingRequiredSignature);
        if (nonce.Value == ValueOf(call.Effects.LastBlockhash)) return call.Fails(NotExpired);
        Advance(call.Effects, nonce);
        return null;
    }

    /// <summary>Executes the instruction that makes an account under a name.</summary>
    public static ChainError? RunCreate(Call call)
    {
        var data = call.Instruction.Data.Span;
        if (data.Length < SeedAt) return call.Fails(InstructionFailure.InvalidInstructionData);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(data[SeedLengthAt..]);
        if (length > SeedMax || data.Length != SeedAt + (int)length + 2 * sizeof(ulong) + Pubkey.Length)
            return call.Fails(InstructionFailure.InvalidInstructionData);
        var wallet = new Pubkey(data[sizeof(uint)..]);
        var seed = data.Slice(SeedAt, (int)length);
        var rest = data[(SeedAt + (int)length)..];
        var lamports = BinaryPrimitives.ReadUInt64LittleEndian(rest);
        var space = BinaryPrimitives.ReadUInt64LittleEndian(rest[sizeof(ulong)..]);
        var owner = new Pubkey(rest[(2 * sizeof(ulong))..]);
        if (call.Instruction.Accounts is not [{ } payer, { } made, ..])
            return call.Fails(InstructionFailure.MissingAccount);
        if (!call.IsSigned(payer.Key) || !call.IsSigned(wallet))
            return call.Fails(InstructionFailure.MissingRequiredSignature);
        if (!payer.IsWritable || !made.IsWritable) return call.Fails(InstructionFailure.ReadonlyDataModified);
        if (!Ascii.IsValid(seed) || SystemProgram.AddressWithSeed(wallet, Encoding.ASCII.GetString(seed), owner)
            != made.Key)
        {
            return call.Fails(AddressMismatch);
        }
        if (call.Effects.Find(made.Key) is not null) return call.Fails(AlreadyInUse);
        if (space > SpaceMax) return call.Fails(InstructionFailure.InvalidArgument);
        if (call.Effects.Find(payer.Key) is not { Data.IsEmpty: true } funds || funds.Lamports < lamports)
            return call.Fails(NegativeResult);
        call.Effects.Write(funds with { Lamports = funds.Lamports - lamports });
        call.Effects.Write(new ChainAccount(made.Key, owner, lamports, new byte[space]));
        return null;
    }

    /// <summary>Executes the instruction that makes a new account a nonce.</summary>
    public static ChainError? RunInitialise(Call call)
    {
        var data = call.Instruction.Data.Span;
        if (data.Length != sizeof(uint) + Pubkey.Length) return call.Fails(InstructionFailure.InvalidInstructionData);
        if (call.Instruction.Accounts is not [{ } first, ..]) return call.Fails(InstructionFailure.MissingAccount);
        if (!first.IsWritable) return call.Fails(InstructionFailure.InvalidArgument);
        var isNew = call.Effects.Find(first.Key) is { Data.Length: DurableNonce.Length } account
            && account.Owner == Programs.System && account.Data.Span.IndexOfAnyExcept((byte)0) < 0;
        if (!isNew) return call.Fails(InstructionFailure.InvalidAccountData);
        var made = call.Effects.Find(first.Key)!;
        if (made.Lamports < (ulong)Rent.Mainnet.Minimum(DurableNonce.Length).Value)
            return call.Fails(InstructionFailure.InsufficientFunds);
        call.Effects.Write(made with
        {
            Data = Bytes(new Pubkey(data[sizeof(uint)..]), call.Effects.LastBlockhash),
        });
        return null;
    }

    private static DurableNonce? Read(ChainAccount? account) => account is { } there && there.Owner == Programs.System
        ? DurableNonce.Read(there.Key, there.Data.Span)
        : null;

    private static bool IsAdvance(Instruction instruction) => instruction.Program == Programs.System
        && instruction.Accounts.Length >= 3 && SystemProgram.IsAdvanceNonce(instruction.Data.Span);

    private static byte[] Bytes(Pubkey authority, Blockhash block)
    {
        const uint Current = 1;
        var data = new byte[DurableNonce.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(data, Current);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), Current); // its state: initialised
        authority.CopyTo(data.AsSpan(8));
        ValueOf(block).Hash.CopyTo(data.AsSpan(40));
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(72), LamportsPerSignature);
        return data;
    }
}
