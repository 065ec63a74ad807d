using Mev.Control.Commands;

namespace Mev.Control.Nonces;

/// <summary>
/// Since when a gateway knows that its store of nonces forgot nothing. A store of another identity (failed over, wiped,
/// or never seen) may have forgotten every nonce, so whatever was signed before it was seen is refused: replay is
/// impossible even against an empty store. Immutable; each gateway has its own.
/// </summary>
/// <param name="Store">Identity of the store that was seen last; null before the first contact.</param>
/// <param name="StartedMs">When it was first seen, by this gateway's clock, Unix milliseconds.</param>
public sealed record NonceEpoch(string? Store, long StartedMs)
{
    /// <summary>
    /// How far another gateway's clock may be ahead of this one, milliseconds: each is flagged bad, and takes no
    /// command, from an offset of 250 on.
    /// </summary>
    public const int SkewMaxMs = 500;

    /// <summary>Before the first contact: nothing is taken.</summary>
    public static NonceEpoch None { get; } = new(null, long.MaxValue);

    /// <summary>After a contact, whose claim told the store's identity in the same step.</summary>
    public NonceEpoch See(string store, long nowMs) => store == Store ? this : new NonceEpoch(store, nowMs);

    /// <summary>
    /// Why a command made then is refused; null when the store would know its nonce. What comes from ahead of the clock
    /// may have been taken before the store was seen, so that much is added.
    /// </summary>
    /// <param name="created">Unix seconds.</param>
    public CommandRefusal? Check(long created) =>
        Store is null || created * 1_000 <= StartedMs + CommandVerifier.AheadMaxMs + SkewMaxMs
            ? CommandRefusal.NonceEpochClosed
            : null;
}
