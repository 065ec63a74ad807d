using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Domain.Chain;

namespace Mev.Control.Ledger;

/// <summary>
/// What became of one command id, so that it has one effect however often it is sent: stored as started before the
/// effect, with its answer before that is given. Immutable.
/// </summary>
/// <param name="CommandId">The idempotency key.</param>
/// <param name="Principal">Whose command it is.</param>
/// <param name="BodyHash">SHA-256 of its body.</param>
/// <param name="StartedMs">When it was started, Unix milliseconds.</param>
public sealed record LedgerEntry(Guid CommandId, PrincipalId Principal, Digest BodyHash, long StartedMs)
{
    /// <summary>How long it is kept, milliseconds.</summary>
    public const long KeptMs = 30L * 24 * 3_600 * 1_000;

    /// <summary>What it was answered; null while it is started: after a crash its owner is asked what it did.</summary>
    public LedgerAnswer? Answer { get; private init; }

    /// <summary>
    /// Why a repeat gets no answer; null when it gets <see cref="Answer"/>. The same id with another body or of another
    /// principal is another command by mistake or malice.
    /// </summary>
    public CommandRefusal? Check(PrincipalId principal, Digest bodyHash) =>
        principal != Principal || bodyHash != BodyHash ? CommandRefusal.IdempotencyKeyReused
        : Answer is null ? CommandRefusal.IdempotencyInProgress
        : null;

    /// <summary>Answered. The first answer stays, so whoever completes it a second time gives the same.</summary>
    public LedgerEntry Done(LedgerAnswer answer) => this with { Answer = Answer ?? answer };

    /// <summary>It may be forgotten: no signature of it can be valid any more.</summary>
    public bool IsOver(long nowMs) => Answer is not null && nowMs > StartedMs + KeptMs;
}
