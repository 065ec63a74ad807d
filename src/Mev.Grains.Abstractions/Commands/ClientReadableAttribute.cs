namespace Mev.Grains.Abstractions.Commands;

/// <summary>A method that only reads: clients outside the silos may call it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientReadableAttribute : Attribute;
