using Mev.Domain.Learning;

namespace Mev.Domain.Models;

/// <summary>A submitted decision with its outcome, as far as it is evidence.</summary>
/// <param name="Event">What happened, with what the decision knew.</param>
/// <param name="SlotPosition">Place in the slot, 0 to 1.</param>
/// <param name="IsRandomised">The calibration slice picked the arm: never trained on, always tested on.</param>
/// <param name="DecidedMs">When it was decided, by the clock of <see cref="LearningEvent.AtMs"/>.</param>
public sealed record TrainingRow(LearningEvent Event, double SlotPosition, bool IsRandomised, long DecidedMs);
