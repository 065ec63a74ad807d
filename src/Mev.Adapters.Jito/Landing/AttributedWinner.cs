using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Landing;

/// <summary>Who took a chance of ours.</summary>
/// <param name="Signature">Their transaction.</param>
/// <param name="Slot">Its slot.</param>
/// <param name="Tip">What it paid to tip accounts.</param>
/// <param name="Units">Compute units that it asked for.</param>
/// <param name="Bid">Their tip in our units: as much for each compute unit, for as many as ours.</param>
/// <param name="IsAhead">It landed before ours could have.</param>
public sealed record AttributedWinner(
    TransactionSignature Signature, Slot Slot, Lamports Tip, ulong Units, Lamports Bid, bool IsAhead);
