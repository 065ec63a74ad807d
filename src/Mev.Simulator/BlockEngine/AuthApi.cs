using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>The engine's gRPC service of tokens.</summary>
internal sealed class AuthApi(EngineTokens tokens, EngineTranscript transcript) : AuthService.AuthServiceBase
{
    public override Task<GenerateAuthChallengeResponse> GenerateAuthChallenge(
        GenerateAuthChallengeRequest request, ServerCallContext context)
    {
        Enter(request, context);
        if (request.Role != Role.Searcher) throw Invalid("only searchers are served");
        var identity = Key(request.Pubkey.Span);
        if (!tokens.IsApproved(identity)) throw EngineRefusal.Of(RefusalRow.Unauthorised).ToRpc();
        return Task.FromResult(new GenerateAuthChallengeResponse { Challenge = tokens.Challenge(identity) });
    }

    public override Task<GenerateAuthTokensResponse> GenerateAuthTokens(
        GenerateAuthTokensRequest request, ServerCallContext context)
    {
        Enter(request, context);
        var identity = Key(request.ClientPubkey.Span);
        var prefix = $"{identity}-";
        if (request.SignedChallenge.Length != TransactionSignature.Length) throw Invalid("signature of a wrong length");
        var signature = TransactionSignature.From(request.SignedChallenge.Span);
        var isSigned = request.Challenge.StartsWith(prefix, StringComparison.Ordinal)
            && SigningKey.Verify(identity, Encoding.UTF8.GetBytes(request.Challenge), signature)
            && tokens.Redeem(request.Challenge[prefix.Length..], identity);
        if (!isSigned) throw Invalid("the challenge is not signed");
        return Task.FromResult(new GenerateAuthTokensResponse
        {
            AccessToken = Issue(identity, isRefresh: false),
            RefreshToken = Issue(identity, isRefresh: true),
        });
    }

    public override Task<RefreshAccessTokenResponse> RefreshAccessToken(
        RefreshAccessTokenRequest request, ServerCallContext context)
    {
        Enter(request, context);
        if (tokens.Refreshes(request.RefreshToken) is not { } identity)
            throw EngineRefusal.Of(RefusalRow.Unauthenticated).ToRpc();
        return Task.FromResult(new RefreshAccessTokenResponse { AccessToken = Issue(identity, isRefresh: false) });
    }

    private void Enter(Google.Protobuf.IMessage request, ServerCallContext context)
    {
        var region = EngineCalls.RegionOf(context);
        transcript.Receive(region, context.Method, Google.Protobuf.MessageExtensions.ToByteArray(request));
        EngineCalls.CheckSwitches(region);
    }

    private Token Issue(Pubkey identity, bool isRefresh)
    {
        var (value, end) = tokens.Issue(identity, isRefresh);
        return new Token { Value = value, ExpiresAtUtc = Timestamp.FromDateTimeOffset(end) };
    }

    private static Pubkey Key(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Pubkey.Length ? new Pubkey(bytes) : throw Invalid("a public key has 32 bytes");

    private static RpcException Invalid(string reason) => new(new Status(StatusCode.InvalidArgument, reason));
}
