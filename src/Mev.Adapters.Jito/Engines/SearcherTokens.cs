using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Engines;

/// <summary>
/// Tokens for an approved key: a challenge is signed, tokens come back, and they are renewed before they end, in the
/// background: no send waits for one. A key that the engine refuses is not used again: default sends need none. A token
/// that it refuses, as one of before its restart, is dropped, and asked for anew a few times only.
/// </summary>
internal sealed class SearcherTokens(
    AuthService.AuthServiceClient auth, SigningKey? key, JitoOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);
    private const int ChallengeMax = 1_024; // what is signed has a bound
    private const int DropsMax = 3;
    private const string HeaderName = "authorization";

    private readonly SemaphoreSlim _renewing = new(1);
    private Token? _access;
    private Token? _refresh;
    private int _drops;

    /// <summary>The engine refused the key, or tokens of it again and again: it is not used any more.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>The same, or a token of it once.</summary>
    public bool WasRefused => IsRefused || Volatile.Read(ref _drops) > 0;

    /// <summary>Metadata of a call, by the token that there is; empty without one.</summary>
    public Metadata Headers() => Volatile.Read(ref _access) is { } access && Lasts(access, TimeSpan.Zero)
        ? new Metadata { { HeaderName, $"Bearer {access.Value}" } }
        : [];

    /// <summary>The engine refused a call with these headers: their token is used no more.</summary>
    public void Drop(Metadata headers)
    {
        var access = Volatile.Read(ref _access);
        if (access is null || headers.GetValue(HeaderName) != $"Bearer {access.Value}") return; // it is another by now
        if (Interlocked.CompareExchange(ref _access, null, access) != access) return;
        Volatile.Write(ref _refresh, null);
        if (Interlocked.Increment(ref _drops) >= DropsMax) IsRefused = true;
    }

    /// <summary>Asks for a token where it is time to.</summary>
    /// <param name="turn">Waited for before each request: the engine counts these too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException">The engine cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the engine does not answer.</exception>
    public async Task Renew(Func<CancellationToken, Task> turn, CancellationToken cancellationToken)
    {
        if (key is null) return;
        await _renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsRefused || Lasts(_access, RenewBefore)) return;
            if (_refresh is { } refresh && Lasts(refresh, RenewBefore))
                await Refresh(refresh, turn, cancellationToken).ConfigureAwait(false);
            else await Begin(turn, cancellationToken).ConfigureAwait(false);
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

    private async Task Refresh(
        Token refresh, Func<CancellationToken, Task> turn, CancellationToken cancellationToken)
    {
        var request = new RefreshAccessTokenRequest { RefreshToken = refresh.Value };
        var answer = await Ask(
            token => auth.RefreshAccessTokenAsync(request, cancellationToken: token), turn, cancellationToken)
            .ConfigureAwait(false);
        _access = answer.AccessToken;
    }

    private async Task Begin(Func<CancellationToken, Task> turn, CancellationToken cancellationToken)
    {
        var asked = await Ask(
            token => auth.GenerateAuthChallengeAsync(Ask(key!.Address), cancellationToken: token), turn,
            cancellationToken).ConfigureAwait(false);
        if (asked.Challenge.Length is 0 or > ChallengeMax)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "a challenge of no acceptable length"));
        var answer = await Ask(
            token => auth.GenerateAuthTokensAsync(Answer(key!, asked.Challenge), cancellationToken: token), turn,
            cancellationToken).ConfigureAwait(false);
        (_access, _refresh) = (answer.AccessToken, answer.RefreshToken);
    }

    private async Task<T> Ask<T>(
        Func<CancellationToken, AsyncUnaryCall<T>> call, Func<CancellationToken, Task> turn,
        CancellationToken cancellationToken)
    {
        await turn(cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return await call(either.Token).ConfigureAwait(false);
    }

    private bool Lasts(Token? token, TimeSpan longerThan) => token?.ExpiresAtUtc is { } end
        && end.CompareTo(Timestamp.FromDateTimeOffset(time.GetUtcNow() + longerThan)) > 0;
}
