using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Bundles;

/// <summary>
/// What an opportunity's message would have earned at the state of a slot, after fixed fees and before the tip; null
/// where that state is not known any more. Never a guess: a loss of unknown value teaches nothing.
/// </summary>
public delegate Lamports? ValueAtSlot(OpportunityId opportunity, Slot slot);
