namespace Mev.Control.Commands;

/// <summary>Why a command is refused: a stable code and the HTTP status that goes with it.</summary>
/// <param name="Code">Never renamed; clients decide by it.</param>
/// <param name="Status">HTTP status.</param>
public sealed record CommandRefusal(string Code, int Status)
{
    /// <summary>A body beyond its bound.</summary>
    public static readonly CommandRefusal BodyTooLarge = new("malformed_request", 413);

    /// <summary>Not a POST.</summary>
    public static readonly CommandRefusal MethodNotAllowed = new("malformed_request", 405);

    /// <summary>Anything but <c>application/json</c>.</summary>
    public static readonly CommandRefusal MediaTypeNotSupported = new("malformed_request", 415);

    /// <summary>A header that is missing, repeated, folded or unreadable; a path with a query or an escape.</summary>
    public static readonly CommandRefusal MalformedRequest = new("malformed_request", 400);

    /// <summary>No signature of the profile.</summary>
    public static readonly CommandRefusal SignatureMissing = new("signature_missing", 401);

    /// <summary>A signature of the profile with other components or parameters than the profile's.</summary>
    public static readonly CommandRefusal SignatureProfile = new("signature_profile", 400);

    /// <summary>Addressed to another cluster.</summary>
    public static readonly CommandRefusal AuthorityNotAllowed = new("authority_not_allowed", 421);

    /// <summary>The registry has no such key.</summary>
    public static readonly CommandRefusal KeyUnknown = new("key_unknown", 401);

    /// <summary>The key was not active when the command was made, or is not now.</summary>
    public static readonly CommandRefusal KeyInactive = new("key_inactive", 401);

    /// <summary>Made later than now.</summary>
    public static readonly CommandRefusal CreatedInFuture = new("created_in_future", 401);

    /// <summary>Its time is over, or never began.</summary>
    public static readonly CommandRefusal SignatureExpired = new("signature_expired", 401);

    /// <summary>Meant to live longer than a command may.</summary>
    public static readonly CommandRefusal LifetimeTooLong = new("lifetime_too_long", 401);

    /// <summary>The body is not the one that was signed.</summary>
    public static readonly CommandRefusal DigestMismatch = new("digest_mismatch", 401);

    /// <summary>The key did not sign this.</summary>
    public static readonly CommandRefusal SignatureInvalid = new("signature_invalid", 401);

    /// <summary>Signed before the store of nonces was known to forget nothing.</summary>
    public static readonly CommandRefusal NonceEpochClosed = new("nonce_epoch_closed", 401);

    /// <summary>The id of another command.</summary>
    public static readonly CommandRefusal IdempotencyKeyReused = new("idempotency_key_reused", 422);

    /// <summary>The same command is on its way; to be asked again after a second.</summary>
    public static readonly CommandRefusal IdempotencyInProgress = new("idempotency_in_progress", 409);

    /// <summary>The body is no command of its endpoint.</summary>
    public static readonly CommandRefusal CommandInvalid = new("command_invalid", 422);

    /// <summary>No role of the principal may do this.</summary>
    public static readonly CommandRefusal RoleDenied = new("role_denied", 403);

    /// <summary>Only the long-term key may sign this.</summary>
    public static readonly CommandRefusal SessionKeyInsufficient = new("session_key_insufficient", 403);

    /// <summary>This takes a second person.</summary>
    public static readonly CommandRefusal TwoPersonRequired = new("two_person_required", 403);

    /// <summary>The cluster has not been started yet.</summary>
    public static readonly CommandRefusal Sealed = new("sealed", 403);

    /// <summary>The proposal is not open any more, or not there.</summary>
    public static readonly CommandRefusal ProposalState = new("proposal_state", 409);

    /// <summary>The proposal's time is over.</summary>
    public static readonly CommandRefusal ProposalExpired = new("proposal_expired", 410);

    /// <summary>The nonce was taken before.</summary>
    public static readonly CommandRefusal NonceReplayed = new("nonce_replayed", 401);

    /// <summary>The store of nonces does not answer.</summary>
    public static readonly CommandRefusal NonceStoreUnavailable = new("nonce_store_unavailable", 503);

    /// <summary>The journal cannot be written or read: nothing is executed that it does not have.</summary>
    public static readonly CommandRefusal AuditUnavailable = new("audit_unavailable", 503);

    /// <summary>Whoever carries it out does not answer; the same command again completes it.</summary>
    public static readonly CommandRefusal OwnerUnavailable = new("owner_unavailable", 503);

    /// <summary>What it changes was changed meanwhile.</summary>
    public static readonly CommandRefusal VersionConflict = new("version_conflict", 409);

    /// <summary>Too many.</summary>
    public static readonly CommandRefusal RateLimited = new("rate_limited", 429);

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Code}";
}
