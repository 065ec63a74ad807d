using System.Buffers.Binary;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Rpc;
using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Integration.Tests.Simulated;

/// <summary>
/// What the chain says of a wallet: lamports with wrapped SOL, units of every other token account, and fees that its
/// accounts of Token-2022 withheld in all.
/// </summary>
internal sealed record WalletAccounts(long Lamports, IReadOnlyDictionary<Pubkey, long> Tokens, long Withheld)
{
    private const int FeesAt = 174; // of an associated account: behind the owner that stays, and two headers
    private const int FeesEnd = FeesAt + sizeof(ulong);

    public static async Task<WalletAccounts> Read(RpcClient rpc, Pubkey wallet, RpcCommitment commitment)
    {
        var wrapped = new TokenAddresses().Account(wallet, Mints.Wsol, Domain.Chain.Programs.Token);
        var plain = await rpc.GetMultipleAccounts([wallet, wrapped], commitment);
        var (tokens, withheld) = (new Dictionary<Pubkey, long>(), 0L);
        foreach (var program in new[] { Domain.Chain.Programs.Token, Domain.Chain.Programs.Token2022 })
        {
            var held = await rpc.GetProgramAccounts(
                program, new RpcAccountFilter(null, TokenLayout.AccountOwner, wallet), commitment);
            foreach (var account in held.Accounts.Where(account => account.Key != wrapped))
            {
                var data = account.Data.Span;
                tokens.Add(account.Key, Units(data[TokenLayout.AccountAmount..]));
                if (data.Length >= FeesEnd) withheld += Units(data[FeesAt..]);
            }
        }
        return new WalletAccounts(plain.Accounts.Sum(account => (long)account.Lamports), tokens, withheld);
    }

    private static long Units(ReadOnlySpan<byte> data) => (long)BinaryPrimitives.ReadUInt64LittleEndian(data);

    /// <summary>Token accounts whose units differ, with by how much.</summary>
    public IReadOnlyDictionary<Pubkey, long> TokensSince(WalletAccounts before) => Tokens
        .Select(held => (held.Key, Change: held.Value - before.Tokens.GetValueOrDefault(held.Key)))
        .Where(held => held.Change != 0)
        .ToDictionary(held => held.Key, held => held.Change);
}
