using System.Collections.Frozen;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Signing.Treasury;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing;

/// <summary>
/// The signer: asks <see cref="BundleGuard"/>, then signs exactly the bytes that were asked about. It takes the keys
/// over and wipes them when it is disposed of. Ed25519 is deterministic: asked twice, it answers the same bytes.
/// </summary>
public sealed class GuardedSigner : ITransactionSigner, IDisposable
{
    private readonly FrozenDictionary<Pubkey, SigningKey> _keys;
    private readonly FrozenDictionary<Pubkey, Pubkey> _wrapped; // deriving one takes longer than signing

    /// <summary>Takes the keys over.</summary>
    /// <exception cref="ArgumentException">The same key twice.</exception>
    public GuardedSigner(params IReadOnlyCollection<SigningKey> keys)
    {
        if (keys.DistinctBy(key => key.Address).Count() < keys.Count)
            throw new ArgumentException("a key stands there twice", nameof(keys));
        _keys = keys.ToFrozenDictionary(key => key.Address);
        _wrapped = _keys.Keys.ToFrozenDictionary(
            wallet => wallet, wallet => AssociatedToken.Address(wallet, Mints.Wsol, Programs.Token));
    }

    /// <inheritdoc/>
    public SigningAnswer Sign(SigningRequest request, Action<SigningRefusal> refused)
    {
        DecodedBundle? bundle = null;
        var refusal = OwnRefusal(request.Wallets) ?? BundleGuard.Check(request, _wrapped, out bundle)
            ?? KeyRefusal(bundle);
        if (refusal is null && bundle is not null)
            return new SigningAnswer { Transactions = [.. bundle.Transactions.Select(Signed)] };
        refusal ??= new SigningRefusal(GuardRule.Shape, "nothing was decoded");
        refused(refusal);
        return new SigningAnswer { Refusal = refusal };
    }

    /// <inheritdoc/>
    public SigningAnswer SignTreasury(TreasuryRequest request, Action<SigningRefusal> refused)
    {
        DecodedOrder? order = null;
        var refusal = OwnRefusal(request.Wallets) ?? TreasuryGuard.Check(request, out order);
        if (refusal is null && order is not null && _keys.TryGetValue(order.Payer, out var key))
        {
            var signed = new Transaction([key.Sign(request.Message.Span)], request.Message);
            return new SigningAnswer { Transactions = [signed.Write()] };
        }
        refusal ??= new SigningRefusal(GuardRule.Limits, $"there is no key of {order?.Payer} here");
        refused(refusal);
        return new SigningAnswer { Refusal = refusal };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
    }

    /// <summary>How many keys there are; nothing else of them.</summary>
    public override string ToString() => $"signer of {_keys.Count} wallets";

    /// <summary>Who forgets a wallet of ours would take its transactions for foreign ones.</summary>
    private SigningRefusal? OwnRefusal(SigningWallets wallets)
    {
        foreach (var wallet in _keys.Keys)
        {
            if (!wallets.All.Contains(wallet))
                return new SigningRefusal(GuardRule.Mixed, $"the wallets do not name {wallet}, which is ours");
        }
        return null;
    }

    private SigningRefusal? KeyRefusal(DecodedBundle? bundle)
    {
        foreach (var signer in bundle?.Own.SelectMany(transaction => transaction.Signers) ?? [])
        {
            if (!_keys.ContainsKey(signer))
                return new SigningRefusal(GuardRule.Limits, $"there is no key of {signer} here");
        }
        return null;
    }

    private ReadOnlyMemory<byte> Signed(DecodedTransaction transaction)
    {
        if (transaction.Part.IsObserved) return transaction.Part.Bytes;
        var signatures = transaction.Signers.Select(signer => _keys[signer].Sign(transaction.MessageBytes.Span));
        return new Transaction([.. signatures], transaction.MessageBytes).Write();
    }
}
