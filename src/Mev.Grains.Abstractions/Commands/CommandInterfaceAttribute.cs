namespace Mev.Grains.Abstractions.Commands;

/// <summary>
/// A grain interface whose every method takes signed bytes (<see cref="SignedEnvelope"/>, <see cref="CommandOrder"/>):
/// a silo lets no call of it through whose signatures do not hold.
/// </summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class CommandInterfaceAttribute : Attribute;
