using System.Buffers.Binary;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Rpc;
using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Integration.Tests.Simulated;

/// <summary>
/// What the chain says of a wallet: lamports with wrapped SOL, and units of every other token account.
/// </summary>
internal sealed record WalletAccounts(long Lamports, IReadOnlyDictionary<Pubkey, long> Tokens)
{
    public static async Task<WalletAccounts> Read(RpcClient rpc, Pubkey wallet, RpcCommitment commitment)
    {
        var wrapped = new TokenAddresses().Account(wallet, Mints.Wsol, Domain.Chain.Programs.Token);
        var plain = await rpc.GetMultipleAccounts([wallet, wrapped], commitment);
        var held = await rpc.GetProgramAccounts(
            Domain.Chain.Programs.Token, new RpcAccountFilter(null, TokenLayout.AccountOwner, wallet), commitment);
        return new WalletAccounts(
            plain.Accounts.Sum(account => (long)account.Lamports),
            held.Accounts.Where(account => account.Key != wrapped).ToDictionary(
                account => account.Key,
                account => (long)BinaryPrimitives.ReadUInt64LittleEndian(
                    account.Data.Span[TokenLayout.AccountAmount..])));
    }

    /// <summary>Token accounts whose units differ, with by how much.</summary>
    public IReadOnlyDictionary<Pubkey, long> TokensSince(WalletAccounts before) => Tokens
        .Select(held => (held.Key, Change: held.Value - before.Tokens.GetValueOrDefault(held.Key)))
        .Where(held => held.Change != 0)
        .ToDictionary(held => held.Key, held => held.Change);
}
