namespace Mev.Tidy.Tests.Sources;

/// <summary>A comment: where it begins, and its text with the delimiters.</summary>
internal readonly record struct Comment(int Position, string Text);
