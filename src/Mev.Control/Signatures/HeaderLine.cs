namespace Mev.Control.Signatures;

/// <summary>One line of a request's header, as received.</summary>
/// <param name="Name">Its name, in any case.</param>
/// <param name="Value">Its value, white space around it included.</param>
public readonly record struct HeaderLine(string Name, string Value);
