using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Bundles;

/// <summary>
/// What a bundle that landed in a slot changed the wallet by, its tip added back: profit after fees and before the tip.
/// Null where nobody saw its transaction. Observed, not computed.
/// </summary>
public delegate Lamports? RealisedAt(OpportunityId opportunity, Slot slot);
