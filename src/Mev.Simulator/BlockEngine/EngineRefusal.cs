using Grpc.Core;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// A request refused, with the texts and numbers that were seen of the real engine (specs: block engine, errors).
/// </summary>
internal sealed class EngineRefusal(
    int http, int code, StatusCode grpc, string message, bool hasId = true) : Exception(message)
{
    private const int Parameters = -32_602;
    private const int Internal = -32_603;
    private const int Limited = -32_097;

    /// <summary>Status of the HTTP answer.</summary>
    public int Http { get; } = http;

    /// <summary>Number of the JSON-RPC error.</summary>
    public int Code { get; } = code;

    /// <summary>Status of the gRPC answer.</summary>
    public StatusCode Grpc { get; } = grpc;

    /// <summary>The answer names the request.</summary>
    public bool HasId { get; } = hasId;

    /// <summary>The same of gRPC.</summary>
    public RpcException ToRpc() => new(new Status(Grpc, Message));

    /// <summary>The transaction of that number is none.</summary>
    public static EngineRefusal Undecodable(int transaction) =>
        Bad($"transaction #{transaction} could not be decoded");

    /// <summary>Too many requests.</summary>
    public static EngineRefusal RateLimited(int perSecond, TimeSpan? wait)
    {
        var text = $"Rate limit exceeded. Limit: {perSecond} per second for txn requests";
        if (wait is { } retry)
            text += $". Back-off triggered: Retry after {(long)Math.Ceiling(retry.TotalMilliseconds)}ms";
        return new EngineRefusal(429, Limited, StatusCode.ResourceExhausted, text);
    }

    /// <summary>The parameters are not those of the method.</summary>
    public static EngineRefusal Bad(string message) =>
        new(400, Parameters, StatusCode.InvalidArgument, message);

    /// <summary>A refusal by its row.</summary>
    public static EngineRefusal Of(RefusalRow row) => row switch
    {
        RefusalRow.Undecodable => Undecodable(0),
        RefusalRow.NoTipAccount => Bad(
            "Bundles must write lock at least one tip account to be eligible for the auction."),
        RefusalRow.NoTipAccountOld => Bad("bundle does not lock any of the tip PDAs"),
        RefusalRow.TooMany => Bad("bundle exceeds max transaction length"),
        RefusalRow.Duplicate => Bad(
            "bundles must not contain any duplicate transactions and every transaction must be signed"),
        RefusalRow.BlockhashExpired => Bad("bundle contains an expired blockhash"),
        RefusalRow.BlockhashInvalid => Bad("bundle contains an invalid blockhash"),
        RefusalRow.AlreadyProcessed => Bad("bundle contains an already processed transaction"),
        RefusalRow.TooManyLocks => new EngineRefusal(
            400, Internal, StatusCode.InvalidArgument, "transaction has too many account locks"),
        RefusalRow.RateLimited => RateLimited(1, null),
        RefusalRow.BackedOff => RateLimited(1, TimeSpan.FromMilliseconds(1_606)),
        RefusalRow.Congested => new EngineRefusal(
            429, Limited, StatusCode.ResourceExhausted, "Network congested. Endpoint is globally rate limited.",
            hasId: false),
        RefusalRow.InvalidArgument => Bad("invalid argument"),
        RefusalRow.Unauthorised => new EngineRefusal(
            403, Internal, StatusCode.PermissionDenied,
            "The supplied pubkey is not authorized to generate a token"),
        RefusalRow.Unauthenticated => new EngineRefusal(
            401, Internal, StatusCode.Unauthenticated, "unauthenticated"),
        RefusalRow.Internal => new EngineRefusal(500, Internal, StatusCode.Internal, "Internal error"),
        _ => new EngineRefusal(503, Internal, StatusCode.Unavailable, "Service unavailable"),
    };
}
