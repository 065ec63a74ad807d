namespace Mev.Domain.Bundles;

/// <summary>Hears of the tips that landed of late whenever newer ones are published; returns at once.</summary>
public delegate void TipsObserved(TipFloor floor);
