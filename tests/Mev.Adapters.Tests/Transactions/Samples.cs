using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Transactions;

/// <summary>Keys, blockhashes and random instructions.</summary>
internal static class Samples
{
    public static Blockhash Blockhash { get; } = new(Digest.Of("birth"u8));

    /// <summary>
    /// Instructions over few keys, so that a key has several roles; tables that hold some of them, a few twice.
    /// </summary>
    public static Gen<(Instruction[] Instructions, LookupTable[] Tables)> Calls { get; } =
        from instructions in InstructionGen().Array[0, 6]
        from tables in Gen.Int[0, 23].Array[0, 12].Array[0, 3]
        select (instructions, Tables(tables));

    public static Pubkey Key(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public static Pubkey Key(int number) => Key($"key {number}");

    public static SigningKey Signer(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes("seed of " + name)));

    public static Instruction Call(Pubkey program, params ImmutableArray<AccountReference> accounts) =>
        new() { Program = program, Accounts = accounts, Data = new byte[] { 7 } };

    private static Gen<Instruction> InstructionGen() =>
        from program in Gen.Int[0, 23]
        from accounts in Gen.Select(Gen.Int[0, 23], Gen.Bool, Gen.Bool).Array[0, 9]
        from data in Gen.Byte.Array[0, 40]
        select new Instruction
        {
            Program = Key(program),
            Accounts = [.. accounts.Select(account => new AccountReference(
                Key(account.Item1), account.Item2 && account.Item1 % 4 == 0, account.Item3))],
            Data = data,
        };

    private static LookupTable[] Tables(int[][] addresses) =>
        [.. addresses.Select((keys, index) => new LookupTable(Key($"table {index}"), [.. keys.Select(Key)]))];
}
