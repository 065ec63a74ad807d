using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Engines;

/// <summary>
/// Tokens for an approved key: a challenge is signed, tokens come back, and they are renewed before they end. A key
/// that the engine refuses is not used again: default sends need none.
/// </summary>
internal sealed class SearcherTokens(
    AuthService.AuthServiceClient auth, SigningKey? key, JitoOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);
    private const int ChallengeMax = 1_024; // what is signed has a bound

    private readonly SemaphoreSlim _renewing = new(1);
    private Token? _access;
    private Token? _refresh;

    /// <summary>The engine refused the key.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Metadata of a call; empty without a key.</summary>
    /// <exception cref="RpcException">The engine cannot be reached.</exception>
    public async ValueTask<Metadata> Headers(CancellationToken cancellationToken)
    {
        if (key is null || IsRefused) return [];
        if (!IsFresh(_access)) await Renew(cancellationToken).ConfigureAwait(false);
        if (_access is not { } access || IsRefused) return [];
        return new Metadata { { "authorization", $"Bearer {access.Value}" } };
    }

    /// <summary>What is signed for a challenge.</summary>
    public static string TextOf(Pubkey address, string challenge) => $"{address}-{challenge}";

    /// <summary>The request for tokens, signed.</summary>
    public static GenerateAuthTokensRequest Answer(SigningKey key, string challenge)
    {
        var text = TextOf(key.Address, challenge);
        var signature = new byte[TransactionSignature.Length];
        key.Sign(Encoding.UTF8.GetBytes(text)).CopyTo(signature);
        return new GenerateAuthTokensRequest
        {
            Challenge = text,
            ClientPubkey = ByteString.CopyFrom(key.Address.ToArray()),
            SignedChallenge = ByteString.CopyFrom(signature),
        };
    }

    /// <summary>The request for a challenge.</summary>
    public static GenerateAuthChallengeRequest Ask(Pubkey address) =>
        new() { Role = Role.Searcher, Pubkey = ByteString.CopyFrom(address.ToArray()) };

    public void Dispose() => _renewing.Dispose();

    private async Task Renew(CancellationToken cancellationToken)
    {
        await _renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsFresh(_access) || IsRefused) return;
            using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            if (IsFresh(_refresh)) await Refresh(either.Token).ConfigureAwait(false);
            else await Begin(either.Token).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.PermissionDenied or StatusCode.Unauthenticated
            or StatusCode.InvalidArgument)
        {
            (_access, _refresh, IsRefused) = (null, null, true);
        }
        finally
        {
            _renewing.Release();
        }
    }

    private async Task Refresh(CancellationToken cancellationToken)
    {
        var request = new RefreshAccessTokenRequest { RefreshToken = _refresh!.Value };
        var answer = await auth.RefreshAccessTokenAsync(request, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        _access = answer.AccessToken;
    }

    private async Task Begin(CancellationToken cancellationToken)
    {
        var asked = await auth.GenerateAuthChallengeAsync(Ask(key!.Address), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        if (asked.Challenge.Length is 0 or > ChallengeMax)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "a challenge of no acceptable length"));
        var answer = await auth.GenerateAuthTokensAsync(
            Answer(key, asked.Challenge), cancellationToken: cancellationToken).ConfigureAwait(false);
        (_access, _refresh) = (answer.AccessToken, answer.RefreshToken);
    }

    private bool IsFresh(Token? token) => token?.ExpiresAtUtc is { } end
        && end.CompareTo(Timestamp.FromDateTimeOffset(time.GetUtcNow() + RenewBefore)) > 0;
}
