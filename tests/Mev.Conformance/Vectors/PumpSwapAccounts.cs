using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Pools.PumpSwap;
using Mev.Domain.Pools.Tokens;

namespace Mev.Conformance.Vectors;

/// <summary>
/// The accounts of a recorded PumpSwap state, which gives the pool's bytes but only numbers of the others: vaults and
/// base mint are made from these, and the two configs are recorded elsewhere in the data set.
/// </summary>
internal static class PumpSwapAccounts
{
    private static readonly string[] Recordings = ["pumpswap.json", "pumpswap-feeconfig.json"];

    /// <summary>Pool, global config, fee config, both vaults and the base mint.</summary>
    public static List<AccountWrite> Of(JsonElement state, Pubkey pool, string folder)
    {
        var data = state.GetProperty("poolData").GetBytesFromBase64();
        var baseMint = new Pubkey(data.AsSpan(PumpSwapLayout.BaseMint, Pubkey.Length));
        var quoteMint = new Pubkey(data.AsSpan(PumpSwapLayout.QuoteMint, Pubkey.Length));
        var mint = new byte[TokenLayout.MintLength];
        mint[TokenLayout.MintIsInitialised] = 1;
        BinaryPrimitives.WriteUInt64LittleEndian(mint.AsSpan(TokenLayout.MintSupply), Number(state, "baseMintSupply"));
        return
        [
            PoolStateRecord.Account(pool, Programs.PumpSwap, data),
            .. Configs(folder),
            Vault(data, PumpSwapLayout.BaseVault, baseMint, Number(state, "baseReserve")),
            Vault(data, PumpSwapLayout.QuoteVault, quoteMint, Number(state, "quoteReserve")),
            PoolStateRecord.Account(baseMint, Programs.Token, mint),
        ];
    }

    /// <summary>The recorded configs, of a folder of vectors beside that of accounts.</summary>
    /// <exception cref="FormatException">They are not there.</exception>
    public static List<AccountWrite> Configs(string folder)
    {
        List<AccountWrite> configs = [];
        foreach (var name in Recordings)
        {
            var path = Path.Combine(folder, "..", "accounts", "textual-mainnet", name);
            if (!File.Exists(path)) throw new FormatException($"{path} is missing");
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            foreach (var account in json.RootElement.EnumerateArray())
            {
                var key = Pubkey.Parse(account.GetProperty("pubkey").GetString() ?? "");
                if (key != PumpSwapLayout.GlobalConfig && key != PumpSwapLayout.FeeConfig) continue;
                var owner = Pubkey.Parse(account.GetProperty("owner").GetString() ?? "");
                configs.Add(PoolStateRecord.Account(key, owner, Bytes(account.GetProperty("data").GetString() ?? "")));
            }
        }
        return configs;
    }

    /// <summary>What follows the first padding is not part of the text.</summary>
    private static byte[] Bytes(string text)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal);
        var body = end < 0 ? text : text[..end];
        return Convert.FromBase64String(body.PadRight((body.Length + 3) / 4 * 4, '='));
    }

    private static AccountWrite Vault(byte[] pool, int offset, Pubkey mint, ulong amount)
    {
        var data = new byte[TokenLayout.AccountLength];
        mint.CopyTo(data.AsSpan(TokenLayout.AccountMint));
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(TokenLayout.AccountAmount), amount);
        data[TokenLayout.AccountState] = TokenLayout.Initialised;
        return PoolStateRecord.Account(new Pubkey(pool.AsSpan(offset, Pubkey.Length)), Programs.Token, data);
    }

    private static ulong Number(JsonElement state, string field) =>
        ulong.Parse(state.GetProperty(field).ToString(), CultureInfo.InvariantCulture);
}
