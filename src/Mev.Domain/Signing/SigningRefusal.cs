namespace Mev.Domain.Signing;

/// <summary>Why a bundle is not signed.</summary>
/// <param name="Rule">The first rule that refuses it.</param>
/// <param name="Sentence">What it found, for people; no key, and no byte or signer of a foreign transaction.</param>
public sealed record SigningRefusal(GuardRule Rule, string Sentence)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule.Id()}: {Sentence}";
}
