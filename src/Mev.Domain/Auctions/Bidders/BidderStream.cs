namespace Mev.Domain.Auctions.Bidders;

/// <summary>The numbers that a bidder draws for one opportunity, apart from those of the market.</summary>
internal static class BidderStream
{
    private const ulong Stream = 1000;

    public static MixStream Of(ulong seed, int chance) => MixStream.Of(seed, Stream, (ulong)chance);
}
