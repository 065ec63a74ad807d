using System.Text.Json;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Instructions;

/// <summary>
/// An instruction that landed, with the flags that its accounts had in their transaction: there a wallet may be
/// writable because it pays, and no signer where a program signs for it.
/// </summary>
internal sealed record CarbonInstruction(Pubkey Program, AccountReference[] Accounts, byte[] Data)
{
    public static CarbonInstruction Read(string folder, string name)
    {
        var path = TestData.Need("accounts", "carbon", folder, name + "_ix.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var accounts = json.RootElement.GetProperty("accounts").EnumerateArray().Select(account => new AccountReference(
            Pubkey.Parse(account.GetProperty("pubkey").GetString()!),
            account.GetProperty("is_signer").GetBoolean(),
            account.GetProperty("is_writable").GetBoolean()));
        return new CarbonInstruction(
            Pubkey.Parse(json.RootElement.GetProperty("program_id").GetString()!),
            [.. accounts],
            Convert.FromHexString(json.RootElement.GetProperty("data").GetString()!));
    }

    public Pubkey Key(int place) => Accounts[place].Key;

    /// <summary>Amounts at the front of the arguments.</summary>
    public TokenAmount Amount(int index) => new(BitConverter.ToUInt64(Data, 8 + 8 * index));

    /// <summary>The same was made; of the wallet only its key is compared, and that it is to sign.</summary>
    public void AssertIs(Instruction made, Pubkey wallet)
    {
        Assert.Equal(Program, made.Program);
        Assert.Equal(Convert.ToHexString(Data), Convert.ToHexString(made.Data.Span));
        Assert.Equal(Accounts.Select(account => account.Key), made.Accounts.Select(account => account.Key));
        Assert.Equal(
            Accounts.Where(account => account.Key != wallet),
            made.Accounts.Where(account => account.Key != wallet));
        Assert.True(Assert.Single(made.Accounts, account => account.Key == wallet).IsSigner);
    }
}
