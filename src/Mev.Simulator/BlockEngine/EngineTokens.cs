using System.Collections.Concurrent;
using Grpc.Core;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// Challenges and tokens of those who authenticate. They are made of the seed and a count, so a run repeats; nobody
/// beyond this machine sees them.
/// </summary>
internal sealed class EngineTokens(BlockEngineOptions options, GeneratedFeedOptions market, TimeProvider time)
{
    private const int EntriesMax = 4_096;
    private const string Scheme = "Bearer ";

    private readonly ConcurrentDictionary<string, Pubkey> _challenges = new();
    private readonly ConcurrentDictionary<string, EngineToken> _tokens = new();
    private long _made;

    /// <summary>The key may authenticate.</summary>
    public bool IsApproved(Pubkey identity) =>
        options.ApprovedKeys.Count == 0 || options.ApprovedKeys.Contains(identity.ToString());

    /// <summary>A challenge for a key.</summary>
    public string Challenge(Pubkey identity)
    {
        if (_challenges.Count >= EntriesMax) _challenges.Clear();
        var challenge = Make("challenge")[..9];
        _challenges[challenge] = identity;
        return challenge;
    }

    /// <summary>The challenge was made for this key; it holds once.</summary>
    public bool Redeem(string challenge, Pubkey identity) =>
        _challenges.TryRemove(challenge, out var asked) && asked == identity;

    /// <summary>A token of a key.</summary>
    public (string Value, DateTimeOffset End) Issue(Pubkey identity, bool isRefresh)
    {
        if (_tokens.Count >= EntriesMax) _tokens.Clear();
        var end = time.GetUtcNow() + (isRefresh ? options.RefreshTokenLife : options.AccessTokenLife);
        var value = Make("token");
        _tokens[value] = new EngineToken(identity, end, isRefresh);
        return (value, end);
    }

    /// <summary>Whose refresh token it is; null when it does not hold.</summary>
    public Pubkey? Refreshes(string value) =>
        _tokens.TryGetValue(value, out var token) && token.IsRefresh && token.End > time.GetUtcNow()
            ? token.Identity
            : null;

    /// <summary>Who calls, by the access token; null without one.</summary>
    /// <exception cref="RpcException">The token does not hold.</exception>
    public string? IdentityOf(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("authorization") is not { } header) return null;
        var isToken = header.StartsWith(Scheme, StringComparison.Ordinal)
            && _tokens.TryGetValue(header[Scheme.Length..], out var token)
            && !token.IsRefresh && token.End > time.GetUtcNow();
        if (!isToken) throw EngineRefusal.Of(RefusalRow.Unauthenticated).ToRpc();
        return _tokens[header[Scheme.Length..]].Identity.ToString();
    }

    private string Make(string role) =>
        GeneratedAddress.Of(market.Seed, role, Interlocked.Increment(ref _made)).ToString();
}
