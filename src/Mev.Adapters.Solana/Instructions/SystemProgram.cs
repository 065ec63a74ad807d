using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>Instructions to the system program.</summary>
public static class SystemProgram
{
    /// <summary>Compute units that one of its instructions costs.</summary>
    public const uint Units = 150;

    /// <summary>First word of the data that makes an account under a name.</summary>
    public const uint CreateWithSeedTag = 3;

    /// <summary>First word of the data of <see cref="AdvanceNonce"/>.</summary>
    public const uint AdvanceNonceTag = 4;

    /// <summary>First word of the data that makes a new account a nonce.</summary>
    public const uint InitializeNonceTag = 6;

    private const uint TransferTag = 2;

    private static readonly Pubkey RecentBlockhashes = Pubkey.Parse("SysvarRecentB1ockHashes11111111111111111111");
    private static readonly Pubkey RentSysvar = Pubkey.Parse("SysvarRent111111111111111111111111111111111");

    /// <summary>
    /// Moves lamports. Further accounts are read by nobody: they only make the transaction name them.
    /// </summary>
    /// <exception cref="OverflowException">A negative amount.</exception>
    public static Instruction Transfer(Pubkey from, Pubkey to, Lamports amount, params Pubkey[] named) => new()
    {
        Program = Programs.System,
        Accounts = [
            AccountReference.WritableSigner(from),
            AccountReference.Writable(to),
            .. named.Select(AccountReference.ReadOnly)],
        Data = InstructionBytes.Of(InstructionBytes.Tag(TransferTag), checked((ulong)amount.Value)),
    };

    /// <summary>The lamports of such an instruction's data; false when it is no transfer.</summary>
    public static bool TryReadTransfer(ReadOnlySpan<byte> data, out ulong lamports)
    {
        lamports = 0;
        if (data.Length != sizeof(uint) + sizeof(ulong)) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(data) != TransferTag) return false;
        lamports = BinaryPrimitives.ReadUInt64LittleEndian(data[sizeof(uint)..]);
        return true;
    }

    /// <summary>
    /// Replaces the value of a durable nonce: the first instruction of a message that uses the stored one in place of
    /// a blockhash.
    /// </summary>
    public static Instruction AdvanceNonce(DurableNonce nonce) => new()
    {
        Program = Programs.System,
        Accounts = [
            AccountReference.Writable(nonce.Key),
            AccountReference.ReadOnly(RecentBlockhashes),
            AccountReference.Signer(nonce.Authority)],
        Data = InstructionBytes.Tag(AdvanceNonceTag),
    };

    /// <summary>Data of <see cref="AdvanceNonce"/>.</summary>
    public static bool IsAdvanceNonce(ReadOnlySpan<byte> data) =>
        data.Length == sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(data) == AdvanceNonceTag;

    /// <summary>Address of an account that a wallet makes under a name: no key of its own has to sign.</summary>
    public static Pubkey AddressWithSeed(Pubkey wallet, string seed, Pubkey owner) => new(SHA256.HashData(
        [.. wallet.ToArray(), .. Encoding.ASCII.GetBytes(seed), .. owner.ToArray()]));

    /// <summary>Makes a nonce account of a wallet, under a name, that the wallet alone may advance.</summary>
    /// <param name="wallet">Pays the deposit and has the authority.</param>
    /// <param name="seed">The name, at most 32 ASCII characters.</param>
    public static ImmutableArray<Instruction> CreateNonce(Pubkey wallet, string seed)
    {
        var nonce = AddressWithSeed(wallet, seed, Programs.System);
        byte[] made =
        [
            .. InstructionBytes.Tag(CreateWithSeedTag), .. wallet.ToArray(),
            .. InstructionBytes.Of([], (ulong)seed.Length), .. Encoding.ASCII.GetBytes(seed),
            .. InstructionBytes.Of(
                [], (ulong)Rent.Mainnet.Minimum(DurableNonce.Length).Value, DurableNonce.Length),
            .. Programs.System.ToArray(),
        ];
        return
        [
            new Instruction
            {
                Program = Programs.System,
                Accounts = [
                    AccountReference.WritableSigner(wallet), AccountReference.Writable(nonce),
                    AccountReference.Signer(wallet)],
                Data = made,
            },
            new Instruction
            {
                Program = Programs.System,
                Accounts = [
                    AccountReference.Writable(nonce), AccountReference.ReadOnly(RecentBlockhashes),
                    AccountReference.ReadOnly(RentSysvar)],
                Data = (byte[])[.. InstructionBytes.Tag(InitializeNonceTag), .. wallet.ToArray()],
            },
        ];
    }
}
