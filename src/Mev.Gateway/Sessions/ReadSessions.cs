using System.Security.Cryptography;
using Mev.Control.Keys;
using Mev.Control.Records;
using Mev.Control.Sessions;
using Mev.Control.Signatures;
using Mev.Domain.Limits;
using Mev.Journal;

namespace Mev.Gateway.Sessions;

/// <summary>
/// The sessions of this gateway's readers and the tickets that open streams, in memory: another gateway knows none of
/// them, nor does this one after a restart. What a secret is worth is asked of the registry at each use, so a key that
/// is revoked ends all that was opened with it.
/// </summary>
internal sealed class ReadSessions(ControlLog log, TimeProvider time)
{
    /// <summary>A session lives at most this long, milliseconds.</summary>
    public const long LifetimeMs = KeyRegistry.SessionMaxMs;

    /// <summary>Unused for so long it ends.</summary>
    public const long IdleMs = 15L * 60 * 1_000;

    /// <summary>A ticket lives this long.</summary>
    public const long TicketMs = 30L * 1_000;

    private const int SessionsMax = 4_096;
    private const int SessionsOfKeyMax = 16;
    private const int TicketsMax = 4_096;
    private const int TicketsOfKeyMax = 64;

    private readonly SecretBook _sessions = new(SessionsMax, SessionsOfKeyMax);
    private readonly SecretBook _tickets = new(TicketsMax, TicketsOfKeyMax);
    private long _refused;

    /// <summary>A session's secret and its last moment; null while all places are taken.</summary>
    public (string Token, long EndsMs)? Open(RegisteredKey key)
    {
        var nowMs = NowMs();
        var endsMs = Math.Min(nowMs + LifetimeMs, key.NotAfterMs);
        return Issue(_sessions, key, endsMs, IdleMs, nowMs);
    }

    /// <summary>A ticket; null while all places are taken.</summary>
    public (string Ticket, long EndsMs)? Ticket(RegisteredKey key)
    {
        var nowMs = NowMs();
        return Issue(_tickets, key, nowMs + TicketMs, TicketMs, nowMs);
    }

    /// <summary>Who reads with this secret, as of everything that is durable; null when nobody may.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read: nobody can be trusted.</exception>
    public async ValueTask<Signatory?> Find(string token, CancellationToken cancellationToken)
    {
        var nowMs = NowMs();
        if (_sessions.Find(token, nowMs) is not { } key) return null;
        return (await log.CatchUp(cancellationToken)).Registry.SignatoryOf(key, nowMs);
    }

    /// <summary>Whose a ticket is, once, or a session's secret; null when it opens nothing.</summary>
    public KeyId? Admit(string secret)
    {
        var nowMs = NowMs();
        return (_tickets.Take(secret, nowMs) ?? _sessions.Find(secret, nowMs)) is { } key && Holds(key) ? key : null;
    }

    /// <summary>Whether the key may still read, as far as the log was read.</summary>
    public bool Holds(KeyId key) => log.Current.Registry.SignatoryOf(key, NowMs()) is not null;

    /// <summary>Reads what is new in the log; while it cannot be read, what was known holds on.</summary>
    public async ValueTask Refresh(CancellationToken cancellationToken)
    {
        try
        {
            await log.CatchUp(cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            // nothing is revoked either as long as nothing can be written
        }
    }

    /// <summary>Its bounded places with their counts.</summary>
    public IEnumerable<LimitCount> Limits() =>
        [new("sessions", SessionsMax, AtLimit.Refuse, Interlocked.Read(ref _refused))];

    private (string, long)? Issue(SecretBook book, RegisteredKey key, long endsMs, long idleMs, long nowMs)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBook.SecretBytes);
        var text = book.Issue(secret, key.PublicKey.Id, endsMs, idleMs, nowMs);
        CryptographicOperations.ZeroMemory(secret);
        if (text is not null) return (text, endsMs);
        Interlocked.Increment(ref _refused);
        return null;
    }

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
